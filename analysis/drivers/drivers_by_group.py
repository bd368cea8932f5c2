"""Driver importance by branch, operator, brand, business line or wave, each share tested against the rest.

Importance is that of ``relative_importance`` within each group; the test compares a group's share with the share among
all **other** respondents, leaving the same replicate groups out of both, so a shared cluster keeps its covariance.
Bases below the hiding threshold are neither computed nor tested. Adjusted by Benjamini–Hochberg over the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from analysis.drivers.relative_importance import importance_percent
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.estimability import why_collinear, why_not_analysable, why_not_asked
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import Jackknife, NotEstimableError, jackknife, jackknife_jointly
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.raked_groups import reraked_margins
from survey_schema.models import SurveySchema
from words.language import Message, message


@dataclass(frozen=True)
class GroupImportance:
    """Shares (% of R²) of one group and their difference from the rest, or the ``reason`` why there are none."""

    keys: Mapping[str, str | None]
    n: int
    n_eff: float
    dropped: int
    shares: tuple[Estimate, ...] = ()
    against_rest: tuple[Estimate, ...] = ()
    r_squared: float | None = None
    reason: Message | None = None


@dataclass(frozen=True)
class DriversByGroup:
    """Importance by group; ``against_rest`` verdicts are higher, lower or unclear by the adjusted p.

    Groups that were not asked all drivers are not compared and in nobody's rest, which ``notes`` say.
    """

    outcome: str
    drivers: tuple[str, ...]
    groups: tuple[GroupImportance, ...]
    provenance: Provenance
    notes: tuple[Message, ...] = ()


def estimate_drivers_by_group(
    groups: Sequence[GroupMoments],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> DriversByGroup:
    """Shares of each of ``groups`` (from one ``protected_moments`` call with ``by``), each against the rest of them."""
    groups = [group.select([outcome, *drivers]) for group in groups]
    everybody = reduce(add, groups) if groups else None
    asked_less = [None if everybody is None else why_not_asked(group, everybody.answered, schema) for group in groups]
    rows = [
        GroupImportance(group.keys, group.n, group.n_eff, group.dropped, reason=reason)
        if reason
        else _one_group(group, everybody - group if everybody else group, schema, drivers, thresholds)
        for group, reason in zip(groups, asked_less, strict=True)
    ]
    apart = message("Groups that were not asked all of the questions are not compared, and are in nobody's rest.")
    return DriversByGroup(
        outcome,
        tuple(drivers),
        tuple(_decided(rows, thresholds)),
        Provenance(
            message("Importance within each group against the rest; intervals by delete-a-group jackknife, Benjamini–Hochberg"),
            thresholds,
            "fdr_bh",
            reraked_margins=reraked_margins(everybody.margins if everybody else None),
            facts=(Fact("outcome", outcome), Fact("drivers", tuple(drivers)), LISTWISE),
        ),
        (apart,) if any(asked_less) else (),
    )


def shares_of(batch: CrossMoments) -> Array:
    """Percentages of R² by driver, shape (batch, p)."""
    return importance_percent(batch.correlation)


def _one_group(
    group: GroupMoments, rest: GroupMoments, schema: SurveySchema, drivers: Sequence[str], thresholds: Thresholds
) -> GroupImportance:
    empty = GroupImportance(group.keys, group.n, group.n_eff, group.dropped)
    return part_or_reason(empty, lambda: _shared_out(empty, group, rest, schema, drivers, thresholds))


def _shared_out(
    empty: GroupImportance,
    group: GroupMoments,
    rest: GroupMoments,
    schema: SurveySchema,
    drivers: Sequence[str],
    thresholds: Thresholds,
) -> GroupImportance:
    reason = why_not_analysable(group, schema, minimum=len(drivers) + 2) or why_collinear(group, schema, drivers)
    if reason:
        return replace(empty, reason=reason)
    shares = jackknife(group, shares_of, batched=True)
    correlation = group.total.correlation
    r_squared = float(correlation[0, 1:] @ np.linalg.solve(correlation[1:, 1:], correlation[1:, 0]))
    found = shares.estimates(drivers, group, thresholds)
    return replace(empty, shares=found, against_rest=_against(group, rest, schema, drivers, thresholds), r_squared=r_squared)


def _against(
    group: GroupMoments, rest: GroupMoments, schema: SurveySchema, drivers: Sequence[str], thresholds: Thresholds
) -> tuple[Estimate, ...]:
    if rest.n_eff < thresholds.hidden_below or why_not_analysable(rest, schema, minimum=len(drivers) + 2):
        return ()
    try:
        difference: Jackknife = jackknife_jointly([group, rest], lambda both: shares_of(both[0]) - shares_of(both[1]), batched=True)
    except NotEstimableError:
        return ()
    return difference.estimates(drivers, group, thresholds)


def _decided(rows: Sequence[GroupImportance], thresholds: Thresholds) -> list[GroupImportance]:
    judged = iter(with_verdicts([e for row in rows for e in row.against_rest], "fdr_bh", thresholds))
    return [replace(row, against_rest=tuple(next(judged) for _ in row.against_rest)) for row in rows]
