"""Shares of marked responses by group, each tested against all the other groups.

A mark is a straight line, a speeder, an identical copy, a missing answer: one of the sums of
:class:`analysis.disclosure.protected_counts.GroupCount`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.disclosure.protected_counts import GroupCount
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.fisher_test import fisher_p
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.tallies import Array

#: Fewer expected than this in a cell of two by two, and the test is Fisher's exact one (Cochran 1954).
_FEWEST_EXPECTED = 5


def share_of(group: GroupCount, code: str, marked: str, base: str, thresholds: Thresholds) -> Estimate:
    """The share of marked responses in a group, with its Wilson interval; ``marked`` and ``base`` are the sums it is made of."""
    return shares_of([group], code, marked, base, thresholds)[0]


def shares_of(groups: Sequence[GroupCount], code: str, marked: str, base: str, thresholds: Thresholds) -> list[Estimate]:
    """The shares of marked responses in some groups, each with its Wilson interval."""
    n = np.array([round(group.sums[base]) for group in groups], dtype=np.int64)
    count = np.array([round(group.sums[marked]) for group in groups], dtype=np.int64)
    lows, highs = proportion_confint(count, np.maximum(n, 1), alpha=1 - thresholds.confidence, method="wilson")
    found = []
    for group, marks, size, low, high in zip(groups, count.tolist(), n.tolist(), lows.tolist(), highs.tolist(), strict=True):
        reason, faint = group.reason, group.n_eff < thresholds.marked_below
        if reason is None and size < thresholds.hidden_below:  # few of a large group are the base, such as interviews whose length is known
            reason = suppression_reason(float(size), thresholds)
        estimate = Estimate(group.keys, code, None, n=size, n_eff=group.n_eff, marked=faint, reason=reason)
        if reason is None:  # the formula leaves a trace of rounding where nobody or everybody is marked
            shown = marks / size, low if marks else 0.0, high if marks < size else 1.0
            estimate = estimate._replace(value=shown[0], low=shown[1], high=shown[2])
        found.append(estimate)
    return found


def against_rest(
    shares: Sequence[Estimate], groups: Sequence[GroupCount], marked: str, base: str, thresholds: Thresholds
) -> list[Estimate]:
    """The shares with the p of each group against all other groups; hidden ones are not tested, and not in anybody's rest.

    Pearson's chi square of two shares, Fisher's exact test where fewer than five are expected in a cell.
    """
    shown = [place for place, estimate in enumerate(shares) if estimate.value is not None]
    tested = [estimate._replace(p=None) for estimate in shares]
    if len(shown) < 2:
        return tested
    n, count = (np.array([groups[place].sums[name] for place in shown]) for name in (base, marked))
    for place, p in zip(shown, two_shares(count, n, count.sum() - count, n.sum() - n).tolist(), strict=True):
        tested[place] = shares[place]._replace(p=None if math.isnan(p) else p)
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
    shares = shares_of(groups, code, marked, base, thresholds)
    tested = against_rest(shares, groups, marked, base, thresholds)
    return judged_shares(tested, thresholds, smallest, rest_shares(groups, marked, base))


def two_shares(count: Array, n: Array, other_count: Array, other_n: Array) -> Array:
    """p (T) of two independent shares being the same; NaN where one side is empty, 1 where there is nothing to tell apart."""
    table = np.stack([count, n - count, other_count, other_n - other_count], axis=-1).reshape(-1, 2, 2)
    sides, margins, everybody = table.sum(axis=2), table.sum(axis=1), table.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = sides[:, :, None] * margins[:, None, :] / everybody[:, None, None]
        p = stats.chi2.sf(((table - expected) ** 2 / expected).sum(axis=(1, 2)), 1)
    p[(margins == 0).any(axis=1)] = 1.0
    p[(sides <= 0).any(axis=1)] = np.nan
    few = np.flatnonzero(~np.isnan(p) & (margins > 0).all(axis=1) & (expected.min(axis=(1, 2)) < _FEWEST_EXPECTED))
    whole = np.rint(table[few]).astype(np.intp)
    p[few] = fisher_p(whole[:, 0, 0], whole[:, 0].sum(axis=1), whole[:, 1, 0], whole[:, 1].sum(axis=1))
    return np.asarray(p, dtype=np.float64)
