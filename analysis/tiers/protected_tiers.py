"""Layers whose figures would follow from the total and their neighbours are suppressed with the small ones.

``estimate_tiers`` hides cells below the smallest effective base one by one; what totals and neighbours would give back is found by the
rule of :mod:`analysis.disclosure`. All layers are siblings, for totals of rows or columns of the grid are shown nowhere and the total of
all is; respondents who could not be layered are one more, never shown. In a selection such as one branch a layer is judged beside the same
layer of the other branches as well, and none is shown where the branch itself is not: they would add up to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.scores import score_expression
from analysis.tiers.tiers import UNKNOWN, TierCell, Tiers, WinBackRow, estimate_tiers, list_win_back, tier_expression
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierRules
from words.errors import ManyiError
from words.language import Message

_LAYER = "layer__"
_BETWEEN = "\x1f"


def protected_tiers(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    rules: TierRules,
    outcome: str | None = None,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds,
) -> Tiers:
    """The layers within ``where``, without the figures that would show a group too small; ``frame`` is not narrowed down.

    Raises ManyiError where the survey has no outcome or lacks the columns.
    """
    narrowed = dict(where or {})
    found = estimate_tiers(_within(frame, narrowed), schema, rules, outcome, thresholds)
    reasons = layer_reasons(frame, schema, rules, found.outcome, narrowed, thresholds)
    cells = []
    for cell in found.cells:
        reason = reasons.get(tuple(cell.classes[axis.code] for axis in rules.axes))
        cells.append(cell if reason is None else _hide(cell, thresholds))
    return replace(found, cells=tuple(cells))


def layer_reasons(
    frame: nw.LazyFrame[Any], schema: SurveySchema, rules: TierRules, outcome: str, where: Mapping[str, str], thresholds: Thresholds
) -> dict[tuple[str, ...], Message]:
    """Classes of a layer, in the order of the axes → why it is hidden within ``where``; ``frame`` is not narrowed down."""
    answered = frame.filter(~score_expression(schema, outcome).is_null()).with_columns(_layer(rules))
    counted = count_cells(answered, {}, [_LAYER, *where])
    whole = _reason(counted, where, thresholds) if where else None
    layers = protected_counts(counted, [_LAYER], where, thresholds)
    found = {tuple(str(group.keys[_LAYER]).split(_BETWEEN)): whole or group.reason for group in layers}
    return {classes: reason for classes, reason in found.items() if reason is not None}


def protected_win_back(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    rules: TierRules,
    outcome: str | None = None,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds,
) -> tuple[WinBackRow, ...]:
    """Whom to win back within ``where``. Raises ManyiError, also where the group is hidden: its answers one by one would show it."""
    narrowed = dict(where or {})
    reason = _reason(count_cells(frame, {}, list(narrowed)), narrowed, thresholds) if narrowed else None
    if reason is not None:
        raise ManyiError(reason)
    return list_win_back(_within(frame, narrowed), schema, rules, outcome)


def _within(frame: nw.LazyFrame[Any], where: Mapping[str, str]) -> nw.LazyFrame[Any]:
    return frame.filter(*(nw.col(name) == value for name, value in where.items())) if where else frame


def _reason(counted: Any, where: Mapping[str, str], thresholds: Thresholds) -> Message | None:
    """Why a selection is hidden, judged among its neighbours; None when it may be shown."""
    return next((group.reason for group in protected_counts(counted, [], where, thresholds)), None)


def _layer(rules: TierRules) -> nw.Expr:
    """The layer of a respondent, all classes in one; null where one of them is unknown."""
    known = [tier_expression(axis) != UNKNOWN for axis in rules.axes]
    return nw.when(*known).then(nw.concat_str([tier_expression(axis) for axis in rules.axes], separator=_BETWEEN)).alias(_LAYER)


def _hide(cell: TierCell, thresholds: Thresholds) -> TierCell:
    return replace(cell, satisfaction=_without(cell.satisfaction, thresholds), unhappy_percent=_without(cell.unhappy_percent, thresholds))


def _without(e: Estimate, thresholds: Thresholds) -> Estimate:
    if e.value is None:
        return e
    reason = suppression_reason(e.n_eff, thresholds)
    return e._replace(value=None, se=None, low=None, high=None, df=None, marked=False, reason=reason)
