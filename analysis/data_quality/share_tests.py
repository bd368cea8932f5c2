"""Shares of marked responses by group, each tested against all the other groups.

A mark is a straight line, a speeder, an identical copy, a missing answer: one of the sums of
:class:`analysis.disclosure.protected_counts.GroupCount`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.disclosure.protected_counts import GroupCount
from analysis.inference.adjusted_tests import with_verdicts
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.reasons import suppression_reason

#: Fewer expected than this in a cell of two by two, and the test is Fisher's exact one (Cochran 1954).
_FEWEST_EXPECTED = 5


def share_of(group: GroupCount, code: str, marked: str, base: str, thresholds: Thresholds) -> Estimate:
    """The share of marked responses in a group, with its Wilson interval; ``marked`` and ``base`` are the sums it is made of."""
    n = round(group.sums[base])
    estimate = Estimate(group.keys, code, None, n=n, n_eff=group.n_eff, marked=group.n_eff < thresholds.marked_below, reason=group.reason)
    if group.reason is not None:
        return estimate
    if n < thresholds.hidden_below:  # few of a large group are part of the base, such as interviews whose length is known
        return estimate._replace(reason=suppression_reason(float(n), thresholds))
    count = round(group.sums[marked])
    low, high = proportion_confint(count, n, alpha=1 - thresholds.confidence, method="wilson")
    # the formula leaves a trace of rounding where nobody or everybody is marked
    return estimate._replace(value=count / n, low=float(low) if count else 0.0, high=float(high) if count < n else 1.0)


def against_rest(
    shares: Sequence[Estimate], groups: Sequence[GroupCount], marked: str, base: str, thresholds: Thresholds
) -> list[Estimate]:
    """The shares with the p of each group against all other groups; hidden ones are not tested, and not in anybody's rest.

    Pearson's chi square of two shares, Fisher's exact test where fewer than five are expected in a cell.
    """
    shown = [group for estimate, group in zip(shares, groups, strict=True) if estimate.value is not None]
    total, hits = sum(g.sums[base] for g in shown), sum(g.sums[marked] for g in shown)
    tested = []
    for estimate, group in zip(shares, groups, strict=True):
        n, count = group.sums[base], group.sums[marked]
        p = two_shares(count, n, hits - count, total - n) if estimate.value is not None and len(shown) > 1 else None
        tested.append(estimate._replace(p=p))
    return tested


def judged_shares(
    shares: Sequence[Estimate], thresholds: Thresholds, smallest: float, rest: Sequence[float | None] | None = None
) -> list[Estimate]:
    """One family of shares with p: adjusted by Benjamini and Hochberg, and the verdict against ``rest`` (the share of the others)."""
    others = rest or [None] * len(shares)
    gaps = [e._replace(value=None if e.value is None or r is None else e.value - r) for e, r in zip(shares, others, strict=True)]
    judged = with_verdicts(gaps, "fdr_bh", thresholds, smallest)
    return [e._replace(p_adjusted=j.p_adjusted, verdict=j.verdict) for e, j in zip(shares, judged, strict=True)]


def rest_shares(groups: Sequence[GroupCount], marked: str, base: str) -> list[float | None]:
    """The share of marked responses among all other groups that are shown; None without any."""
    shown = [group for group in groups if group.reason is None]
    total, hits = sum(g.sums[base] for g in shown), sum(g.sums[marked] for g in shown)
    rest = [(hits - g.sums[marked], total - g.sums[base]) for g in groups]
    return [count / n if group.reason is None and n > 0 else None for group, (count, n) in zip(groups, rest, strict=True)]


def compared_shares(
    groups: Sequence[GroupCount], code: str, marked: str, base: str, thresholds: Thresholds, smallest: float
) -> list[Estimate]:
    """Shares of marked responses, each tested against all other groups in one family."""
    shares = [share_of(group, code, marked, base, thresholds) for group in groups]
    tested = against_rest(shares, groups, marked, base, thresholds)
    return judged_shares(tested, thresholds, smallest, rest_shares(groups, marked, base))


def two_shares(count: float, n: float, other_count: float, other_n: float) -> float | None:
    """p of two independent shares being the same; None where one side is empty or there is nothing to tell apart."""
    if n <= 0 or other_n <= 0:
        return None
    table = np.array([[count, n - count], [other_count, other_n - other_count]])
    margins = table.sum(axis=0)
    if (margins == 0).any():
        return 1.0
    expected = np.outer(table.sum(axis=1), margins) / table.sum()
    if expected.min() < _FEWEST_EXPECTED:
        return float(stats.fisher_exact(np.rint(table).astype(np.int64)).pvalue)
    return float(stats.chi2.sf(((table - expected) ** 2 / expected).sum(), 1))
