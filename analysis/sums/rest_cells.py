"""Cells of the rest of each group: what all groups are together, minus the group, stratum by stratum.

A group set against all the others needs the cells of all of them, each group anew; of respondents without clusters the cells of a stratum
add up to one, since the same is said of all of them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.sums.tallies import SUMS, Array, Integers, Tallies, sum_by

#: Numbers that the cells of all the rests may hold together; beyond it each rest is added up by itself.
MOST_ROOM = 2**25


def can_be_made(tallies: Tallies, groups: int) -> bool:
    """Whether there are cells of the rests: of respondents that are units of their own, with weights that were not raked."""
    cells = groups * len(np.unique(tallies.stratum_number)) * max(tallies.second[0].size if tallies.unclustered else 1, 1)
    return tallies.unclustered == len(tallies.keys) > 0 and not tallies.raked and cells <= MOST_ROOM


def with_rests(tallies: Tallies, of_cell: Integers, groups: int) -> tuple[Tallies, Integers]:
    """The cells of the groups 0 … and after them those of their rests, as groups of their own: the rest of g is group ``groups`` + g.

    ``of_cell`` (C) is the group of each cell; so it is in what comes back.
    """
    _strata, first, stratum = np.unique(tallies.stratum_number, return_index=True, return_inverse=True)
    strata = len(first)
    place = of_cell * strata + stratum

    def joined(name: str) -> Array:
        values: Array = getattr(tallies, name)
        own = np.zeros((groups * strata, *values.shape[1:]))
        there = np.unique(place, return_inverse=True)
        own[there[0]] = sum_by(values, there[1], len(there[0]))
        own = own.reshape(groups, strata, *values.shape[1:])
        return np.concatenate([values, (own.sum(axis=0) - own).reshape(groups * strata, *values.shape[1:])])

    keys = pd.concat([tallies.keys, *([tallies.keys.iloc[first]] * groups)], ignore_index=True)
    made = Tallies(
        tallies.by, tallies.items, tallies.nodes, tallies.together, tallies.marks, keys, design=tallies.design, raked={},
        **{name: joined(name) for name in SUMS},
    )  # fmt: skip
    return made, np.concatenate([of_cell, groups + np.repeat(np.arange(groups), strata)])
