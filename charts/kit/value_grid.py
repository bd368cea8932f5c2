"""A grid of figures as a heat map: rows and columns with names, a fill and a text for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.kit.layout import Canvas, figure_for
from charts.kit.rows import name_width, shortened, text_width, tick_name
from words.shown_text import plotly_text as plain


@dataclass(frozen=True)
class GridCell:
    """What stands in one cell. ``hover`` and ``text`` are plain text; ``outlined`` puts a frame around it."""

    text: str
    hover: str
    fill: str
    ink: str
    outlined: bool = False


def value_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[GridCell]],
    on: Canvas,
    *,
    cell_height: int = 30,
    header_lines: int = 1,
    most_name: int = 240,
) -> go.Figure:
    """The grid, first row at the top. Texts may hold line breaks; headers are cut where they are wider than a column of a desk."""
    left = name_width(rows, 130 if on.narrow else most_name)
    top = 14 + 17 * header_lines
    figure = figure_for(on, top + cell_height * len(rows) + 10, margin={"l": left, "r": 4, "t": top, "b": 6})
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[tick_name(name, left - 12) for name in rows],
        tickfont={"size": 13, "color": on.colours.ink},
    )
    room = (340 - left) / max(len(columns), 1) if on.narrow else (900 - left) / max(len(columns), 1)
    figure.update_xaxes(
        range=[-0.5, len(columns) - 0.5],
        side="top",
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=[_header(name, room, header_lines) for name in columns],
        tickfont={"size": 12, "color": on.colours.muted},
        tickangle=0,
        ticklabelstandoff=4,
    )
    places = [(row, column, cell) for row, line in enumerate(cells) for column, cell in enumerate(line)]
    gap = 2 / max(cell_height, 1)
    figure.add_trace(
        go.Bar(
            x=[column for _row, column, _cell in places],
            y=[1 - 2 * gap] * len(places),
            base=[row - 0.5 + gap for row, _column, _cell in places],
            width=0.96,
            hovertext=[_lines(cell.hover) for _row, _column, cell in places],
            hoverinfo="text",
            marker={
                "color": [cell.fill for _row, _column, cell in places],
                "cornerradius": 3,
                "line": {
                    "color": [on.colours.ink if cell.outlined else cell.fill for _row, _column, cell in places],
                    "width": [2.5 if cell.outlined else 1 for _row, _column, cell in places],
                },
            },
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[column for _row, column, _cell in places],
            y=[row for row, _column, _cell in places],
            mode="text",
            text=[_lines(cell.text) for _row, _column, cell in places],
            textposition="middle center",
            hoverinfo="skip",
            cliponaxis=False,
            textfont={"size": 12, "color": [cell.ink for _row, _column, cell in places]},
        )
    )
    return figure


def _lines(text: str) -> str:
    return "<br>".join(plain(line) for line in text.split("\n"))


def _header(name: str, room: float, lines: int) -> str:
    if lines == 1 or text_width(name) <= room:
        return plain(shortened(name, round(room)))
    parts = name.split(" ") if " " in name else [name[: (len(name) + 1) // 2], name[(len(name) + 1) // 2 :]]
    cut = min(range(1, len(parts)), key=lambda place: abs(len(" ".join(parts[:place])) - len(" ".join(parts[place:]))))
    glue = " " if " " in name else ""
    return "<br>".join(plain(shortened(glue.join(part), round(room))) for part in (parts[:cut], parts[cut:]))
