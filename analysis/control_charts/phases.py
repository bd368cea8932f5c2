"""Phases of a control chart, each with limits of its own: trial limits, limits from a named baseline, or limits kept as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.limits import SETTLED, ChartKind, PhaseLimits, limits_from
from words.errors import ManyiError
from words.language import Message, message


@dataclass(frozen=True)
class Phase:
    """A stretch of the chart from period ``first`` on.

    ``baseline_last``: the limits come from the points up to there. ``kept``: the limits as they were when they were set.
    """

    name: str
    first: str
    baseline_last: str | None = None
    kept: PhaseLimits | None = None


@dataclass(frozen=True)
class PhaseResult:
    """One phase with the limits in force, or the ``reason`` why it has none.

    ``trial``: the limits move with every new point. ``recomputed``: what the baseline of kept limits gives today, None where it is not
    on the chart; ``moved``: whether that differs from the kept ones, which stay in force. ``provisional``: made from fewer than 20 points.
    """

    name: str
    first: str
    last: str
    limits: PhaseLimits | None
    reason: Message | None
    trial: bool
    recomputed: PhaseLimits | None
    moved: bool

    @property
    def provisional(self) -> bool:
        """Whether the limits stand on fewer points than limits should."""
        return self.limits is not None and self.limits.points < SETTLED


def phase_places(periods: Sequence[str], phases: Sequence[Phase], kind: ChartKind, per: float) -> list[tuple[Phase, int, int]]:
    """Each phase with the places of its first point and of the one after its last; all points are one phase where none is given.

    Raises ManyiError for phases that begin at no period of the chart, out of order or after the first period, for a baseline outside of its
    phase, and for kept limits of another kind of chart.
    """
    if not periods:
        return []
    phases = phases or [Phase("", periods[0])]
    for phase in phases:
        _check(phase, periods, kind, per)
    places = [periods.index(phase.first) for phase in phases]
    if places[0] != 0 or any(after <= before for before, after in pairwise(places)):
        raise ManyiError(message("Phases must follow each other in time, the first from the first period ({first}) on.", first=periods[0]))
    ends = [*places[1:], len(periods)]
    for phase, start, end in zip(phases, places, ends, strict=True):
        if phase.baseline_last is not None and not start <= periods.index(phase.baseline_last) < end:
            raise ManyiError(
                message(
                    "Phase “{name}”: its limits must come from its own periods; {period} lies outside.",
                    name=phase.name,
                    period=phase.baseline_last,
                )
            )
    return list(zip(phases, places, ends, strict=True))


def phase_result(phase: Phase, part: Sequence[ChartPoint], kind: ChartKind, per: float) -> PhaseResult:
    """The limits in force in a phase, from its points ``part``."""
    periods = [point.period for point in part]
    if phase.kept is not None:
        fresh = _recomputed(phase.kept, part, periods)
        moved = fresh is not None and not _same(phase.kept, fresh)
        return PhaseResult(phase.name, phase.first, periods[-1], phase.kept, None, False, fresh, moved)
    baseline = part if phase.baseline_last is None else part[: periods.index(phase.baseline_last) + 1]
    made = limits_from(baseline, kind, per)
    if isinstance(made, Message):
        return PhaseResult(phase.name, phase.first, periods[-1], None, made, False, None, False)
    return PhaseResult(phase.name, phase.first, periods[-1], made, None, phase.baseline_last is None, None, False)


def _check(phase: Phase, periods: Sequence[str], kind: ChartKind, per: float) -> None:
    for period in (phase.first, phase.baseline_last):
        if period is not None and period not in periods:
            raise ManyiError(
                message("Phase “{name}”: period {period} is not on the chart; choose one of its periods.", name=phase.name, period=period)
            )
    if phase.kept is not None and (phase.kept.kind, phase.kept.per) != (kind, per):
        raise ManyiError(
            message("Phase “{name}”: its kept limits are of another kind of chart; set limits anew for this one.", name=phase.name)
        )


def _recomputed(kept: PhaseLimits, part: Sequence[ChartPoint], periods: Sequence[str]) -> PhaseLimits | None:
    """What the points that gave the kept limits give today."""
    if kept.first not in periods or kept.last not in periods:
        return None
    made = limits_from(part[periods.index(kept.first) : periods.index(kept.last) + 1], kept.kind, kept.per)
    return made if isinstance(made, PhaseLimits) else None


def _same(kept: PhaseLimits, fresh: PhaseLimits) -> bool:
    return kept.points == fresh.points and bool(np.allclose([kept.centre, kept.spread], [fresh.centre, fresh.spread], rtol=1e-9, atol=0))
