"""Missing answers by question and branch: where interviews leave questions open, and which branches differ from the others.

A question nobody answered was not asked in this wave and is named apart. Every response counts once, whatever its weight; missing
means no answer, don't know and refused alike, as the check of the workbook read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.data_quality.flagged_response_shares import BASE, quality_provenance
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.data_quality.share_tests import against_rest, judged_shares, rest_shares, share_of, shares_of
from analysis.data_quality.straight_lines import asked_items
from analysis.disclosure.protected_counts import GroupCount, count_cells, protected_counts
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Share of responses without an answer to the question; Wilson interval; each branch against all others by chi square (Fisher's exact "
    "test for small counts), Benjamini–Hochberg over all questions and branches. Every response counts once."
)
#: The code of the share over all questions.
EVERY = "all_items"


@dataclass(frozen=True)
class Missingness:
    """Shares 0-1 of missing answers. ``items`` in all, ``overall`` over all questions together, ``cells`` by branch and question.

    ``not_asked`` are items of the survey that no response of the wave answers. ``open_share``: what stands out is a concern from it on.
    """

    overall: Estimate | None
    items: tuple[Estimate, ...]
    cells: tuple[Estimate, ...]
    not_asked: tuple[str, ...]
    provenance: Provenance
    reason: Message | None = None
    open_share: float = DEFAULT_QUALITY.open_share

    def of_concern(self) -> list[Estimate]:
        """Those standing out that leave so much open that the question can hardly be used there."""
        return [e for e in self.standing_out() if (e.value or 0.0) >= self.open_share]

    def standing_out(self) -> list[Estimate]:
        """Cells with more missing answers than the other branches, beyond chance and beyond what is small; the largest first."""
        return sorted((e for e in self.cells if e.verdict == "higher"), key=lambda e: -(e.value or 0.0))


@fails_alone(lambda: Missingness(None, (), (), (), Provenance(METHOD)))
def estimate_missingness(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> Missingness:
    """Shares of missing answers of every item asked, in all and by branch. ``frame`` holds one wave, unfiltered. One engine pass."""
    narrowed, branch = where or {}, str(Role.BRANCH)
    asked = asked_items(frame, schema)
    smallest = Fact("difference_share", rules.difference_share, message("Smallest share called a difference"))
    concern = Fact("open_share", rules.open_share, message("More answers left open than elsewhere are a concern from this share on"))
    how = quality_provenance(METHOD, thresholds, smallest, concern)
    not_asked = tuple(item.code for item in schema.items if item.code not in asked)
    by_branch = [branch] if schema.column_for(Role.BRANCH) and branch not in narrowed else []
    measures = {code: nw.col(code).is_null() for code in asked} | {BASE: nw.lit(1)}
    whole: list[GroupCount] = []
    if asked:
        cells = count_cells(frame, measures, [*by_branch, *narrowed])
        whole = protected_counts(cells, [], narrowed, thresholds)
    if not whole or not whole[0].n:
        return Missingness(None, (), (), not_asked, how, message("There are no answers in this selection."))
    items = tuple(share_of(whole[0], code, code, BASE, thresholds) for code in asked)
    groups = protected_counts(cells, by_branch, narrowed, thresholds) if by_branch else []
    told = tuple(_cells(groups, asked, thresholds, rules))
    return Missingness(_overall(whole[0], asked, thresholds), items, told, not_asked, how, open_share=rules.open_share)


def _overall(group: GroupCount, asked: list[str], thresholds: Thresholds) -> Estimate:
    """The share over all questions together; answers of one respondent hang together, so it has no interval."""
    share = sum(group.sums[code] for code in asked) / (group.n * len(asked))
    value = share if group.reason is None else None
    return Estimate({}, EVERY, value, n=group.n, n_eff=group.n_eff, marked=group.n_eff < thresholds.marked_below, reason=group.reason)


def _cells(groups: list[GroupCount], asked: list[str], thresholds: Thresholds, rules: QualityRules) -> list[Estimate]:
    if len(groups) < 2:
        return []
    tested: list[Estimate] = []
    others: list[float | None] = []
    for code in asked:
        shares = shares_of(groups, code, code, BASE, thresholds)
        tested += against_rest(shares, groups, code, BASE, thresholds)
        others += rest_shares(groups, code, BASE)
    return judged_shares(tested, thresholds, rules.difference_share, others)
