"""Layers of customers, the list to win back and moves between waves: kept like the other results of single responses."""

from __future__ import annotations

from analysis.results.estimates import Thresholds
from analysis.tiers.tier_suppression import protected_tiers, protected_win_back
from analysis.tiers.tiers import TierMove, Tiers, WinBackRow, trace_moves
from pages._shared.numbers.cached_measurement import Frame, Narrow, from_responses, judged
from pages._shared.selection.choices import Chosen
from storage.records import Wave
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierRules


def tiers(chosen: Chosen, rules: str) -> Tiers:
    """The layers of the selection. Raises ManyiError where the rules cannot be applied."""
    return judged(_tiers, chosen, rules=rules)


def win_back(chosen: Chosen, rules: str) -> tuple[WinBackRow, ...]:
    """Unhappy respondents of the layers to win back, the least satisfied first. Raises ManyiError without ids."""
    return judged(_win_back, chosen, rules=rules)


def moves(chosen: Chosen, rules: str, axis: str, before: Wave) -> tuple[TierMove, ...]:
    """How respondents asked in both waves moved between the classes of one axis."""
    labels = (before.label, chosen.wave.label)
    return from_responses(_moves, chosen, labels=labels, rules=rules, axis=axis, before=before.label, after=chosen.wave.label)


def _tiers(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: str) -> Tiers:
    return protected_tiers(frame, schema, rules_of(schema, rules), where=dict(narrow), thresholds=thresholds)


def _win_back(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: str) -> tuple[WinBackRow, ...]:
    return protected_win_back(frame, schema, rules_of(schema, rules), where=dict(narrow), thresholds=thresholds)


def _moves(
    frame: Frame, schema: SurveySchema, thresholds: Thresholds, rules: str, axis: str, before: str, after: str
) -> tuple[TierMove, ...]:
    wanted = next(one for one in rules_of(schema, rules).axes if one.code == axis)
    return trace_moves(frame, schema, wanted, before, after)


def rules_of(schema: SurveySchema, code: str) -> TierRules:
    """The tier rules of that code."""
    return next(rules for rules in schema.tiers if rules.code == code)
