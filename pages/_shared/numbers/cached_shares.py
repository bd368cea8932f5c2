"""Shares of answers and net promoter scores on the pages: of a wave, over the waves, and branch by branch."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.compare.compare_groups import league
from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Result, Thresholds
from analysis.sums.share_tallies import share_tallies
from analysis.sums.tallies import Tallies
from pages._shared.numbers.cached_results import result
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from survey_schema.answer_shares import Share
from survey_schema.columns import Role
from survey_schema.models import SurveySchema


def share_league(chosen: Chosen, code: str, share: Share) -> Result:
    """The branches by a question's share, in points."""
    where = without(chosen.where, Role.BRANCH)
    return result(_league, [chosen.wave], chosen.schema_hash, groups=[Role.BRANCH], where=where, code=code, share=share)


def _league(tallies: Tallies, schema: SurveySchema, *, where: Mapping[str, str], thresholds: Thresholds, code: str, share: Share) -> Result:
    found = league(share_tallies(tallies, share), schema, where=where, code=code, thresholds=thresholds)
    return with_share_intervals(found, share, thresholds)
