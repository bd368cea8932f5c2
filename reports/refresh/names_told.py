"""What a figure shows by name: branches, causes, questions, lines. So a refresh can say which of them are new, and which are gone."""

from __future__ import annotations

from collections.abc import Iterator

from charts.kit.description.description import Description
from charts.kit.description.grid import Grid
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Lines, Points
from charts.kit.description.rows import Rows
from reports.chart_files import Leaving
from words.periods import Period


def names_in(leaving: Leaving | None) -> tuple[str, ...]:
    """The names in their order, each once. Periods are none of them: every wave brings others."""
    described = leaving.chart.described if leaving is not None else None
    names = dict.fromkeys(_names(described)) if described is not None else {}
    return tuple(name for name in names if name and Period.parse(name) is None)


def _names(described: Description) -> Iterator[str]:
    match described.body:
        case Rows() as rows:
            yield from (rows.rows[place].name for place in rows.drawn_rows if rows.rows[place].kind != "heading")
        case Grid() as grid:
            yield from grid.rows
            yield from (column.name for column in grid.columns if column.place != "narrow")
        case Points() as points if points.named:
            yield from (spot.name for spot in points.spots)
        case Lines() as lines:
            yield from (line.name for line in lines.lines)
        case Panels() as panels:
            yield from (line.name for lines in panels.panels for line in lines.lines)
