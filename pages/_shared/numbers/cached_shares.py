"""Shares of answers and net promoter scores on the pages: of a wave, over the waves, and branch by branch."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.compare.compare_groups import league
from analysis.compare.compare_waves import METHOD, compare_waves
from analysis.index.estimate_index import estimate_index
from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Result, Thresholds
from analysis.sums.share_tallies import share_tallies
from analysis.sums.tallies import Tallies
from pages._shared.numbers.cached_results import result
from pages._shared.numbers.wave_numbers import joined, steps_so_far, waves_so_far, without
from pages._shared.selection.choices import Chosen
from survey_schema.answer_shares import Share, shares_of
from survey_schema.columns import Role
from survey_schema.models import SurveySchema


def shares_with(schema: SurveySchema, code: str) -> tuple[Share, ...]:
    """The shares a question has; none for an indicator above the questions."""
    return shares_of(schema, code) if any(item.code == code for item in schema.items) else ()


def share_over_time(chosen: Chosen, code: str, share: Share) -> tuple[Result, Result]:
    """A question's share in every wave up to the chosen one, in points, and its change from wave to wave, empty where there is none."""
    waves = waves_so_far(chosen)
    points: Result = result(_over_time, waves, chosen.schema_hash, where=chosen.where, code=code, share=share)
    steps = [
        result(_change, [before, now], chosen.schema_hash, where=chosen.where, now=now.label, before=before.label, code=code, share=share)
        for before, now in steps_so_far(chosen)
    ]
    return points, joined(steps, METHOD)


def share_league(chosen: Chosen, code: str, share: Share) -> Result:
    """The branches by a question's share, in points."""
    where = without(chosen.where, Role.BRANCH)
    return result(_league, [chosen.wave], chosen.schema_hash, groups=[Role.BRANCH], where=where, code=code, share=share)


def _over_time(
    tallies: Tallies, schema: SurveySchema, *, where: Mapping[str, str], thresholds: Thresholds, code: str, share: Share
) -> Result:
    found = estimate_index(share_tallies(tallies, share), schema, by=("wave",), where=where, codes=[code], thresholds=thresholds)
    return with_share_intervals(found, share, thresholds)


def _change(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    where: Mapping[str, str],
    thresholds: Thresholds,
    now: str,
    before: str,
    code: str,
    share: Share,
) -> Result:
    made = share_tallies(tallies, share)
    return compare_waves(made, schema, now, before, where=where, codes=[code], thresholds=thresholds).differences


def _league(tallies: Tallies, schema: SurveySchema, *, where: Mapping[str, str], thresholds: Thresholds, code: str, share: Share) -> Result:
    found = league(share_tallies(tallies, share), schema, where=where, code=code, thresholds=thresholds)
    return with_share_intervals(found, share, thresholds)
