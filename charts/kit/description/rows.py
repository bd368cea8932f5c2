"""Charts of rows: a name left, figures drawn on one scale in the middle, and columns of texts beside. Most charts are of this form.

Such a chart is a table some of whose columns are drawn and some written beside the plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charts.kit.description.numbers import FREE, OURS, PLAIN, Axis, Cell, Form, Number, Reference, Role, Tone

#: Whether a column is written beside the plot always, where the window is wide enough for it, or in the table only.
Place = Literal["always", "wide", "table"]
#: How a column is drawn: a dot with the bar of its interval; an open diamond with a thin one; a bar from zero with a whisker; a segment of
#: a stacked bar; a bar that starts where the one before ended; a line through the rows; a small upright line, a ring or a flag.
Shape = Literal["dot", "diamond", "bar", "part", "step", "line", "tick", "ring", "flag"]
#: What a column holds, where that decides how it is read: the words of a comparison, or what is said on hovering.
Reads = Literal["", "verdict", "note"]


@dataclass(frozen=True)
class Drawn:
    """How a column is drawn. ``tones`` has one colour for all rows or one a row; ``name`` stands in legends (default: the header).

    ``lane`` moves the marks off the middle of their row, in rows, so that two can stand in one; ``panel`` is which of several plots side
    by side it stands in. ``named`` writes the name above the first row. ``texts`` are written into the segments of stacked bars, which
    lie from the lowest ``order`` to the highest. ``whiskers`` is False where the intervals of bars are in the table only.
    """

    shape: Shape
    role: Role = "value"
    tones: tuple[Tone, ...] = (OURS,)
    name: str = ""
    lane: float = 0.0
    panel: int = 0
    named: bool = False
    texts: tuple[str, ...] = ()
    order: int = 0
    whiskers: bool = True

    def tone(self, row: int) -> Tone:
        """The colour of a row."""
        return self.tones[row] if len(self.tones) > 1 else self.tones[0]


@dataclass(frozen=True)
class Column:
    """One column: ``cells`` for every row of the chart, drawn or not.

    ``ends`` are the headings of the interval's ends in the table; without them the table has none. ``texts`` are written in the place of
    the cells beside the plot, ``head`` in the place of the header (a blank: nothing). ``tones`` has one colour for all texts or one a row.
    ``in_table`` is False where the texts only put together what other columns hold.
    """

    header: str
    cells: tuple[Cell, ...]
    form: Form = PLAIN
    ends: tuple[str, str] | None = None
    drawn: Drawn | None = None
    place: Place = "table"
    texts: tuple[str, ...] | None = None
    head: str | None = None
    side: Literal["left", "right"] = "right"
    align: Literal["left", "right"] = "right"
    tones: tuple[Tone, ...] = ()
    strong: bool = False
    reads: Reads = ""
    in_table: bool = True

    def number(self, row: int) -> Number | None:
        """The figure of a row, None where there is none to show."""
        cell = self.cells[row]
        if isinstance(cell, str) or cell is None:
            return None
        found = cell if isinstance(cell, Number) else Number(float(cell))
        return None if found.value is None else found


@dataclass(frozen=True)
class Row:
    """One row. ``place`` is ``table`` where only the table has room for it, ``left out`` where it stands between rows that are drawn; a
    ``heading`` has no figures, a ``total`` sums the others up.

    ``short`` is the name where there is little room; ``level`` how far the name is indented.
    """

    name: str
    place: Literal["always", "table", "left out"] = "always"
    kind: Literal["row", "heading", "total"] = "row"
    short: str = ""
    level: int = 0


@dataclass(frozen=True)
class Trails:
    """A small line over time at the end of each row: values from old to new (None: gap), where each lies, and its colour."""

    header: str
    values: tuple[tuple[float | None, ...], ...]
    at: tuple[tuple[float, ...], ...]
    tones: tuple[Tone, ...]


@dataclass(frozen=True)
class Rows:
    """The chart: rows in the order they are drawn, columns in the order of the table, one scale for all that is drawn.

    ``heading`` stands above the plot, ``panels`` in its place where there are several plots side by side. ``key`` columns, such as what
    a row belongs to, stand before the names in the table; ``headed`` is False where nothing stands above the columns.
    """

    name_header: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    heading: str = ""
    references: tuple[Reference, ...] = ()
    axis: Axis = FREE
    panels: tuple[str, ...] = ()
    trails: Trails | None = None
    key: tuple[Column, ...] = ()
    strong_names: bool = True
    headed: bool = True

    @property
    def series(self) -> tuple[Column, ...]:
        """The columns that are drawn, segments of bars in the order they lie."""
        return tuple(sorted((c for c in self.columns if c.drawn is not None), key=lambda c: c.drawn.order if c.drawn else 0))

    @property
    def drawn_rows(self) -> tuple[int, ...]:
        """The rows that are drawn, by their places among all."""
        return tuple(place for place, row in enumerate(self.rows) if row.place == "always")

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        shapes = [column.drawn.shape for column in self.series if column.drawn is not None]
        if "part" in shapes:
            return "stacked bars"
        if "step" in shapes:
            return "waterfall"
        if "bar" in shapes and "line" in shapes:
            return "pareto"
        if shapes.count("bar") > 1:
            return "grouped bars"
        return "bars" if "bar" in shapes else "league"


def names_of_rows(names: Sequence[str], *, most: int | None = None) -> tuple[Row, ...]:
    """Plain rows; those after the first ``most`` stand in the table only."""
    return tuple(Row(name, "always" if most is None or place < most else "table") for place, name in enumerate(names))
