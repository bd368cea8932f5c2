"""A heat map as rounded cells with their figures in them: names down the left, headings along the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, figure_for
from charts.kit.palette import blend
from charts.kit.rows import name_width, text_width, tick_name
from words.shown_text import plotly_text as plain

HIDDEN, NOT_ASKED = "·", "–"
_CELL_HEIGHT = 29
#: Columns whose names may lean on a phone; more stand upright, else they run into each other.
_ANGLED_ON_A_PHONE = 6


@dataclass(frozen=True)
class HeatCell:
    """One cell: its place, its text (None: hidden), hover text (plain already) and the comparison that colours it.

    ``asked`` is False where nobody was asked, which is not a small base.
    """

    row: int
    column: int
    text: str | None
    hover: str
    difference: Estimate | None = None
    asked: bool = True


def heat_figure(names: Sequence[str], titles: Sequence[str], cells: Sequence[HeatCell], on: Canvas, *, full_colour_at: float) -> go.Figure:
    """The cells, coloured by the verdict of their comparison; a difference of ``full_colour_at`` takes the full colour."""
    figure = _frame(names, titles, on)
    colours = [
        (on.colours.surface, on.colours.muted) if cell.text is None else _colours(cell.difference, on, full_colour_at) for cell in cells
    ]
    fills, inks = [fill for fill, _ink in colours], [ink for _fill, ink in colours]
    edges = [on.colours.line if cell.text is None else fill for cell, fill in zip(cells, fills, strict=True)]
    columns, rows = [cell.column for cell in cells], [cell.row for cell in cells]
    figure.add_trace(
        go.Bar(
            x=columns,
            y=[0.88] * len(cells),
            base=[row - 0.44 for row in rows],
            width=0.92,
            hovertext=[cell.hover for cell in cells],
            hoverinfo="text",
            marker={"color": fills, "cornerradius": 3, "line": {"color": edges, "width": 1}},
        )
    )
    figure.add_trace(
        go.Scatter(
            x=columns,
            y=rows,
            mode="text",
            text=[cell.text if cell.text is not None else HIDDEN if cell.asked else NOT_ASKED for cell in cells],
            textposition="middle center",
            hoverinfo="skip",
            cliponaxis=False,
            textfont={"color": inks, "size": 12},
        )
    )
    return figure


def _frame(names: Sequence[str], titles: Sequence[str], on: Canvas) -> go.Figure:
    longest = max((text_width(title, 12) for title in titles), default=0)
    angled = longest > (270 if on.narrow else 600) / max(len(titles), 1)
    upright = angled and on.narrow and len(titles) > _ANGLED_ON_A_PHONE
    top = (longest if upright else round(longest * 0.72)) + 14 if angled else 26
    left = name_width(names)
    figure = figure_for(
        on,
        top + _CELL_HEIGHT * len(names) + 8,
        margin={"l": left, "r": max(round(text_width(titles[-1], 12) * 0.72), 4) if angled and not upright else 4, "t": top, "b": 4},
        barmode="overlay",
    )
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[tick_name(name, left - 14) for name in names],
        tickfont={"size": 13, "color": on.colours.ink},
    )
    figure.update_xaxes(
        range=[-0.5, len(titles) - 0.5],
        side="top",
        tickmode="array",
        tickvals=list(range(len(titles))),
        ticktext=[plain(t) for t in titles],
        tickangle=-90 if upright else -45 if angled else 0,
        ticklabeloverflow="allow",  # else the names of the last columns vanish where they are long
        tickfont={"size": 12, "color": on.colours.muted},
    )
    return figure


def _colours(difference: Estimate | None, on: Canvas, full_colour_at: float) -> tuple[str, str]:
    """Fill and text colour of a shown cell."""
    if difference is None or difference.value is None or difference.verdict not in ("higher", "lower"):
        return blend(on.colours.unclear, on.colours.surface, 0.16), on.colours.muted
    strength = 0.38 + 0.42 * min(abs(difference.value) / full_colour_at, 1.0)
    return blend(on.colours.verdict(difference.verdict), on.colours.surface, strength), on.colours.ink
