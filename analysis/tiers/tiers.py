"""Customers in layers by the schema's rules: how many, how satisfied, how many unhappy, whom to win back.

The rules (R7: value × leaving tendency × bundle …) turn attribute columns into one class per axis inside the engine; a
relative change is unknown where the earlier value is zero or missing, and an unknown condition does not hold. Satisfaction
is the mean score 0–100 of the outcome, unhappy is the weighted share below the scale's satisfied grade; both with
linearised errors. Respondents for whom no column of an axis is known are counted apart, not layered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import stats

from analysis.inference.linearise import variance, variance_and_freedom
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.domains import Domains, domains
from analysis.sums.scores import satisfied_expression, score_expression
from analysis.sums.tallies import Array, sums
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import Condition, TierAxis, TierClass, TierRules
from words.errors import ManyiError
from words.language import Message, message

UNKNOWN = "unknown"


@dataclass(frozen=True)
class TierCell:
    """One combination of classes. ``customers`` respondents, ``share`` their weighted share of all layered respondents."""

    classes: Mapping[str, str]
    customers: int
    share: float
    satisfaction: Estimate
    unhappy_percent: Estimate
    win_back: bool


@dataclass(frozen=True)
class Tiers:
    """All cells of one layering, also the empty ones. ``unknown`` respondents could not be layered on some axis."""

    rules: str
    outcome: str
    cells: tuple[TierCell, ...]
    layered: int
    unknown: int
    provenance: Provenance
    notes: tuple[Message, ...] = ()

    @property
    def to_win_back(self) -> int:
        """Respondents in the cells to win back, unhappy or not."""
        return sum(cell.customers for cell in self.cells if cell.win_back)

    @property
    def unhappiest_to_win_back(self) -> TierCell | None:
        """The cell to win back with the largest shown share of unhappy respondents; the first of equal ones."""
        shown = [cell for cell in self.cells if cell.win_back and cell.unhappy_percent.value is not None]
        return max(shown, key=lambda cell: cell.unhappy_percent.value or 0.0, default=None)


@dataclass(frozen=True)
class WinBackRow:
    """An unhappy respondent of a cell to win back, by opaque id only."""

    respondent_id: str
    wave: str | None
    classes: Mapping[str, str]
    score: float


@dataclass(frozen=True)
class TierMove:
    """Respondents asked in both waves who went from one class to another."""

    before: str
    after: str
    respondents: int


@dataclass(frozen=True)
class MovesShown:
    """The moves that may be shown, how many are ``hidden`` for too few respondents, and the respondents of those shown: ``total`` and
    how many ``stayed`` in their class."""

    moves: tuple[TierMove, ...]
    hidden: int
    total: int
    stayed: int


def moves_shown(moves: Sequence[TierMove], hidden_below: float) -> MovesShown:
    """Without the moves of fewer than ``hidden_below`` respondents, which are in no figure."""
    shown = tuple(move for move in moves if move.respondents >= hidden_below)
    stayed = sum(move.respondents for move in shown if move.before == move.after)
    return MovesShown(shown, len(moves) - len(shown), sum(move.respondents for move in shown), stayed)


def tier_expression(axis: TierAxis) -> nw.Expr:
    """The class of a respondent on one axis as a text column named after the axis; ``unknown`` where nothing is known."""
    chosen = nw.lit(UNKNOWN) if axis.classes[-1].conditions else nw.lit(axis.classes[-1].code)
    for tier_class in reversed([tier_class for tier_class in axis.classes if tier_class.conditions]):
        chosen = nw.when(_holds(tier_class)).then(nw.lit(tier_class.code)).otherwise(chosen)
    silent = reduce(and_, [nw.col(column).is_null() for column in axis.columns])
    return nw.when(silent).then(nw.lit(UNKNOWN)).otherwise(chosen).alias(_column(axis))


def estimate_tiers(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    rules: TierRules,
    outcome: str | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Tiers:
    """Cells of ``rules`` over whole waves. Raises ManyiError where the survey has no outcome or lacks the columns."""
    target = _target(schema, outcome)
    _refuse_missing_columns(frame, schema, rules)
    layered = frame.with_columns(*(tier_expression(axis) for axis in rules.axes))
    by = [_column(axis) for axis in rules.axes]
    tallies = sums(layered, schema, by, [*schema.tree.items(), target])
    over = domains(tallies, by)
    sizes, weights = _sizes(layered, by)
    cells = _cells(over, rules, target, sizes, weights, thresholds)
    known = sum(cell.customers for cell in cells)
    named = next((item.title for item in schema.items if item.code == target), None)
    facts = (
        Fact("rules", rules.code), Fact("outcome", target, message("Outcome"), named),
        Fact("axes", tuple(axis.code for axis in rules.axes)),
    )  # fmt: skip
    return Tiers(
        rules.code,
        target,
        cells,
        known,
        sum(sizes.values()) - known,
        Provenance(message("Classes by the rules of the survey; means and rates with linearised errors"), thresholds, facts=facts),
        tuple(_notes(frame, schema, rules)),
    )


def list_win_back(
    frame: nw.LazyFrame[Any], schema: SurveySchema, rules: TierRules, outcome: str | None = None, *, limit: int = 10_000
) -> tuple[WinBackRow, ...]:
    """Unhappy respondents of the classes to win back, the least satisfied first. Raises ManyiError without ids or rules."""
    target = _target(schema, outcome)
    _refuse_missing_columns(frame, schema, rules)
    if schema.column_for(Role.RESPONDENT_ID) is None:
        raise ManyiError(message("This survey keeps no respondent ids, so nobody can be listed; add a respondent id column."))
    if not rules.win_back:
        raise ManyiError(message("The tier rules name nobody to win back; add win_back to them."))
    axes = {axis.code: axis for axis in rules.axes}
    layered = frame.with_columns(*(tier_expression(axis) for axis in rules.axes))
    wanted = [nw.col(_column(axes[code])).is_in(list(classes)) for code, classes in rules.win_back.items()]
    table = (
        layered.filter(*wanted, satisfied_expression(schema, target) == 0, ~nw.col("respondent_id").is_null())
        .select("respondent_id", "wave", *(_column(axis) for axis in rules.axes), score_expression(schema, target).alias("score"))
        .sort("score", "respondent_id")
        .head(limit)
        .collect("pandas")
        .to_native()
    )
    return tuple(
        WinBackRow(
            str(row["respondent_id"]),
            None if pd.isna(row["wave"]) else str(row["wave"]),
            {axis.code: str(row[_column(axis)]) for axis in rules.axes},
            float(row["score"]),
        )
        for row in table.to_dict("records")
    )


def trace_moves(frame: nw.LazyFrame[Any], schema: SurveySchema, axis: TierAxis, before: str, after: str) -> tuple[TierMove, ...]:
    """How respondents asked in both waves moved between the classes of an axis; empty where nobody was asked twice."""
    if schema.column_for(Role.RESPONDENT_ID) is None:
        return ()
    layered = frame.with_columns(tier_expression(axis)).filter(~nw.col("respondent_id").is_null())
    tables = [
        layered.filter(nw.col("wave") == wave)
        .select("respondent_id", _column(axis))
        .collect("pandas")
        .to_native()
        .drop_duplicates("respondent_id")
        for wave in (before, after)
    ]
    both = tables[0].merge(tables[1], on="respondent_id", suffixes=("_before", "_after"))
    counts = both.groupby([f"{_column(axis)}_before", f"{_column(axis)}_after"]).size()
    return tuple(TierMove(str(pair[0]), str(pair[1]), int(count)) for pair, count in counts.items())


def _column(axis: TierAxis) -> str:
    return f"tier_{axis.code}"


def _holds(tier_class: TierClass) -> nw.Expr:
    return reduce(and_ if tier_class.match == "all" else or_, [_condition(condition) for condition in tier_class.conditions])


def _condition(condition: Condition) -> nw.Expr:
    if condition.one_of:
        return nw.col(condition.column).is_in(condition.one_of).fill_null(False)
    value = nw.col(condition.column).cast(nw.Float64)
    if condition.change_from:
        earlier = nw.col(condition.change_from).cast(nw.Float64)
        value = nw.when(earlier > 0).then(value / earlier - 1)
    tests = []
    # A fall of exactly 30 % must count as 30 %, whatever binary fractions make of it.
    slack = 1e-9
    if condition.at_least is not None:
        tests.append(value >= condition.at_least - slack)
    if condition.at_most is not None:
        tests.append(value <= condition.at_most + slack)
    if condition.below is not None:
        tests.append(value < condition.below)
    if condition.above is not None:
        tests.append(value > condition.above)
    return reduce(and_, tests).fill_null(False)


def _target(schema: SurveySchema, outcome: str | None) -> str:
    target = outcome or schema.outcome
    if target is None:
        raise ManyiError(message("This survey names no overall satisfaction question; add outcome to its schema or choose a question."))
    return target


def _refuse_missing_columns(frame: nw.LazyFrame[Any], schema: SurveySchema, rules: TierRules) -> None:
    there = set(frame.collect_schema().names())
    missing = [column for column in rules.columns if column not in there]
    if missing:
        names = {column.code: column.title for column in schema.columns}
        raise ManyiError(message("The tier rules need the column {column}, which these responses do not have.", column=names[missing[0]]))


def _sizes(layered: nw.LazyFrame[Any], by: Sequence[str]) -> tuple[dict[tuple[str, ...], int], dict[tuple[str, ...], float]]:
    weight = nw.col("respondent_weight").cast(nw.Float64)
    table = layered.filter(weight > 0).group_by(*by).agg(nw.len().alias("rows"), weight.sum().alias("weight")).collect("pandas").to_native()
    keys = [tuple(row) for row in table[list(by)].itertuples(index=False, name=None)]
    return dict(zip(keys, table["rows"].astype(int), strict=True)), dict(zip(keys, table["weight"].astype(float), strict=True))


def _cells(
    over: Domains,
    rules: TierRules,
    target: str,
    sizes: Mapping[tuple[str, ...], int],
    weights: Mapping[tuple[str, ...], float],
    thresholds: Thresholds,
) -> tuple[TierCell, ...]:
    k = over.tallies.items.index(target)
    alone = np.eye(len(over.tallies.items))[k]
    each = [{g: alone} for g in range(len(over))]
    of_scores, df = variance_and_freedom(over, each)
    spread: dict[str, Array] = {"score": np.sqrt(of_scores), "satisfied": np.sqrt(variance(over, each, "satisfied"))}
    places = {tuple(keys[_column(axis)] for axis in rules.axes): g for g, keys in enumerate(over.keys)}
    combinations = list(product(*([tier_class.code for tier_class in axis.in_order] for axis in rules.axes)))
    layered_weight = sum(weights.get(combination, 0.0) for combination in combinations)
    cells = []
    for combination in combinations:
        classes = {axis.code: code for axis, code in zip(rules.axes, combination, strict=True)}
        place = places.get(combination)
        satisfaction = _estimate(over, k, place, classes, target, "score", spread, df, thresholds)
        unhappy = _estimate(over, k, place, classes, target, "satisfied", spread, df, thresholds)
        wanted = bool(rules.win_back) and all(classes[axis] in kept for axis, kept in rules.win_back.items())
        share = weights.get(combination, 0.0) / layered_weight if layered_weight else 0.0
        cells.append(TierCell(classes, sizes.get(combination, 0), share, satisfaction, unhappy, wanted))
    return tuple(cells)


def _estimate(
    over: Domains,
    k: int,
    place: int | None,
    classes: Mapping[str, str],
    target: str,
    which: str,
    spread: Mapping[str, Array],
    df: Array,
    thresholds: Thresholds,
) -> Estimate:
    n = 0 if place is None else int(over.answered[place, k])
    n_eff = 0.0 if place is None else float(over.n_eff[place, k])
    empty = Estimate(dict(classes), target, None, n=n, n_eff=n_eff)
    if place is None or n == 0:
        return empty._replace(reason=message("Nobody in this cell answered."))
    if n_eff < thresholds.hidden_below:
        return empty._replace(reason=message("The effective base {n_eff} is below {limit}; the figures are not shown.",
                           n_eff=f"{n_eff:.1f}", limit=f"{thresholds.hidden_below:g}"),
        )  # fmt: skip
    unhappy = which == "satisfied"
    value = 100 * (1 - float(over.rates[place, k])) if unhappy else float(over.means[place, k])
    error = float(spread[which][place]) * (100 if unhappy else 1)
    margin = float(stats.t.ppf(0.5 + thresholds.confidence / 2, max(df[place], 1))) * error
    low, high = max(value - margin, 0.0), min(value + margin, 100.0)
    return empty._replace(value=value, se=error, low=low, high=high, df=float(df[place]), marked=n_eff < thresholds.marked_below)


def _notes(frame: nw.LazyFrame[Any], schema: SurveySchema, rules: TierRules) -> list[Message]:
    """Say where a relative change cannot be computed for most respondents, because the earlier value is zero or missing."""
    names = {column.code: column.title for column in schema.columns}
    conditions = [condition for axis in rules.axes for tier_class in axis.classes for condition in tier_class.conditions]
    earlier = list(dict.fromkeys(condition.change_from for condition in conditions if condition.change_from))
    if not earlier:
        return []
    counted = frame.select(
        nw.len().alias("rows"),
        *((nw.col(column).cast(nw.Float64) > 0).fill_null(False).cast(nw.Int64).sum().alias(column) for column in earlier),
    )
    row = counted.collect("pandas").to_native().iloc[0]
    return [
        message("{column} is zero or missing for {share} % of the respondents; a change against it is unknown for them.",
                column=names[column], share=f"{100 * (1 - row[column] / row['rows']):.0f}")
        for column in earlier
        if row["rows"] and row[column] < row["rows"] / 2
    ]  # fmt: skip
