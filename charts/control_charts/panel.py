"""What one control chart shows: its name, its points and limits, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.control_charts.estimate_chart import ControlChart, PlottedPoint
from charts.kit.layout import Canvas

Better = Literal["higher", "lower"] | None
#: Rules that look at the side a point lies on; the others only say that the pattern is not that of chance.
_SIDED = (1, 2, 5, 6)
#: Of more charts than these side by side, so many are drawn.
MOST_PANELS, TELLING = 30, 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Event:
    """Something that happened: the period of the chart it lies in, its day, and what it was."""

    period: str
    day: str
    text: str


@dataclass(frozen=True)
class Panel:
    """One chart with its name (empty: the only one)."""

    name: str
    chart: ControlChart
    events: Sequence[Event] = ()


def mark_colour(plotted: PlottedPoint, better: Better, on: Canvas) -> str:
    """The colour of a point that breaks rules: of its side where that is good or bad, else ink."""
    if better is None or plotted.z is None or not any(rule in _SIDED for rule in plotted.rules):
        return on.colours.ink
    return on.colours.better if (plotted.z > 0) == (better == "higher") else on.colours.worse


def lettered(panels: Sequence[Panel]) -> dict[Event, str]:
    """A letter for every event of the charts, in the order of their days; after z come aa, ab …"""
    events = sorted({event for panel in panels for event in panel.events}, key=lambda event: (event.day, event.text))
    return {event: _letter(place) for place, event in enumerate(events)}


def telling(panels: Sequence[Panel], found: Collection[str]) -> Sequence[Panel]:
    """All of a few charts; of very many those with a signal in the latest period, then with the most, and those looked for, in order."""
    if len(panels) <= MOST_PANELS:
        return panels

    def signals(place: int) -> tuple[bool, int]:
        points = panels[place].chart.points
        return bool(points and points[-1].rules), sum(bool(plotted.rules) for plotted in points)

    most = sorted(range(len(panels)), key=signals, reverse=True)[:TELLING]
    return [panel for place, panel in enumerate(panels) if place in most or panel.name in found]


def _letter(place: int) -> str:
    first, second = divmod(place, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[second]


def runs(chart: ControlChart) -> list[list[int]]:
    """Places of neighbouring points with a value, within one phase each: what one line joins."""
    found: list[list[int]] = []
    for place, plotted in enumerate(chart.points):
        if plotted.point.value is None:
            continue
        if found and found[-1][-1] == place - 1 and chart.points[place - 1].phase == plotted.phase:
            found[-1].append(place)
        else:
            found.append([place])
    return found
