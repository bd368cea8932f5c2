"""Heat tables, and pictures that no office program has a chart for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from charts.kit.description.numbers import INK, PLAIN, Form, Number, Tone

if TYPE_CHECKING:
    from charts.kit.layout import Canvas
    from charts.kit.plain_figure import PlainFigure


@dataclass(frozen=True)
class HeatCell:
    """One cell of a heat table: its figure, its fill and its ink; ``texts`` are written in the place of the figure, a line each.

    ``blank`` draws nothing at all; ``framed`` puts a frame around; ``short`` is written where there is little room, ``shortest`` where
    that has none either.
    """

    number: Number | None = None
    fill: Tone | None = None
    ink: Tone = INK
    texts: tuple[str, ...] = ()
    short: str = ""
    shortest: str = ""
    notes: tuple[str, ...] = ()
    framed: bool = False
    blank: bool = False
    sign: str = ""
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridColumn:
    """A column of a heat table; ``place`` says whether it is drawn always, in wide windows only, or in narrow ones only.

    ``short`` stands above it in narrow windows; columns side by side of one ``group`` have its name above them.
    """

    name: str
    cells: tuple[HeatCell, ...]
    place: Literal["always", "wide", "narrow"] = "always"
    short: str = ""
    group: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows by columns. ``narrow_rows`` are the rows drawn where there is little room; none: all.

    ``gaps`` are the rows below which others are left out. ``one_line`` is for headings that are not to be broken, such as months: their
    short forms stand where whole ones have no room.
    """

    header: str
    rows: tuple[str, ...]
    columns: tuple[GridColumn, ...]
    form: Form = PLAIN
    narrow_rows: tuple[int, ...] = ()
    tall: int = 29
    one_line: bool = False
    gaps: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "heat table"


@dataclass(frozen=True)
class Diagram:
    """A picture of its own kind, such as a path diagram: ``draw`` makes it for a canvas. Office gets it as a picture with its table."""

    name: str
    draw: Callable[[Canvas], PlainFigure]

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "diagram"
