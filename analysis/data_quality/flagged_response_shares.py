"""The share of responses that carry a mark (a straight line, a speeder, an identical copy): in all, by branch and by interviewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.data_quality.quality_rules import QualityRules
from analysis.data_quality.share_tests import compared_shares, share_of
from analysis.disclosure.protected_counts import GroupCount, count_cells, protected_counts
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import ADJUSTMENT_NAMES, Fact, Provenance
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message

MARKED, BASE = "marked", "base"


@dataclass(frozen=True)
class FlaggedResponseShares:
    """Shares 0-1 of marked responses. ``total`` is None exactly when ``reason`` says why there is nothing to count.

    ``groups`` has the estimates of each column that groups interviews (``branch``, ``interviewer``), each with the adjusted p and the
    verdict against all other groups.
    """

    code: str
    total: Estimate | None
    groups: Mapping[str, tuple[Estimate, ...]]
    provenance: Provenance
    reason: Message | None = None

    def standing_out(self, column: str) -> list[Estimate]:
        """Groups with more marked responses than the others, beyond chance and beyond what is small; the largest first."""
        found = [e for e in self.groups.get(column, ()) if e.verdict == "higher"]
        return sorted(found, key=lambda e: -(e.value or 0.0))


def fieldwork_columns(frame: nw.LazyFrame[Any], schema: SurveySchema, where: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The columns by which interviews are grouped: branch and interviewer, where the survey and these responses have them."""
    present = set(frame.collect_schema().names())
    wanted = [str(role) for role in (Role.BRANCH, Role.INTERVIEWER) if schema.column_for(role)]
    return tuple(name for name in wanted if name in present and name not in (where or {}))


def flagged_response_shares(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    measures: Mapping[str, nw.Expr],
    code: str,
    where: Mapping[str, str],
    thresholds: Thresholds,
    rules: QualityRules,
) -> tuple[Estimate, dict[str, tuple[Estimate, ...]]]:
    """The share in all and by each fieldwork column; ``measures`` are the 0/1 expressions ``marked`` and ``base``. One engine pass."""
    columns = fieldwork_columns(frame, schema, where)
    cells = count_cells(frame, measures, [*columns, *where])
    found = {}
    for column in columns:
        groups = protected_counts(cells, [column], where, thresholds, BASE)
        if len(groups) > 1:
            found[column] = tuple(compared_shares(groups, code, MARKED, BASE, thresholds, rules.difference_share))
    whole = protected_counts(cells, [], where, thresholds, BASE)
    total = whole[0] if whole else GroupCount({}, 0, 0.0, {MARKED: 0.0, BASE: 0.0})
    return share_of(total, code, MARKED, BASE, thresholds), found


def quality_provenance(method: Message, thresholds: Thresholds, *facts: Fact) -> Provenance:
    """How a part of the data quality comes about: its groups are one family of Benjamini and Hochberg."""
    adjusted = Fact("adjustment", ADJUSTMENT_NAMES["fdr_bh"], message("Adjustment for many tests"))
    return Provenance(method, thresholds, facts=(*facts, adjusted))


def questions_compared(count: int) -> Fact:
    """How many questions were looked at."""
    return Fact("questions_compared", count, message("Questions compared"))
