"""Counts of responses by group, with the groups judged before anything is made of them.

The quality of a wave is about interviews, not about customers: every response counts once, whatever its weight. Whether a group
may be shown still follows its effective base, so that what is hidden elsewhere is hidden here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.disclosure.reasons import suppression_reason
from analysis.disclosure.secondary_suppression import hidden
from analysis.results.estimates import Thresholds
from analysis.sums.domains import kish
from analysis.sums.tallies import WEIGHT
from words.language import Message

_N, _W, _W2 = "n__", "w__", "w2__"


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


def protected_counts(cells: pd.DataFrame, by: Sequence[str], where: Mapping[str, str], thresholds: Thresholds) -> list[GroupCount]:
    """The groups of ``by`` within ``where``, each judged among all values of the columns involved; responses without a value left out."""
    opened = list(dict.fromkeys([*by, *where]))
    sums = [name for name in cells.columns if name not in opened and pd.api.types.is_numeric_dtype(cells[name])]
    whole = cells[sums].sum().to_frame().T
    table = cells.dropna(subset=opened).groupby(opened)[sums].sum().reset_index() if opened else whole
    keys = [{name: str(row[name]) for name in opened} for _index, row in table.iterrows()]
    weights, squares = table[_W].to_numpy(dtype=np.float64), table[_W2].to_numpy(dtype=np.float64)
    n_eff = kish(weights, squares)
    flags = hidden(n_eff, keys, thresholds)
    found = []
    for place, (key, flag) in enumerate(zip(keys, flags, strict=True)):
        if all(key[name] == value for name, value in where.items()):
            row = table.iloc[place]
            reason = suppression_reason(float(n_eff[place]), thresholds) if flag else None
            values = {name: float(row[name]) for name in sums if name not in (_N, _W, _W2)}
            found.append(GroupCount({name: key[name] for name in by}, int(row[_N]), float(n_eff[place]), values, reason))
    return found
