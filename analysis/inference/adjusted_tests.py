"""Families of tests: adjusted p values, and the verdict that follows from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.inference.adjusted_intervals import adjusted_intervals
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Adjustment
from analysis.sums.tallies import Array


def with_verdicts(differences: Sequence[Estimate], adjustment: Adjustment, thresholds: Thresholds, smallest: float = 0.0) -> list[Estimate]:
    """One family of tested differences with ``p_adjusted``, ``verdict`` and the interval that says the same, ``low_adjusted`` and so on.

    The adjusted p decides: ``higher`` or ``lower``; ``small`` where a difference is certain and less than ``smallest`` points; ``unclear``
    where it cannot be told from chance. Differences without a p (hidden, or no variance to be had) are not part of the family.
    """
    tested = [index for index, entry in enumerate(differences) if entry.p is not None]
    judged = list(differences)
    if not tested:
        return judged
    p_values = np.array([differences[index].p for index in tested], dtype=np.float64)
    for index, p in zip(tested, adjusted_p(p_values, adjustment), strict=True):
        judged[index] = judged[index]._replace(
            p_adjusted=float(p), verdict=_verdict(differences[index].value or 0.0, p, thresholds, smallest)
        )
    intervals = adjusted_intervals([judged[index] for index in tested], adjustment, thresholds.alpha)
    for index, (low, high) in zip(tested, intervals, strict=True):
        judged[index] = judged[index]._replace(low_adjusted=low, high_adjusted=high)
    return judged


def _verdict(value: float, p: float, thresholds: Thresholds, smallest: float) -> str:
    if p >= thresholds.alpha:
        return "unclear"
    if abs(value) < smallest:
        return "small"
    return "higher" if value > 0 else "lower"


def adjusted_p(p_values: Array, adjustment: Adjustment) -> Array:
    """The p values of one family adjusted: Holm, or Benjamini and Hochberg's false discovery rate."""
    return holm(p_values) if adjustment == "holm" else np.asarray(stats.false_discovery_control(p_values, method="bh"))


def holm(p_values: Array) -> Array:
    """Holm-adjusted p values (Holm 1979, *Scand. J. Stat.* 6:65-70): the k-th smallest of m times m − k + 1, made monotone, at most 1.

    Written out because the one of statsmodels collects the garbage of the whole process at every call, 80 ms in a running application.
    """
    order = np.argsort(p_values, kind="stable")
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1)), 1)
    return adjusted
