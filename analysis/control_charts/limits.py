"""Centre line and spread of one phase, and whether they are fixed or move with every new point.

p: p̄ = Σ n p / Σ n and σ_i = √(p̄(1 − p̄)/n_i). u: ū = Σ counts / Σ bases and σ_i = √(ū/n_i). The Laney charts p′ and u′ widen (or narrow)
σ_i by σ_z, the mean moving range of z_i = (p_i − p̄)/σ_i over d₂: what points differ by beyond their samples (Laney 2002, *Quality
Engineering* 14:531-537); σ_z = 1 gives the p and u chart. i: x̄ and σ = mean moving range / d₂. Moving ranges are of neighbours only,
never across a missing point. n is the effective base of weighted rates. Checked against Montgomery's tables, the NIST handbook and pccpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.constants import D2
from words.language import Message, message

Array = npt.NDArray[np.float64]
ChartKind = Literal["p", "p_prime", "u", "u_prime", "i"]
KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
#: Typical base of a point above which sampling alone explains too little of what points differ by, so that the Laney chart is the default.
LANEY_ABOVE = 1_000
#: Fewer points with a figure give no limits; fewer than the second number give provisional ones.
FEWEST, SETTLED = 3, 20


@dataclass(frozen=True)
class PhaseLimits:
    """What the limits of a phase are made of; keep it to judge later points by the same limits.

    ``centre`` in the unit of the chart; ``spread`` is σ_z of a Laney chart, σ of individuals, 1 of p and u charts; ``mean_range`` the mean
    moving range of individuals. Made from ``points`` points from ``first`` to ``last``.
    """

    kind: ChartKind
    per: float
    centre: float
    spread: float
    mean_range: float | None
    first: str
    last: str
    points: int


def default_kind(points: Sequence[ChartPoint], measure: Literal["share", "rate", "value"]) -> ChartKind:
    """The chart of a share, of counts per base, or of a measured value: Laney's where the typical (median) base is above 1,000."""
    if measure == "value":
        return "i"
    bases = [point.base for point in points if point.value is not None]
    large = bool(bases) and float(np.median(bases)) > LANEY_ABOVE
    if measure == "share":
        return "p_prime" if large else "p"
    return "u_prime" if large else "u"


def limits_from(points: Sequence[ChartPoint], kind: ChartKind, per: float) -> PhaseLimits | Message:
    """The limits these points give, in time order; or why they give none."""
    there = [point for point in points if point.value is not None]
    if len(there) < FEWEST:
        return message("{points} points with a figure; control limits need at least {needed}.", points=len(there), needed=FEWEST)
    values, bases = arrays(points)
    known = ~np.isnan(values)
    weights = np.ones(known.sum()) if kind == "i" else bases[known]
    centre = float(np.average(values[known], weights=weights))
    spread, mean_range = 1.0, None
    if kind == "i" or kind.endswith("_prime"):
        distance = values if kind == "i" else (values - centre) / _unit_sigma(kind, per, centre, bases)
        ranges = moving_ranges(distance)
        if np.isnan(ranges).all():
            return message("No two neighbouring points have a figure; their moving range gives the limits.")
        mean = float(np.nanmean(ranges))
        spread, mean_range = mean / D2, mean if kind == "i" else None
    limits = PhaseLimits(kind, per, centre, spread, mean_range, there[0].period, there[-1].period, len(there))
    sigma = point_sigma(limits, bases[known])
    if not (np.isfinite(sigma).all() and (sigma > 1e-12 * max(abs(centre), 1e-12)).all()):
        return message("All points are equal; there is no spread to judge by.")
    return limits


def point_sigma(limits: PhaseLimits, bases: Array) -> Array:
    """Standard deviation of each point around the centre line, in the unit of the chart."""
    return _unit_sigma(limits.kind, limits.per, limits.centre, bases) * limits.spread


def moving_ranges(values: Array) -> Array:
    """Distance of each value to the one before; NaN for the first and beside a missing one."""
    return np.concatenate([[np.nan], np.abs(np.diff(values))]) if len(values) else values


def arrays(points: Sequence[ChartPoint]) -> tuple[Array, Array]:
    """Values and bases, NaN where a point has none."""
    values = np.array([np.nan if point.value is None else point.value for point in points], dtype=np.float64)
    bases = np.array([np.nan if point.value is None else point.base for point in points], dtype=np.float64)
    return values, bases


def _unit_sigma(kind: ChartKind, per: float, centre: float, bases: Array) -> Array:
    if kind == "i":
        return np.ones_like(bases)
    spread = centre * (per - centre) if kind in ("p", "p_prime") else centre * per
    with np.errstate(divide="ignore", invalid="ignore"):  # a centre of 0 or 100 % has no spread, which is refused
        sigma: Array = np.sqrt(max(spread, 0.0) / bases)
    return sigma
