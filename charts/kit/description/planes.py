"""Charts on two axes: lines over time or places, points on a plane, and numbers of things in classes of a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from charts.kit.description.numbers import NUMBERED, OURS, PLAIN, Axis, Form, Number, Reference, Role, Tone

#: How a line is drawn: with the band of its interval, with a bar at each point, alone, dashed, or as steps that hold for a place each.
Course = Literal["band", "bars", "plain", "dashed", "steps"]
#: What is marked at a point: a real rise or fall, a signal of a control chart, or nothing.
Mark = Literal["", "rise", "fall", "signal"]


@dataclass(frozen=True)
class Line:
    """One line: a figure for every position (None: none there).

    ``breaks`` are positions before which the line is cut although there are figures on both sides; ``marks`` has one mark a position or
    none at all; ``labels`` one text a position written beside its point (empty: none); ``tones`` one colour a point, where they differ.
    """

    name: str
    numbers: tuple[Number | None, ...]
    tone: Tone = OURS
    course: Course = "band"
    role: Role = "value"
    breaks: frozenset[int] = frozenset()
    marks: tuple[Mark, ...] = ()
    labels: tuple[str, ...] = ()
    points: bool = True
    tones: tuple[Tone, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Lines over ``positions``, which are their names in order; ``at`` is where each lies, true to time.

    ``upright`` are moments: what happened, or where something new begins.
    """

    header: str
    positions: tuple[str, ...]
    at: tuple[float, ...]
    lines: tuple[Line, ...]
    axis: Axis = NUMBERED
    form: Form = PLAIN
    references: tuple[Reference, ...] = ()
    upright: tuple[Reference, ...] = ()
    height: int = 380

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "control chart" if any(line.course == "steps" for line in self.lines) else "lines"


@dataclass(frozen=True)
class Before:
    """Where a point stood the wave before, with the colour of the verdict on its way from there."""

    x: float
    y: float
    tone: Tone


@dataclass(frozen=True)
class Spot:
    """One point with its name; ``first`` says which names are placed first where there is no room for all, the largest first.

    ``sure`` is False where it may belong elsewhere by chance, which makes it pale. ``rival`` is the competitor's height at the same
    place, ``level`` the height it is set against where each point has one of its own, ``before`` where it stood. ``mark`` is written
    beside it where the canvas is too narrow for names, such as its number in a list; ``figure`` stands after a name where there is room.
    """

    name: str
    x: Number
    y: Number
    tone: Tone = OURS
    first: float = 0.0
    note: str = ""
    sure: bool = True
    rival: Number | None = None
    level: float | None = None
    before: Before | None = None
    mark: str = ""
    figure: str = ""

    def label(self, narrow: bool) -> str:
        """What is written beside it."""
        if narrow and self.mark:
            return self.mark
        return f"{self.name} {self.figure}" if self.figure and not narrow else self.name


@dataclass(frozen=True)
class Curve:
    """A line through the plane, such as the limits of what chance explains; ``with_next`` shades what lies between it and the next one,
    and ``named`` writes its name at its right end."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    dashed: bool = False
    with_next: float = 0.0
    named: bool = True
    role: Role = "limit"


@dataclass(frozen=True)
class Points:
    """Points on a plane with their intervals; ``upright`` and ``level`` are the lines of a cross-hair; ``corners`` are words in corners.

    ``named`` is False where the points are too many to have names. The order of corners: top left, top right, bottom left, bottom right.
    """

    x: Axis
    y: Axis
    spots: tuple[Spot, ...]
    upright: tuple[Reference, ...] = ()
    level: tuple[Reference, ...] = ()
    curves: tuple[Curve, ...] = ()
    corners: tuple[str, str, str, str] = ("", "", "", "")
    forms: tuple[Form, Form] = (PLAIN, PLAIN)
    named: bool = True
    height: int = 400

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "points within limits" if any(curve.role == "limit" for curve in self.curves) else "points"


@dataclass(frozen=True)
class Bins:
    """How often a measure lies in each class: ``edges`` has one more than ``counts``."""

    axis: Axis
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    count_header: str
    edge_headers: tuple[str, str]
    tone: Tone = OURS
    references: tuple[Reference, ...] = ()
    form: Form = PLAIN
    height: int = 240

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "histogram"
