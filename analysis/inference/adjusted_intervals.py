"""Intervals of a family of differences that say what the adjusted p values say.

A family of m differences of which R are certain by their adjusted p. All its intervals have the confidence 1 − α*, with

    α* = max(R, 1) α / m                          Benjamini-Hochberg
    α* = min(max(R, 1) α / m, α / (m − R))        Holm (the last term only where R < m)

so that an interval leaves out zero exactly where the difference is certain: Benjamini and Hochberg call certain what has p ≤ Rα/m; Holm
what has p ≤ α/(m − R + 1), never more than Rα/m, and stops at a p above α/(m − R). Of the intervals of the differences called certain at
most the share α is expected to miss the true difference (false coverage rate, Benjamini and Yekutieli 2005, *J. Am. Stat. Assoc.*
100:71-81, for tests that are independent or positively dependent); where none is certain they are Bonferroni's and hold all together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.results.estimates import Estimate
from analysis.results.provenance import Adjustment

Interval = tuple[float | None, float | None]
_NO_INTERVAL: Interval = (None, None)


def adjusted_alpha(certain: int, many: int, adjustment: Adjustment, alpha: float) -> float:
    """α* of a family of ``many`` differences of which ``certain`` are so by their adjusted p.

    >>> [round(adjusted_alpha(certain, 10, "holm", 0.05), 4) for certain in (0, 2, 5, 10)]
    [0.005, 0.0063, 0.01, 0.05]
    """
    level = max(certain, 1) * alpha / many
    return min(level, alpha / (many - certain)) if adjustment == "holm" and certain < many else level


def adjusted_intervals(family: Sequence[Estimate], adjustment: Adjustment, alpha: float) -> list[Interval]:
    """The ends of each difference, value ± t se at its degrees of freedom; all have ``p`` and ``p_adjusted``.

    None where the p is not that of value and standard error, as of an exact or a chi-square test: its interval is of another make.
    """
    level = adjusted_alpha(sum((e.p_adjusted or 0.0) < alpha for e in family), len(family), adjustment, alpha)
    value, se, df, p = np.array([[np.nan if part is None else part for part in (e.value, e.se, e.df, e.p)] for e in family], dtype=float).T
    df = np.maximum(df, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.isclose(p, 2 * stats.t.sf(np.abs(value) / se, df), rtol=1e-6, atol=1e-12) & (se > 0)
    different, alike = np.unique(np.where(own, df, 1), return_inverse=True)
    half = stats.t.ppf(1 - level / 2, different)[alike] * se
    ends = zip(own.tolist(), (value - half).tolist(), (value + half).tolist(), strict=True)
    return [(low, high) if there else _NO_INTERVAL for there, low, high in ends]
