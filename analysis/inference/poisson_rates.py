"""Counts of events on an exposure: exact intervals of one rate and the comparison of two.

A count that comes about as a Poisson process has the interval χ²(α/2, 2c)/2 … χ²(1 − α/2, 2c + 2)/2 (Garwood 1936, *Biometrika*
28:437-442). Of two counts c₁ and c₂ on exposures e₁ and e₂, given their sum, c₁ is binomial with probability r e₁/(r e₁ + e₂), r the
ratio of the rates: the exact interval of that probability (Clopper and Pearson) gives the one of the ratio, and the binomial test its p
(Przyborowski and Wilenski 1940). Checked against R ``poisson.test``.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats


@dataclass(frozen=True)
class RateRatio:
    """How many times the second rate the first one is, with its exact interval and two-sided p of equal rates.

    ``ratio`` is None where the second count is 0; then ``high`` is None as well, meaning without bound.
    """

    ratio: float | None
    low: float
    high: float | None
    p: float


def count_interval(count: float, confidence: float) -> tuple[float, float]:
    """Garwood's exact interval of the mean behind a count (not negative, need not be whole for weighted counts)."""
    tail = (1 - confidence) / 2
    low = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count > 0 else 0.0
    return low, float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2


def compare_rates(first: int, first_exposure: float, second: int, second_exposure: float, confidence: float) -> RateRatio:
    """The ratio of two rates; exposures (customers, months) must be positive. Without any event nothing can be told: p is 1."""
    total = first + second
    odds = second_exposure / first_exposure
    if total == 0:
        return RateRatio(None, 0.0, None, 1.0)
    p = float(stats.binomtest(first, total, first_exposure / (first_exposure + second_exposure)).pvalue)
    tail = (1 - confidence) / 2
    below = float(stats.beta.ppf(tail, first, second + 1)) if first else 0.0  # Clopper and Pearson
    low = below / (1 - below) * odds
    if not second:
        return RateRatio(None, low, None, p)
    above = float(stats.beta.ppf(1 - tail, first + 1, second))
    return RateRatio(first / second * odds, low, above / (1 - above) * odds, p)
