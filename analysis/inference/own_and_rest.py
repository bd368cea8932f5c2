"""Variance and degrees of freedom of figures that set a group against all the other groups.

The rest of a group has the cells of all others. Its influence is the same function of the sums in all of them, so that they are added up
by stratum first (:mod:`analysis.sums.rest_cells`): the work grows with the number of groups and not with its square.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.inference.families import Terms
from analysis.sums.batch_rows import Flags
from analysis.sums.domains import Domains
from analysis.sums.rest_cells import can_be_made
from analysis.sums.tallies import Array, Integers

#: A group with more than so many times the weight of its rest leaves too few digits of it when it is taken from the total.
_MOST_OWN = 10


class OwnAndRest(NamedTuple):
    """Figures of a group and its rest: their ``numbers``, and their ``terms`` over the groups and rests of ``over``; the other figures."""

    numbers: Integers
    terms: Terms
    over: Domains
    others: Integers


def own_and_rest(over: Domains, terms: Terms) -> OwnAndRest | None:
    """The figures of one group and of all others together, on the same questions; None where there are few of them."""
    groups = over.members.shape[1]
    pairs = np.flatnonzero(np.diff(terms.starts) == 2)
    if groups < 3 or not len(pairs):
        return None
    sizes = over.holds.sum(axis=1)
    rows = terms.starts[pairs][:, None] + np.arange(2)
    rows = np.take_along_axis(rows, np.argsort(sizes[terms.sets[rows]], axis=1, kind="stable"), axis=1)  # the group first
    own, rest = terms.sets[rows].T
    group = over.holds[own].argmax(axis=1)
    asked: Flags = terms.distinct != 0
    parted = (sizes[own] == 1) & (sizes[rest] == groups - 1) & ~over.holds[rest, group] & (over.members[own, group] == 1)
    parted &= (over.members[rest].max(axis=1, initial=0) == 1) & (asked[terms.row[rows[:, 0]]] == asked[terms.row[rows[:, 1]]]).all(axis=1)
    parted &= (over.weights[own] <= _MOST_OWN * over.weights[rest]).all(axis=1)
    chosen = np.flatnonzero(parted)
    if len(np.unique(group[chosen])) < groups / 2 or not can_be_made(over.tallies, groups):
        return None
    sets, row = np.stack([group, groups + group], axis=1)[chosen], terms.row[rows[chosen]]
    figure = np.repeat(np.arange(len(chosen)), 2)
    made = Terms(np.arange(0, 2 * len(chosen) + 1, 2), figure, sets.ravel(), row.ravel(), terms.distinct)
    return OwnAndRest(pairs[chosen], made, over.beside_rests, np.setdiff1d(np.arange(len(terms)), pairs[chosen]))


def freedom_of_all(over: Domains, figures: OwnAndRest) -> Array:
    """Respondents of all groups minus their strata: a group and its rest are everybody. Those of a cell are of its item most answered."""
    asked = figures.terms.distinct[figures.terms.row[::2]] != 0
    patterns, place = np.unique(asked, axis=0, return_inverse=True)
    tallies, found = over.tallies, np.zeros(len(patterns))
    for number, pattern in enumerate(patterns):
        counts = tallies.answered[:, pattern].max(axis=1, initial=0)
        found[number] = max(counts.sum() - len(np.unique(tallies.stratum_number[counts > 0])), 0)
    return found[place.ravel()]
