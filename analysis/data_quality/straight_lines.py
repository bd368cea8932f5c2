"""Straight-lining: responses with the same grade everywhere, in all, by branch and by interviewer.

What counts as a straight line is defined in ``survey_schema.straight_lines`` and is what the check of a workbook points out: at least
``least`` answers to questions of the most used scale, all the same grade. Responses with fewer answers cannot be judged and are not
part of the base. A straight line may be meant: only a share that differs between interviewers tells about the interviews.
Source: Herzog and Bachman (1981); Leiner (2019), Survey Research Methods 13(3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from analysis.data_quality.flagged_response_shares import (
    BASE,
    MARKED,
    FlaggedResponseShares,
    flagged_response_shares,
    quality_provenance,
    questions_compared,
)
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.across_columns import largest, smallest
from survey_schema.models import SurveySchema
from survey_schema.straight_lines import straight_line_items
from words.language import message

CODE = "straight_lines"
METHOD = message(
    "Share of responses with the same grade on every question of the most used scale, among those with enough answers; Wilson interval; "
    "each group against all others by chi square (Fisher's exact test for small counts). Every response counts once."
)


@fails_alone(lambda: FlaggedResponseShares(CODE, None, {}, Provenance(METHOD)))
def estimate_straight_lines(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    least: int,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> FlaggedResponseShares:
    """The share of straight lines; ``least`` is the number of equal answers that make one. ``frame`` holds one wave, unfiltered."""
    items = straight_line_items(schema, asked_items(frame, schema))
    how = quality_provenance(METHOD, thresholds, straight_line_items_fact(least), questions_compared(len(items)))
    if len(items) < least:
        reason = message(
            "Straight lines can be told from {least} questions of one scale on; these responses have {count}.",
            least=least,
            count=len(items),
        )
        return FlaggedResponseShares(CODE, None, {}, how, reason)
    enough, flat = flat_expressions(items, least)
    total, groups = flagged_response_shares(frame, schema, {MARKED: flat, BASE: enough}, CODE, where or {}, thresholds, rules)
    return FlaggedResponseShares(CODE, total, groups, how)


def straight_line_items_fact(least: int) -> Fact:
    """How many equal answers make a straight line."""
    return Fact("straight_line_items", least, message("Straight line: questions at least"))


def flat_expressions(items: Sequence[str], least: int) -> tuple[nw.Expr, nw.Expr]:
    """Whether a response has enough answers to be judged, and whether it is a straight line; both never null."""
    answers = nw.sum_horizontal(*((~nw.col(code).is_null()).cast(nw.Int64) for code in items))
    low, high = smallest(*map(nw.col, items)), largest(*map(nw.col, items))
    enough = answers >= least
    return enough, (enough & (low == high)).fill_null(False)


def asked_items(frame: nw.LazyFrame[Any], schema: SurveySchema) -> list[str]:
    """Items that at least one response answers, in schema order: a question a wave did not ask is no missing answer."""
    present = set(frame.collect_schema().names())
    items = [item.code for item in schema.items if item.code in present]
    if not items:
        return []
    counts = frame.select(*(nw.col(code).count() for code in items)).collect("pandas").to_native()
    return [code for code in items if counts[code].iloc[0] > 0]
