"""A control chart over time: phases with limits of their own, each point with the rules it breaks.

Limits of a phase come from its baseline: its points up to ``baseline_last``, or all of them while it is not given (trial limits, which move
with every point and say so). Limits once kept are used as they are; what the same points would give today stands beside them, so
that a correction of old data is seen and never moves a limit silently. Patterns and moving ranges do not cross phases.
Source: GB/T 17989.2-2020 (ISO 7870-2); Montgomery, *Introduction to Statistical Quality Control*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.constants import D4, WIDTH
from analysis.control_charts.limits import KINDS, ChartKind, PhaseLimits, arrays, moving_ranges, point_sigma
from analysis.control_charts.phases import Phase, PhaseResult, phase_places, phase_result
from analysis.control_charts.rules import ALL_RULES, LENGTH, RULES, Flags, broken_rules, false_alarm_share
from words.errors import ManyiError
from words.language import Message, message

METHODS: dict[ChartKind, Message] = {
    "p": message("p chart: limits at three standard deviations of a share on its own (effective) base."),
    "p_prime": message(
        "Laney p′ chart: limits at three standard deviations of a share, times σz, how much more neighbouring points differ "
        "than their bases explain."
    ),
    "u": message("u chart: limits at three standard deviations of a Poisson rate on its own base."),
    "u_prime": message(
        "Laney u′ chart: limits at three standard deviations of a Poisson rate, times σz, how much more neighbouring points differ "
        "than their bases explain."
    ),
    "i": message("Chart of individuals and moving ranges: limits at three standard deviations from the mean moving range."),
}
#: A count expected below this makes limits by the normal law rough.
SMALL_COUNT = 5.0


@dataclass(frozen=True)
class PlottedPoint:
    """One period on the chart.

    ``z`` is the distance from the centre line in the point's own σ; ``rules`` are those it completes; ``small_base`` where fewer than five
    cases are expected, so that limits are rough; ``moving_range`` and its upper limit on charts of individuals.
    """

    point: ChartPoint
    phase: int
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    sigma: float | None = None
    z: float | None = None
    rules: tuple[int, ...] = ()
    small_base: bool = False
    moving_range: float | None = None
    moving_range_high: float | None = None

    @property
    def range_outside(self) -> bool:
        """Whether the moving range lies above its limit (the only rule that range charts are judged by)."""
        return self.moving_range is not None and self.moving_range_high is not None and self.moving_range > self.moving_range_high


@dataclass(frozen=True)
class Signal:
    """A rule broken at a point, with the places of all points of the pattern, the completing one last."""

    rule: int
    name: Message
    places: tuple[int, ...]


@dataclass(frozen=True)
class ControlChart:
    """The whole chart in time order. ``expected_false_alarms``: how many broken rules chance alone would give on as many quiet points."""

    kind: ChartKind
    per: float
    phases: tuple[PhaseResult, ...]
    points: tuple[PlottedPoint, ...]
    signals: tuple[Signal, ...]
    rules: tuple[int, ...]
    expected_false_alarms: float
    method: Message


def control_chart(
    points: Sequence[ChartPoint],
    kind: ChartKind,
    *,
    per: float = 1.0,
    phases: Sequence[Phase] = (),
    rules: tuple[int, ...] = ALL_RULES,
) -> ControlChart:
    """The chart of points in time order, values in units of ``per`` (1 or 100 for shares, 10,000 for a rate per ten thousand).

    Without ``phases`` all points are one. Raises ManyiError for an unknown kind or rule, a period twice, and phases that do not fit
    (``phase_places``).
    """
    if kind not in KINDS:
        raise ManyiError(message("There is no control chart {kind}; known are {known}.", kind=kind, known=", ".join(KINDS)))
    if unknown := [rule for rule in rules if rule not in RULES]:
        raise ManyiError(message("There is no rule {rule}; the rules are numbered 1 to 8.", rule=unknown[0]))
    periods = [point.period for point in points]
    if len(set(periods)) < len(periods):
        twice = next(period for period in periods if periods.count(period) > 1)
        raise ManyiError(message("Period {period} is on the chart twice; give each period one figure.", period=twice))
    starts = phase_places(periods, phases, kind, per)
    found: list[PhaseResult] = []
    plotted: list[PlottedPoint] = []
    signals: list[Signal] = []
    expected = 0.0
    for number, (phase, start, end) in enumerate(starts):
        part = points[start:end]
        result = phase_result(phase, part, kind, per)
        found.append(result)
        own, broken = _plotted(part, number, result.limits, rules)
        plotted += own
        for rule, flags in broken.items():
            for place in np.flatnonzero(flags):
                first = start + int(place) - LENGTH[rule] + 1
                signals.append(Signal(rule, RULES[rule], tuple(range(first, start + int(place) + 1))))
        expected += _expected(own, rules)
    ordered = tuple(sorted(signals, key=lambda signal: (signal.places[-1], signal.rule)))
    return ControlChart(kind, per, tuple(found), tuple(plotted), ordered, rules, expected, METHODS[kind])


def _plotted(
    part: Sequence[ChartPoint], number: int, limits: PhaseLimits | None, rules: tuple[int, ...]
) -> tuple[list[PlottedPoint], dict[int, Flags]]:
    bare = [PlottedPoint(point, number) for point in part]
    if limits is None:
        return bare, {}
    values, bases = arrays(part)
    sigma = point_sigma(limits, bases)
    z = (values - limits.centre) / sigma
    broken = broken_rules(values, z, rules)
    ranges = moving_ranges(values)
    own = []
    for place, plain in enumerate(bare):
        if np.isnan(z[place]):
            own.append(replace(plain, centre=limits.centre))
            continue
        low, high = _ends(limits, float(sigma[place]))
        own.append(
            replace(
                plain, centre=limits.centre, low=low, high=high, sigma=float(sigma[place]), z=float(z[place]),
                rules=tuple(rule for rule in rules if broken[rule][place]), small_base=_small(limits, float(bases[place])),
                moving_range=_number(ranges[place]) if limits.mean_range else None,
                moving_range_high=D4 * limits.mean_range if limits.mean_range and not np.isnan(ranges[place]) else None,
            )
        )  # fmt: skip
    return own, broken


def _ends(limits: PhaseLimits, sigma: float) -> tuple[float, float]:
    """Control limits; no share lies below 0 or above all, no rate below 0."""
    low, high = limits.centre - WIDTH * sigma, limits.centre + WIDTH * sigma
    if limits.kind == "i":
        return low, high
    return max(low, 0.0), min(high, limits.per) if limits.kind in ("p", "p_prime") else high


def _small(limits: PhaseLimits, base: float) -> bool:
    if limits.kind == "i":
        return False
    share = limits.centre / limits.per
    rarer = min(share, 1 - share) if limits.kind in ("p", "p_prime") else share
    return base * rarer < SMALL_COUNT


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _expected(own: Sequence[PlottedPoint], rules: tuple[int, ...]) -> float:
    """Broken rules that chance alone would give: each rule counts from the point on that has enough neighbours before it."""
    total, length = 0.0, 0
    for entry in own:
        length = 0 if entry.z is None else length + 1
        total += sum(false_alarm_share(rule) for rule in rules if length >= LENGTH[rule])
    return total
