"""The interval of one share."""

from __future__ import annotations

from scipy import stats
from statsmodels.stats.proportion import proportion_confint


def wilson_interval(share: float, se: float | None, n: int, n_eff: float, df: float, confidence: float) -> tuple[float, float]:
    """Wilson's interval on the effective base p(1 − p)/se², or on ``n_eff`` (Kish's) where the share is 0 or 1.

    ``n`` answers, ``df`` degrees of freedom (sampling units less strata), both positive. With few sampling units the standard error itself
    is uncertain, so the effective base is made smaller by (t(n − 1)/t(df))², which is 1 for respondents drawn one by one.

    Source: Korn and Graubard (1998), *Survey Methodology* 24; R ``svyciprop(method = "beta")`` takes the same base.
    """
    base = share * (1 - share) / se**2 if se and 0 < share < 1 else n_eff
    level = (1 + confidence) / 2
    base *= min((stats.t.ppf(level, max(n - 1, 1)) / stats.t.ppf(level, df)) ** 2, 1.0)
    low, high = proportion_confint(share * base, base, alpha=1 - confidence, method="wilson")
    return float(low), float(high)
