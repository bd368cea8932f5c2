"""Counts of responses by group, with the groups judged before anything is made of them.

The quality of a wave is about interviews, not about customers: every response counts once, whatever its weight. Whether a group
may be shown still follows its effective base, so that what is hidden elsewhere is hidden here too; and a share of few responses, such as
those whose length is known, has those few as its base. Interviewers are judged beside the branches they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.suppression import Dimensions, suppress
from analysis.results.estimates import Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.domains import kish
from analysis.sums.tallies import WEIGHT, Array
from survey_schema.columns import Role
from words.language import Message

_N, _W, _W2 = "n__", "w__", "w2__"
#: Groups that lie within others, whose totals are shown beside theirs.
_WITHIN = {str(Role.INTERVIEWER): str(Role.BRANCH)}


@dataclass(frozen=True)
class GroupCount:
    """One group: responses, effective base, what was summed up, and the reason why it is hidden."""

    keys: Mapping[str, str | None]
    n: int
    n_eff: float
    sums: Mapping[str, float]
    reason: Message | None = None


def count_cells(frame: nw.LazyFrame[Any], measures: Mapping[str, nw.Expr], columns: Sequence[str]) -> pd.DataFrame:
    """One engine pass: responses, weights and the sums of ``measures`` for each combination of ``columns``. Zero weights count nowhere.

    ``frame`` is not narrowed down: whether a group may be shown depends on the groups beside it.
    """
    w = nw.col(WEIGHT).cast(nw.Float64)
    marks = (expression.cast(nw.Float64).alias(name) for name, expression in measures.items())
    made = frame.filter(w > 0).select(*columns, w.alias(_W), (w * w).alias(_W2), nw.lit(1.0).alias(_N), *marks)
    sums = [nw.col(name).sum() for name in (_N, _W, _W2, *measures)]
    cells = made.group_by(*columns).agg(*sums) if columns else made.select(*sums)
    table: pd.DataFrame = cells.collect("pandas").to_native()
    table = table.fillna(dict.fromkeys([_N, _W, _W2, *measures], 0.0))  # sums over nobody are null
    if not columns:
        return table
    table[list(columns)] = table[list(columns)].astype(object).where(table[list(columns)].notna(), None)
    return table.sort_values(list(columns), key=lambda column: column.map(str))


def protected_counts(
    cells: pd.DataFrame, by: Sequence[str], where: Mapping[str, str], thresholds: Thresholds, base: str | None = None
) -> list[GroupCount]:
    """The groups of ``by`` within ``where``, each judged among all values of the columns involved.

    ``cells`` are those of :func:`count_cells`. ``base`` names the sum that counts the responses a share is made of, where that is not all
    of them. Responses without a value are looked at when it is judged what may be shown, and are no group of their own.
    """

    def bases(table: pd.DataFrame) -> Array:
        responses = kish(table[_W].to_numpy(dtype=np.float64), table[_W2].to_numpy(dtype=np.float64))
        return (responses if base is None else np.minimum(responses, table[base].to_numpy(dtype=np.float64)))[:, None]

    opened = [name for name in cells.columns if name in (*by, *where)]
    judged = suppress_cells(cells, opened, [base or _N], bases, thresholds)
    table = added_up(cells, opened)
    n_eff = kish(table[_W].to_numpy(dtype=np.float64), table[_W2].to_numpy(dtype=np.float64))
    measures = [name for name in table.columns if name not in (*opened, _N, _W, _W2)]
    found = []
    for place, key in enumerate(judged.keys):
        if all(key[name] == value for name, value in where.items()) and all(key[name] is not None for name in by):
            row = table.iloc[place]
            reason = suppression_reason(float(judged.bases[place, 0]), thresholds) if judged.suppressed[place, 0] else None
            values = {name: float(row[name]) for name in measures}
            found.append(GroupCount({name: key[name] for name in by}, int(row[_N]), float(n_eff[place]), values, reason))
    return found


def suppress_cells(
    cells: pd.DataFrame, opened: Sequence[str], figures: Sequence[str], bases: Callable[[pd.DataFrame], Array], thresholds: Thresholds
) -> BaseTable:
    """The table of the columns ``opened``, judged; ``bases`` (G, k) of the figures from rows of sums, one a group."""

    def table_of(dimensions: Dimensions) -> BaseTable:
        table = added_up(cells, dimensions)
        rows = table[list(dimensions)].itertuples(index=False, name=None) if dimensions else [()] * len(table)
        keys = [{name: None if pd.isna(value) else str(value) for name, value in zip(dimensions, row, strict=True)} for row in rows]
        return BaseTable.of_items(keys, figures, bases(table))

    within = {inner: outer for inner, outer in _WITHIN.items() if outer in cells}
    return suppress(table_of, [name for name in cells.columns if name in opened], thresholds, within=within)


def added_up(cells: pd.DataFrame, dimensions: Sequence[str]) -> pd.DataFrame:
    """The sums of the cells for each combination of fewer columns, sorted; one row without any column."""
    sums = [name for name in cells.columns if pd.api.types.is_numeric_dtype(cells[name])]
    if not dimensions:
        return cells[sums].sum().to_frame().T
    return cells.groupby(list(dimensions), dropna=False)[sums].sum().reset_index()
