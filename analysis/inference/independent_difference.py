"""The difference of two independent estimates, such as of two samples, of a sample and a known number, of two waves.

var = se₁² + se₂², t with Welch's degrees of freedom (Welch 1947; Satterthwaite 1946); a number that is known (``se`` 0) adds nothing to
either. Not for two domains of one sample, which keep a covariance: :mod:`analysis.inference.linearise`.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.inference.figures import two_sided_p
from analysis.results.estimates import Estimate, Thresholds


def independent_difference(one: Estimate, other: Estimate, plain: Estimate, thresholds: Thresholds) -> Estimate:
    """``plain`` with one − other, its interval and two-sided p; both have a value.

    A side without standard error leaves the value alone, and so do two known numbers.
    """
    value = (one.value or 0.0) - (other.value or 0.0)
    if one.se is None or other.se is None or not (one.df or other.df):
        return plain._replace(value=value)
    variances = [one.se**2, other.se**2]
    parts = [(v, side.df) for v, side in zip(variances, (one, other), strict=True) if v > 0 and side.df]
    df = float(sum(v for v, _ in parts) ** 2 / sum(v**2 / d for v, d in parts)) if parts else max(one.df or 0.0, other.df or 0.0)
    se = float(np.sqrt(sum(variances)))
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, df)) * se
    return plain._replace(value=value, se=se, low=value - half, high=value + half, df=df, p=two_sided_p(value, se, df))
