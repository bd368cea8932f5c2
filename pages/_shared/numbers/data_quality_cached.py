"""The checks of a wave's data quality, kept like the other results of single responses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import TypeVar

import pandas as pd

from analysis.data_quality.duplicate_answers import DuplicateAnswers, inspect_duplicates
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import InterviewerEffects, estimate_interviewer_effects
from analysis.data_quality.missingness import Missingness, estimate_missingness
from analysis.data_quality.quality_rules import QualityRules
from analysis.data_quality.response_profile import ResponseProfile, response_profile
from analysis.data_quality.speeders import Speeders, estimate_speeders
from analysis.data_quality.straight_lines import estimate_straight_lines
from analysis.data_quality.suspect_effect import SuspectEffect, estimate_suspect_effect
from analysis.results.estimates import Thresholds
from pages._shared.numbers.cached_measurement import Frame, from_responses
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import scope, settings, store
from storage.records import Scope
from survey_schema.models import Role, SurveySchema

T = TypeVar("T")
#: The selection and the rules as a cache keeps them.
Narrow = tuple[tuple[str, str], ...]
Rules = tuple[float, ...]


def profile(chosen: Chosen) -> ResponseProfile:
    """Respondents against customers."""
    return _of_wave(_profile, chosen, wave_id=chosen.wave.wave_id)


def missing(chosen: Chosen) -> Missingness:
    """Missing answers by question and branch."""
    return _of_wave(_missing, chosen)


def lines(chosen: Chosen) -> FlaggedResponseShares:
    """Straight lines; what makes one is the setting the check of a workbook goes by."""
    return _of_wave(_lines, chosen, least=settings().check.straight_line_items)


def speed(chosen: Chosen) -> Speeders:
    """Interviews that were too fast."""
    return _of_wave(_speed, chosen)


def effects(chosen: Chosen) -> InterviewerEffects:
    """Variance between interviewers and between branches."""
    return _of_wave(_effects, chosen)


def duplicates(chosen: Chosen) -> DuplicateAnswers:
    """Identical responses."""
    return _of_wave(_duplicates, chosen, least=settings().check.straight_line_items)


def suspects(chosen: Chosen) -> SuspectEffect | None:
    """The index with and without straight lines, speeders and copies."""
    return _of_wave(_suspects, chosen, least=settings().check.straight_line_items)


def _of_wave(compute: Callable[..., T], chosen: Chosen, **asked: object) -> T:
    """Whole waves: groups are judged beside each other, and branches are what is set side by side, whichever is chosen."""
    narrow = tuple(sorted(without(chosen.where, str(Role.BRANCH)).items()))
    rules = astuple(settings().quality)
    return from_responses(compute, chosen, where={}, labels=(), narrow=narrow, rules=rules, **asked)


def _profile(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules, wave_id: str) -> ResponseProfile:
    table = store().population(wave_id)
    population = None if table is None else customers_seen(table.to_pandas(), scope())
    return response_profile(frame, schema, population, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def customers_seen(population: pd.DataFrame, seen: Scope) -> pd.DataFrame:
    """The customers of the rows a user may see: responses of others are not there to be set against theirs."""
    for name, values in seen.allowed.items():
        population = population[population[name].isin(sorted(values))]
    return population


def _missing(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules) -> Missingness:
    return estimate_missingness(frame, schema, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _lines(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules, least: int) -> FlaggedResponseShares:
    return estimate_straight_lines(frame, schema, least=least, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _speed(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules) -> Speeders:
    return estimate_speeders(frame, schema, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _effects(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules) -> InterviewerEffects:
    return estimate_interviewer_effects(frame, schema, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _duplicates(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules, least: int) -> DuplicateAnswers:
    return inspect_duplicates(frame, schema, straight_line_least=least, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _suspects(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, rules: Rules, least: int) -> SuspectEffect | None:
    return estimate_suspect_effect(frame, schema, straight_line_least=least, where=dict(narrow), thresholds=thresholds, rules=_rules(rules))


def _rules(values: Rules) -> QualityRules:
    return QualityRules(*values)  # type: ignore[arg-type]  # the field of each value is its place
