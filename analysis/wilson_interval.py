"""The interval of one share."""

from __future__ import annotations

from statsmodels.stats.proportion import proportion_confint


def wilson_interval(share: float, se: float | None, n_eff: float, confidence: float) -> tuple[float, float]:
    """Wilson's interval on the effective base p(1 − p)/se², or on ``n_eff`` (Kish's) where the share is 0 or 1.

    Source: Korn and Graubard (1998), *Survey Methodology* 24.
    """
    base = share * (1 - share) / se**2 if se and 0 < share < 1 else n_eff
    low, high = proportion_confint(share * base, base, alpha=1 - confidence, method="wilson")
    return float(low), float(high)
