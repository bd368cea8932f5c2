"""Inspections added up in one pass: points available and scored of each checklist item at each visit.

From these sums a page takes items, halls, branches, months and visits without reading a row again. Columns of the frame: ``visit``,
``hall``, ``date``, ``item``, ``points_available``, ``points_scored``, and ``branch`` where it is known. A visit is a visit number at a hall
on a day; an item that was not looked at has no points available there, which is not the same as no points scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.pareto.cells import Cell
from analysis.sums.tallies import Array, Integers, sum_by
from words.errors import unknown
from words.language import message

VISIT, HALL, BRANCH, DATE, ITEM, MONTH = "visit", "hall", "branch", "date", "item", "month"
AVAILABLE, SCORED = "points_available", "points_scored"
#: What visits may be grouped and narrowed down by.
GROUPS = (BRANCH, HALL, VISIT, MONTH)


@dataclass(frozen=True, eq=False)
class InspectionSums:
    """V visits in the order of hall, day and number (``visits``: visit, hall, branch, date, month), K items, points (V, K).

    ``kept`` is what was worked out of these sums for all questions to share.
    """

    items: tuple[str, ...]
    visits: pd.DataFrame
    available: Array
    scored: Array
    kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def lost(self) -> Array:
        """Points available and not scored (V, K)."""
        return self.available - self.scored

    def where(self, selection: Mapping[str, str | None]) -> InspectionSums:
        """Only visits with these values. Raises ManyiError for a column visits do not have."""
        self.require(selection)
        if not selection:
            return self
        chosen = rows_where(self.visits, selection)
        return InspectionSums(self.items, self.visits.iloc[chosen].reset_index(drop=True), self.available[chosen], self.scored[chosen])

    def require(self, names: Sequence[str] | Mapping[str, object]) -> None:
        """Raises ManyiError for the first name that visits cannot be grouped by."""
        for name in names:
            if name not in GROUPS:
                raise unknown(message("column"), name, GROUPS, place=message("these inspections"))

    def groups(self, by: Sequence[str]) -> tuple[list[dict[str, str | None]], Integers]:
        """The groups of ``by`` that have visits, in order, and the group of each visit (V). Without ``by`` everything is one group."""
        self.require(by)
        return groups_of(self.visits, by)

    def cells(self, by: Sequence[str], where: Mapping[str, str | None] | None = None) -> list[Cell]:
        """Cells for a Pareto chart of lost points, by ``item`` and what visits are grouped by: how often points were lost, and how many."""
        chosen = self.where(where or {})
        keys, number = chosen.groups([name for name in by if name != ITEM])
        if not keys:
            return []
        lost = chosen.lost
        sums = [sum_by(values, number, len(keys)) for values in ((lost > 0).astype(np.float64), lost, lost**2)]
        if ITEM not in by:
            found = zip(keys, *(each.sum(axis=1) for each in sums), strict=True)
            return [Cell(key, float(n), float(w), float(w2)) for key, n, w, w2 in found]
        return [
            Cell({**key, ITEM: item}, *(float(each[g, i]) for each in sums))
            for g, key in enumerate(keys)
            for i, item in enumerate(self.items)
        ]


def rows_where(table: pd.DataFrame, selection: Mapping[str, str | None]) -> Integers:
    """Places of the rows with these values; None is a value that is not known."""
    keep = np.ones(len(table), dtype=bool)
    for name, value in selection.items():
        keep &= (table[name].isna() if value is None else table[name] == value).to_numpy(dtype=bool)
    return np.flatnonzero(keep)


def groups_of(table: pd.DataFrame, by: Sequence[str]) -> tuple[list[dict[str, str | None]], Integers]:
    """The groups of a table by some columns, in order, and the group of each row. Without ``by`` all rows are one group."""
    if not by or not len(table):
        return ([{}] if len(table) else []), np.zeros(len(table), dtype=np.intp)
    columns = [*by, *((HALL, DATE) if VISIT in by else ())]  # numbers of visits may occur at several halls
    number = table.groupby(columns, dropna=False, observed=True, sort=True).ngroup().to_numpy().astype(np.intp)
    _, first = np.unique(number, return_index=True)
    keys = table[list(by)].iloc[first].astype(object)
    return [dict(zip(by, row, strict=True)) for row in keys.where(keys.notna(), None).itertuples(index=False, name=None)], number


def inspection_sums(frame: nw.LazyFrame[Any]) -> InspectionSums:
    """The sums of a frame of inspections. Rows without points available or scored count nowhere; an item twice at a visit is added up."""
    there = set(frame.collect_schema().names())
    keys = [VISIT, HALL, DATE, ITEM, *([BRANCH] if BRANCH in there else [])]
    known = frame.filter(~nw.col(AVAILABLE).is_null(), ~nw.col(SCORED).is_null())
    numbers = known.select(*keys, *(nw.col(name).cast(nw.Float64) for name in (AVAILABLE, SCORED)))
    sums = [nw.col(name).sum() for name in (AVAILABLE, SCORED)]
    table: pd.DataFrame = numbers.group_by(*keys).agg(*sums).collect("pandas").to_native()
    if BRANCH not in there:
        table[BRANCH] = None
    items = tuple(sorted(str(item) for item in table[ITEM].unique()))
    ordered = table.sort_values([HALL, DATE, VISIT], kind="stable")
    number = ordered.groupby([HALL, DATE, VISIT], dropna=False, sort=True).ngroup().to_numpy()
    _, first = np.unique(number, return_index=True)
    visits = ordered[[VISIT, HALL, BRANCH, DATE]].iloc[first].reset_index(drop=True)
    visits[MONTH] = pd.to_datetime(visits[DATE]).dt.strftime("%Y-%m") if len(visits) else None
    for name in (VISIT, HALL, BRANCH, MONTH):
        text = visits[name].astype(object)
        visits[name] = text.where(text.notna(), None)
    place = ordered[ITEM].map({item: i for i, item in enumerate(items)}).to_numpy(dtype=np.intp)
    arrays = np.zeros((2, len(visits), len(items)))
    for array, name in zip(arrays, (AVAILABLE, SCORED), strict=True):
        np.add.at(array, (number, place), ordered[name].to_numpy(dtype=np.float64))
    return InspectionSums(items, visits, arrays[0], arrays[1])
