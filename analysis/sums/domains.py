"""Domains: the groups figures are about, as sets of cells, with their means and bases.

A **domain** is a set of cells: a branch, a wave, a branch in a wave, everybody but a branch. Sets may overlap; the disjoint groups they
are made of do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.sums.batch_rows import Flags
from analysis.sums.rest_cells import with_rests
from analysis.sums.tallies import Array, Integers, Tallies, sum_by


@dataclass(frozen=True, eq=False)
class Domains:
    """Domains over collapsed tallies: G sets of B disjoint groups of cells.

    ``keys`` what each set is; ``members`` (G, B) which groups it holds; ``of_cell`` (C) group of each cell; ``weights``
    (G, k) Σwd; ``means`` (G, k) score means, ``rates`` (G, k) satisfied shares, NaN where nobody answered; ``answered``
    (G, k) respondents; ``n_eff`` (G, k) effective base (Kish); ``spread`` (G, k) weighted standard deviation of the scores.
    """

    tallies: Tallies
    keys: tuple[Mapping[str, str | None], ...]
    members: Array
    of_cell: Integers
    weights: Array
    means: Array
    rates: Array
    answered: Array
    n_eff: Array
    spread: Array
    node_n: Array
    node_n_eff: Array

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def holds(self) -> Flags:
        """Which groups each set holds (G, B)."""
        holds: Flags = self.members != 0
        return holds

    @cached_property
    def cells_by_group(self) -> tuple[Integers, Integers]:
        """The cells in the order of their groups (C), and where in it each group starts (B + 1, the last its end)."""
        return np.argsort(self.of_cell, kind="stable"), np.concatenate(
            [[0], np.cumsum(np.bincount(self.of_cell, minlength=self.members.shape[1]))]
        )

    @cached_property
    def beside_rests(self) -> Domains:
        """The disjoint groups and, after them, the rest of each as a group of its own (2B); their keys say nothing."""
        groups = self.members.shape[1]
        tallies, of_cell = with_rests(self.tallies, self.of_cell, groups)
        return _domains(tallies, [{}] * (2 * groups), np.eye(2 * groups), of_cell, apart=True)

    def find(self, **wanted: str | None) -> int | None:
        """Number of the set with these keys; None when there is none."""
        if self._numbers is not None and wanted.keys() == self.keys[0].keys():
            return self._numbers.get(frozenset(wanted.items()))
        return next((g for g, keys in enumerate(self.keys) if all(keys.get(name) == value for name, value in wanted.items())), None)

    @cached_property
    def _numbers(self) -> dict[frozenset[tuple[str, str | None]], int] | None:
        """The first set with each keys; None where sets are named by different columns."""
        if not self.keys or any(keys.keys() != self.keys[0].keys() for keys in self.keys):
            return None
        return {frozenset(keys.items()): g for g, keys in reversed(list(enumerate(self.keys)))}

    def with_sets(self, keys: Sequence[Mapping[str, str | None]], members: Array) -> Domains:
        """The same and further sets, as rows over the disjoint groups: the rest of a branch, all of a competitor."""
        return _domains(self.tallies, (*self.keys, *keys), np.concatenate([self.members, members]), self.of_cell)


def kish(weight: Array, weight_squares: Array) -> Array:
    """Effective base (Σw)²/Σw², 0 where there is no weight (Kish 1965).

    Rounded to 9 decimals: ten respondents of weight 0.1 make 10 and not 9.999999999999995, which a threshold of 10 would hide.
    """
    base: Array = np.divide(weight**2, weight_squares, out=np.zeros_like(weight), where=weight_squares > 0)
    return base.round(9)


def domains(tallies: Tallies, by: Sequence[str]) -> Domains:
    """The domains of some group-by columns, sorted by their keys; an empty ``by`` makes one domain of everything.

    Raises ManyiError for a column the tallies were not made by.
    """
    tallies.require_columns(by)
    collapsed = tallies.collapse(by)
    columns = [
        tuple(None if pd.isna(value) else str(value) for value in row)
        for row in collapsed.keys[list(by)].itertuples(index=False, name=None)
    ]
    if not by:
        columns = [()] * len(collapsed.keys)
    distinct = sorted(set(columns), key=lambda row: tuple((value is None, value or "") for value in row))
    place = {row: b for b, row in enumerate(distinct)}
    of_cell = np.array([place[row] for row in columns], dtype=np.intp)
    keys = tuple(dict(zip(by, row, strict=True)) for row in distinct)
    return _domains(collapsed, keys, np.eye(len(distinct)), of_cell, apart=True)


def _domains(
    tallies: Tallies, keys: Sequence[Mapping[str, str | None]], members: Array, of_cell: Integers, *, apart: bool = False
) -> Domains:
    """``apart``: the sets are the disjoint groups themselves, of which nothing has to be added up."""

    def total(values: Array) -> Array:
        groups: Array = sum_by(values, of_cell, members.shape[1])
        added: Array = groups if apart else np.tensordot(members, groups, axes=1)
        return added

    first, squares, nodes = total(tallies.first), total(tallies.squares), total(tallies.node_counts)
    weights = first[:, 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        means, rates = first[:, 0] / weights, first[:, 2] / weights
        spread = np.sqrt(_beyond_rounding(squares / weights, means**2))
    n_eff = kish(weights, total(tallies.weight_squares))
    node_n_eff = kish(nodes[..., 1], nodes[..., 2])
    return Domains(
        tallies, tuple(keys), members, of_cell, weights, means, rates, total(tallies.answered), n_eff, spread, nodes[..., 0], node_n_eff
    )


def _beyond_rounding(square: Array, subtracted: Array) -> Array:
    """The difference of two nearly equal sums, 0 where nothing but rounding is left of it."""
    left = square - subtracted
    return np.where(left > 1e-12 * square, left, np.where(np.isnan(left), np.nan, 0.0))
