"""The interval of one share."""

from __future__ import annotations

from scipy import stats

#: A variance below this part of that of n_eff answers drawn at random, and a share this near to 0 or 1, is what rounding leaves of nothing.
_NOTHING = 1e-10


def wilson_interval(share: float, se: float | None, n: int, n_eff: float, df: float, confidence: float) -> tuple[float, float]:
    """Wilson's interval on the effective base p(1 − p)/se², or on ``n_eff`` (Kish's) where the answers have no variance.

    ``n`` answers, ``df`` degrees of freedom (sampling units less strata), both positive. No variance is a share of 0 or 1, or strata and
    clusters within which everybody says the same: an interval without width would claim that the next sample must say so too. With few
    sampling units the standard error itself is uncertain, so the effective base is made smaller by (t(n − 1)/t(df))², which is 1 for
    respondents drawn one by one.

    Source: Korn and Graubard (1998), *Survey Methodology* 24; R ``svyciprop(method = "beta")`` takes the same base.
    """
    from statsmodels.stats.proportion import proportion_confint  # takes longer to import than any answer without shares

    spread = share * (1 - share)
    varies = se is not None and spread > _NOTHING and se**2 > _NOTHING * spread / n_eff
    base = spread / se**2 if se is not None and varies else n_eff
    level = (1 + confidence) / 2
    base *= min((stats.t.ppf(level, max(n - 1, 1)) / stats.t.ppf(level, df)) ** 2, 1.0)
    low, high = proportion_confint(share * base, base, alpha=1 - confidence, method="wilson")
    return float(low), float(high)
