"""Whom to recover: unhappy customers of the layers to win back, and whoever gave a very low answer; by opaque id only.

Unhappy is an overall answer below the satisfied grade of its scale; very low one of at most so many points as the survey's rules say.
Priority 1 is both in a layer to win back and very low, 2 in such a layer, 3 very low. A respondent who answered twice in a wave counts
once, with the lower answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.sums.scores import satisfied_expression, score_expression
from analysis.tiers.tiers import UNKNOWN, tier_expression
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.recovery_rules import RecoveryDays
from survey_schema.tier_rules import TierRules
from words.errors import ManyiError
from words.language import message

#: Questions named as reasons, the lowest first.
MOST_LOW = 3
PRIORITIES = (1, 2, 3)
_LOW, _ID = "low__", str(Role.RESPONDENT_ID)


@dataclass(frozen=True, eq=False)
class ToRecover:
    """The customers to recover, by priority, then from the lowest answer up.

    ``table`` has a row a customer: ``respondent_id``, ``branch``, ``score`` (overall, 0–100), ``win_back`` and ``very_low`` (why),
    ``priority``, ``low`` (codes of the questions answered lowest below satisfied, at most three, with commas), and a column of classes
    for each of ``axes``. ``without_id`` more belong on it but cannot be listed. ``axes`` is empty where the customers could not be layered.
    """

    table: pd.DataFrame
    axes: tuple[str, ...]
    without_id: int


def customers_to_recover(frame: nw.LazyFrame[Any], schema: SurveySchema, rules: TierRules | None, outcome: str) -> ToRecover:
    """The list of one wave's responses. Without ``rules``, or where responses lack their columns, it is of very low answers alone.

    Raises ManyiError where the survey keeps no ids.
    """
    if schema.column_for(Role.RESPONDENT_ID) is None:
        raise ManyiError(message("This survey keeps no respondent ids, so nobody can be listed; add a respondent id column."))
    there = set(frame.collect_schema().names())
    axes = tuple(rules.axes) if rules is not None and set(rules.columns) <= there else ()
    layered = frame.with_columns(*(tier_expression(axis) for axis in axes)) if axes else frame
    won = {f"tier_{code}": list(classes) for code, classes in rules.win_back.items()} if rules is not None and axes else {}
    win_back = reduce(and_, [nw.col(name).is_in(classes) for name, classes in won.items()]) if won else nw.lit(value=False)
    unhappy, points = satisfied_expression(schema, outcome) == 0, score_expression(schema, outcome)
    items = [code for code in schema.tree.items() if code != outcome and code in there]
    marked = layered.with_columns(
        (win_back & unhappy).fill_null(False).alias("win_back"),
        (points <= schema.recovery.very_low + 1e-9).fill_null(False).alias("very_low"),
        points.alias("score"),
        *(nw.when(satisfied_expression(schema, code) == 0).then(score_expression(schema, code)).alias(_LOW + code) for code in items),
    )
    chosen = marked.filter(nw.col("win_back") | nw.col("very_low"))
    kept = [_ID, str(Role.BRANCH), "score", "win_back", "very_low", *(f"tier_{axis.code}" for axis in axes)]
    table = chosen.select(*kept, *(_LOW + code for code in items)).collect("pandas").to_native()
    without = int(table[_ID].isna().sum())
    table = table[table[_ID].notna()].assign(low=_lowest(table[table[_ID].notna()], items))
    table["priority"] = np.where(table["win_back"] & table["very_low"], 1, np.where(table["win_back"], 2, 3))
    table = table.drop(columns=[_LOW + code for code in items]).rename(columns={f"tier_{axis.code}": axis.code for axis in axes})
    ordered = table.sort_values(["priority", "score", _ID], kind="stable").drop_duplicates(_ID).reset_index(drop=True)
    codes = tuple(axis.code for axis in axes)
    nobody = bool(len(ordered)) and bool((ordered[list(codes)] == UNKNOWN).any(axis=1).all())
    return ToRecover(ordered, () if nobody else codes, without)


def _lowest(table: pd.DataFrame, items: Sequence[str]) -> list[str]:
    """The questions each customer answered lowest among those not satisfied; the first of equal ones as the survey has them."""
    if not items:
        return [""] * len(table)
    points: npt.NDArray[np.float64] = table[[_LOW + code for code in items]].to_numpy(dtype=np.float64)
    order = np.argsort(np.where(np.isnan(points), np.inf, points), axis=1, kind="stable")[:, :MOST_LOW]
    known = np.take_along_axis(~np.isnan(points), order, axis=1)
    return [",".join(items[place] for place, there in zip(row, has, strict=True) if there) for row, has in zip(order, known, strict=True)]


def deadlines(priority: pd.Series[int], issued: date, days: RecoveryDays) -> list[date]:
    """The day by which each customer is to be contacted: so many days after the list was made, by priority."""
    due = {each: issued + timedelta(days=days.of(each)) for each in PRIORITIES}
    return [due[int(each)] for each in priority]
