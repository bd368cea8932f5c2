"""A chart before it is drawn: what it shows, once, for the screen, for paper, for office programs, for the ear and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from charts.kit.description.grid import Diagram, Grid
from charts.kit.description.numbers import Cell
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Bins, Lines, Points
from charts.kit.description.rows import Rows
from charts.kit.description.schedule import Schedule

Body = Rows | Lines | Panels | Points | Bins | Grid | Schedule | Diagram


@dataclass(frozen=True)
class TableColumn:
    """A column of a data table: its heading and a value for each row; an interval has columns of its own."""

    header: str
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Description:
    """One chart. ``caption`` says how to read it; ``findings`` what it shows, in sentences that no figure alone says.

    Hidden figures are Numbers without a value, so nothing made of a description can give them away. ``table`` is given only where the
    table is not that of the body: where it is long instead of wide, or holds what is not drawn. ``names`` are those that can be looked for
    where the body has some of very many already.
    """

    title: str
    caption: str
    body: Body
    findings: str = ""
    table: tuple[TableColumn, ...] | None = None
    names: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What the chart is called: league, bars, differences, stacked bars, pareto, waterfall, lines, control chart, points, …"""
        return self.body.kind


def table_of(columns: dict[str, list[Cell] | tuple[Cell, ...]]) -> tuple[TableColumn, ...]:
    """A table given as headings and values."""
    return tuple(TableColumn(header, tuple(values)) for header, values in columns.items())
