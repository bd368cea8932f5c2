"""A native chart before it is drawn: the columns of its data sheet, and the series, axes and labels that point into them.

Whatever an office program could not open is not expressible here: what a series may have follows from its plot
(:mod:`reports.office.plot_kinds`). Colours are ``#RRGGBB``; a value of None is a gap, in the sheet as in the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

#: What a plot is. The stacked ones put their series on each other; in ``scatter`` a series goes across a column of figures.
PlotKind = Literal["bar", "stacked bar", "column", "stacked column", "line", "stacked area", "scatter", "radar"]
Position = Literal["center", "inside_end", "inside_base", "outside_end", "above", "below", "left", "right"]
MarkerShape = Literal["circle", "diamond", "square", "triangle", "long_dash", "x"]
Cell = float | int | str | None


@dataclass(frozen=True)
class DataColumn:
    """A column of the data sheet: its heading, its values from the first row on, and how figures are shown there."""

    header: str
    values: tuple[Cell, ...]
    form: str = "0.0"


@dataclass(frozen=True)
class Stroke:
    """A line; ``width`` in points."""

    colour: str
    width: float = 2.0
    dashed: bool = False


@dataclass(frozen=True)
class Marker:
    """A point; a hollow one is filled palely, for some programs draw no rim. ``size`` in points."""

    shape: MarkerShape
    colour: str
    size: int = 8
    hollow: bool = False

    @property
    def pale(self) -> str:
        """The colour mixed with white."""
        return "#" + "".join(f"{round(255 - (255 - int(self.colour[at : at + 2], 16)) * 0.35):02X}" for at in (1, 3, 5))


@dataclass(frozen=True)
class Labels:
    """Texts beside the points. ``texts`` are written in the place of the values (empty: none at this point)."""

    position: Position | None
    texts: tuple[str, ...] | None = None
    colour: str = "#1C2833"
    size: float = 10
    form: str = "0.0"
    bold: bool = False


@dataclass(frozen=True)
class Whiskers:
    """The interval of each point: the columns that hold its upper and its lower arm, both as lengths."""

    plus: int
    minus: int
    colour: str
    width: float = 1.75


@dataclass(frozen=True)
class Series:
    """One series: the columns of its values and of what they go across (names; figures in a scatter).

    Its name is the heading of its values' column. Without ``fill`` bars and areas are not to be seen, without ``line`` there is none.
    """

    values: int
    across: int
    fill: str | None = None
    edge: str | None = None
    line: Stroke | None = None
    marker: Marker | None = None
    labels: Labels | None = None
    whiskers: Whiskers | None = None
    in_legend: bool = True


@dataclass(frozen=True)
class Plot:
    """Series of one kind; ``second`` puts them on an axis of their own at the right. ``gap`` and ``overlap`` are per cent of a bar."""

    kind: PlotKind
    series: tuple[Series, ...]
    second: bool = False
    gap: int = 60
    overlap: int | None = None


@dataclass(frozen=True)
class AxisPlan:
    """An axis. ``names`` of a category axis stand at its low end; ``turned`` writes them upwards, in degrees."""

    title: str = ""
    low: float | None = None
    high: float | None = None
    form: str = "General"
    shown: bool = True
    grid: bool = False
    reverse: bool = False
    turned: int = 0
    size: float = 10
    unit: float | None = None


@dataclass(frozen=True)
class ChartPlan:
    """The chart: its data, one plot or two that lie on each other, and its axes: ``across`` holds names (in a scatter figures)."""

    data: tuple[DataColumn, ...]
    plots: tuple[Plot, ...]
    across: AxisPlan = field(default_factory=AxisPlan)
    values: AxisPlan = field(default_factory=AxisPlan)
    second: AxisPlan = field(default_factory=AxisPlan)
    legend: bool = True

    @property
    def series(self) -> tuple[Series, ...]:
        """All series in the order they are drawn."""
        return tuple(series for plot in self.plots for series in plot.series)


class DataSheet:
    """Columns as they are added; what is added says at which place it stands."""

    def __init__(self) -> None:
        self._columns: list[DataColumn] = []

    def add(self, header: str, values: Sequence[Cell], form: str = "0.0") -> int:
        """The place of a new column."""
        self._columns.append(DataColumn(header, tuple(values), form))
        return len(self._columns) - 1

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        """What was added."""
        return tuple(self._columns)
