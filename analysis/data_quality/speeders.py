"""Speeders: interviews much shorter than the usual one, in all, by branch and by interviewer.

The median length of the wave is the yardstick, so the unit does not matter; an interview below a set share of it is a speeder. Interviews
without a length are not part of the base. Source: Greszki, Meyer and Schoen (2015), Public Opinion Quarterly 79(2), with the shares
that are usual; Leiner (2019), Survey Research Methods 13(3), for the relative speed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.data_quality.flagged_response_shares import BASE, MARKED, FlaggedResponseShares, flagged_response_shares, quality_provenance
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.tallies import WEIGHT
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message

CODE = "speeders"
LENGTH = str(Role.DURATION)
METHOD = message(
    "Share of interviews shorter than a set share of the median length of the wave, among those whose length is known; Wilson interval; "
    "each group against all others by chi square (Fisher's exact test for small counts). Every interview counts once."
)


@dataclass(frozen=True)
class Speeders(FlaggedResponseShares):
    """Shares of speeders; ``median`` and ``limit`` in the unit of the column, ``without`` interviews whose length is not known."""

    median: float | None = None
    limit: float | None = None
    without: int = 0


@fails_alone(lambda: Speeders(CODE, None, {}, Provenance(METHOD)))
def estimate_speeders(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> Speeders:
    """The share of speeders. ``frame`` holds one wave, unfiltered; the median is that of the whole wave."""
    how = quality_provenance(METHOD, thresholds, speeder_share(rules))
    if schema.column_for(Role.DURATION) is None or LENGTH not in frame.collect_schema().names():
        return _none(how, message("This wave says nothing about how long the interviews took."))
    median, with_length, everybody = _lengths(frame)
    if median is None:
        return _none(how, message("The length of the interviews is asked for, but none is filled in."))
    limit, known = rules.speeder_share * median, nw.col(LENGTH) > 0
    fast = (known & (nw.col(LENGTH) < limit)).fill_null(False)
    total, groups = flagged_response_shares(
        frame, schema, {MARKED: fast, BASE: known.fill_null(False)}, CODE, where or {}, thresholds, rules
    )
    how = how.plus(Fact("median_length", median, message("Median length (minutes)")), Fact("shorter_than", limit))
    return Speeders(CODE, total, groups, how, None, median, limit, everybody - with_length)


def speeder_share(rules: QualityRules) -> Fact:
    """Which interviews are called too fast."""
    return Fact("speeder_share", rules.speeder_share, message("Speeder: below this share of the median length"))


def speed_limit(frame: nw.LazyFrame[Any], schema: SurveySchema, rules: QualityRules) -> float | None:
    """The length below which an interview is a speeder; None where lengths are not known."""
    if schema.column_for(Role.DURATION) is None or LENGTH not in frame.collect_schema().names():
        return None
    median = _lengths(frame)[0]
    return None if median is None else rules.speeder_share * median


def _lengths(frame: nw.LazyFrame[Any]) -> tuple[float | None, int, int]:
    """The median length of the wave, interviews with a length, and all interviews."""
    length = nw.when(nw.col(LENGTH) > 0).then(nw.col(LENGTH))
    figures = [length.median().alias("median"), length.count().alias("known"), nw.len().alias("all")]
    found = frame.filter(nw.col(WEIGHT) > 0).select(*figures).collect("pandas").to_native().iloc[0]
    return (float(found["median"]) if found["known"] else None), int(found["known"]), int(found["all"])


def _none(how: Provenance, reason: Message) -> Speeders:
    return Speeders(CODE, None, {}, how, reason)
