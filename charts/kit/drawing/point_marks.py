"""What stands beside points on a plane: the way from the wave before, the height each is set against, and the competitor."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.planes import Points, Spot
from charts.kit.description.texts import with_margin
from charts.kit.layout import DOT, Canvas
from charts.kit.plain_figure import PlainFigure, scatter
from charts.kit.tones import tone_colour
from words.shown_text import plotly_text as plain

#: Half the length of a level's tick, as a share of the axis.
_TICK = 0.012


def add_ways(figure: PlainFigure, spots: Sequence[Spot], on: Canvas) -> None:
    """An arrow from where a point stood to where it stands."""
    for spot in spots:
        if spot.before is not None:
            figure.add_annotation(
                x=spot.x.value, y=spot.y.value, ax=spot.before.x, ay=spot.before.y, xref="x", yref="y", axref="x", ayref="y",
                showarrow=True, text="", arrowhead=2, arrowsize=0.9, arrowwidth=1.2, standoff=7, opacity=0.5,
                arrowcolor=tone_colour(spot.before.tone, on.colours),
            )  # fmt: skip


def add_levels(figure: PlainFigure, spots: Sequence[Spot], across: tuple[float, float], on: Canvas) -> None:
    """A tick at the height a point is set against."""
    half = (across[1] - across[0]) * _TICK
    for spot in spots:
        if spot.level is not None:
            x, pen = spot.x.value or 0.0, {"color": on.colours.ink, "width": 2}
            figure.add_shape(type="line", x0=x - half, x1=x + half, y0=spot.level, y1=spot.level, line=pen)


def add_rivals(figure: PlainFigure, points: Points, on: Canvas) -> None:
    """The competitor as a diamond above or below each point, joined to it by a thin line."""
    rivals = [(spot, spot.rival) for spot in points.spots if spot.rival is not None and spot.rival.value is not None]
    for spot, rival in rivals:
        pen = {"color": on.colours.competitor, "width": 1, "dash": "2px,2px"}
        figure.add_shape(type="line", x0=spot.x.value, x1=spot.x.value, y0=spot.y.value, y1=rival.value, line=pen, layer="below")
    if rivals:
        figure.add_trace(
            scatter(
                x=[spot.x.value for spot, _rival in rivals],
                y=[rival.value for _spot, rival in rivals],
                mode="markers",
                cliponaxis=False,
                marker={"symbol": "diamond", "size": DOT - 1, "color": on.colours.competitor},
                hovertext=[f"<b>{plain(spot.name)}</b><br>{with_margin(rival, points.forms[1], on)}" for spot, rival in rivals],
                hoverinfo="text",
            )
        )
