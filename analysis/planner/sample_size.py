"""How many responses a wanted precision needs: half-widths and detectable differences of means, in both directions.

With V the variance of one response as the design delivers it (n times the variance of the estimate, so weights, strata and
clusters are in it), a mean of n responses has the variance V/n, and V/n·(1 − n/N) where all N of a finite population count
(Cochran 1977, *Sampling Techniques*, 2.6 and 4.4: n = n₀/(1 + n₀/N)). Differences are tested about the process behind the
population and go without the correction (Cochran 2.14). A difference δ is detectable with a power when the
noncentral t with ncp = δ/se exceeds the critical value with that probability (Cohen 1988; R ``power.t.test``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt

from scipy import special, stats

#: Beyond this many responses per group a wish counts as out of reach.
MOST = 10_000_000


@dataclass(frozen=True)
class Design:
    """What one group's responses are worth: ``variance`` V of one response (points²), and how degrees of freedom follow from n.

    ``units_per_response`` sampling units a response brings (1 without clusters), ``strata`` those lost; df = units − strata.
    ``population`` customers of the group, None where unknown.
    """

    variance: float
    units_per_response: float = 1.0
    strata: float = 1.0
    population: float | None = None

    def freedom(self, n: float) -> float:
        """Degrees of freedom of n responses."""
        return n * self.units_per_response - self.strata

    @property
    def most(self) -> int:
        """The largest number of responses there can be."""
        return MOST if self.population is None else max(int(self.population), 2)


def half_width(design: Design, n: float, confidence: float = 0.95) -> float:
    """Half-width in points of the interval of a mean of n responses; infinite without degrees of freedom.

    >>> round(half_width(Design(400.0), 401), 3)
    1.963
    """
    df = design.freedom(n)
    if df <= 0:
        return inf
    left = 1.0 if design.population is None else max(1 - n / design.population, 0.0)
    return float(stats.t.ppf((1 + confidence) / 2, df) * sqrt(design.variance / n * left))


def standardised_difference(df: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """The noncentrality at which a two-sided t test is significant with this power (the far tail left out, as ``power.t.test`` does).

    >>> round(standardised_difference(198), 4)
    2.8153
    """
    if df <= 0:
        return inf
    return float(special.nctdtrinc(df, 1 - power, stats.t.ppf(1 - alpha / 2, df)))


def detectable_difference(se: float, df: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """The smallest true difference in points that is found significant with this power, given the standard error of its estimate."""
    found = standardised_difference(df, power, alpha)
    return inf if found == inf else found * se


def responses_for_half_width(design: Design, wanted: float, confidence: float = 0.95) -> int | None:
    """The fewest responses whose interval is no wider than ± ``wanted`` points; None beyond :data:`MOST`."""
    return _fewest(lambda n: half_width(design, n, confidence) <= wanted * (1 + 1e-9), design.most)


def responses_for_two_waves(design: Design, wanted: float, power: float = 0.8, alpha: float = 0.05) -> int | None:
    """The fewest responses in each of two equal waves that detect a change of ``wanted`` points; None where all do not suffice."""

    def enough(n: int) -> bool:
        return detectable_difference(sqrt(2 * design.variance / n), 2 * design.freedom(n), power, alpha) <= wanted * (1 + 1e-9)

    return _fewest(enough, design.most)


def responses_against(
    design: Design, wanted: float, other_variance: float, other_freedom: float, power: float = 0.8, alpha: float = 0.05
) -> int | None:
    """The fewest responses of a group that detect a difference of ``wanted`` points from another whose estimate stays as it is.

    ``other_variance`` of that estimate and ``other_freedom`` the degrees of freedom it brings. None where no number suffices.
    """

    def enough(n: int) -> bool:
        se, df = sqrt(design.variance / n + other_variance), design.freedom(n) + other_freedom
        return detectable_difference(se, df, power, alpha) <= wanted * (1 + 1e-9)

    return _fewest(enough, design.most)


def _fewest(enough: Callable[[int], bool], most: int) -> int | None:
    """The smallest n from 2 to ``most`` that is enough, given that more is never worse."""
    low, high = 1, 2
    while not enough(high):
        if high >= most:
            return None
        low, high = high, min(high * 2, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
