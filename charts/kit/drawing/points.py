"""Draws points on a plane at the width of their canvas: curves of limits, a cross-hair, intervals on both axes, names that fit."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.numbers import Axis, Number, Reference
from charts.kit.description.planes import Points, Spot
from charts.kit.description.texts import with_margin
from charts.kit.drawing.labels import Plane, label_places
from charts.kit.drawing.point_marks import add_levels, add_rivals, add_ways
from charts.kit.layout import DOT, Canvas, figure_for, round_ticks
from charts.kit.palette import blend, see_through
from charts.kit.plain_figure import PlainFigure, scatter
from charts.kit.rows import shortened, tick_name
from charts.kit.tones import tone_colour
from words.shown_text import plotly_text as plain

_MARGIN = {"l": 46, "r": 16, "t": 26, "b": 46}
#: Right of a plot whose curves have names there.
_CURVE_NAMES = 58
#: Points without names are so many that they are small and see-through; those of a smaller crowd less so. Size and opacity.
_CROWD, _SMALL_CROWD = (5, 0.3), (7, 0.55)
_SMALL_CROWD_MOST = 250
_NAME_SHARE = 0.24
#: Share of its colour in a point that may belong elsewhere.
_PALE = 0.35


def draw_points(points: Points, on: Canvas) -> PlainFigure:
    """The figure: curves and cross-hair lie below, then intervals, then points with their names."""
    margin = _MARGIN | ({"r": _CURVE_NAMES} if any(curve.name and curve.named for curve in points.curves) else {})
    figure = figure_for(on, points.height, margin=margin, hovermode="closest")
    x, y = axis_range(points, 0), axis_range(points, 1)
    figure.update_xaxes(
        **round_ticks(*x, most=4 if on.narrow else 6),
        tickfont={"size": 12},
        title={"text": tick_name(points.x.name, on.room - margin["l"] - margin["r"]), "font": {"size": 12}},
    )
    figure.update_yaxes(**round_ticks(*y), tickfont={"size": 12}, ticklabelstandoff=4)
    figure.add_annotation(
        text=plain(shortened(points.y.name, on.room - margin["r"])),
        x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-38, yshift=4,
        showarrow=False, font={"size": 12, "color": on.colours.muted},
    )  # fmt: skip
    _add_curves(figure, points, y, on)
    _add_cross(figure, points, x, y, on)
    _add_corners(figure, points.corners, on)
    _add_intervals(figure, points.spots, on)
    add_ways(figure, points.spots, on)
    add_levels(figure, points.spots, x, on)
    plane = Plane(x, y, on.room - margin["l"] - margin["r"], points.height - margin["t"] - margin["b"])
    if points.spots:
        _add_spots(figure, points, plane, on)
    add_rivals(figure, points, on)
    return figure


def axis_range(points: Points, which: int) -> tuple[float, float]:
    """The ends of one axis: all points with their intervals, the lines of the cross-hair, and what the axis must hold."""
    axis: Axis = (points.x, points.y)[which]
    if axis.ends is not None:
        return axis.ends
    numbers: list[Number] = [(spot.x, spot.y)[which] for spot in points.spots]
    values = [end for n in numbers for end in (n.value, n.low, n.high) if end is not None]
    if which == 0:
        values += [spot.before.x for spot in points.spots if spot.before is not None]
    else:
        values += [spot.before.y for spot in points.spots if spot.before is not None]
        values += [spot.level for spot in points.spots if spot.level is not None]
        values += [spot.rival.value for spot in points.spots if spot.rival is not None and spot.rival.value is not None]
    values += [*axis.holds, *(reference.at for reference in (points.upright, points.level)[which])]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.1 or 0.5
    return low - pad, high + pad


def _add_curves(figure: PlainFigure, points: Points, ends: tuple[float, float], on: Canvas) -> None:
    fill = 0.0
    for curve in points.curves:
        pen = {"color": see_through(on.colours.unclear, 0.9), "width": 1, "dash": "4px,3px" if curve.dashed else "solid"}
        shade = {"fill": "tonexty", "fillcolor": see_through(on.colours.unclear, fill)} if fill else {}
        ys = [min(max(y, ends[0]), ends[1]) for y in curve.ys]
        figure.add_trace(scatter(x=list(curve.xs), y=ys, mode="lines", line=pen, hoverinfo="skip", **shade))
        fill = curve.with_next
        if curve.name and curve.named and ys:
            figure.add_annotation(
                x=1, xref="paper", y=ys[-1], xanchor="left", xshift=4, text=plain(curve.name), showarrow=False,
                font={"size": 11, "color": on.colours.muted},
            )  # fmt: skip


def _add_cross(figure: PlainFigure, points: Points, x: tuple[float, float], y: tuple[float, float], on: Canvas) -> None:
    def pen(reference: Reference) -> dict[str, object]:
        return {"color": on.colours.unclear, "width": 1.3, "dash": "4px,4px" if reference.dashed else "solid"}

    for reference in points.upright:
        figure.add_shape(type="line", x0=reference.at, x1=reference.at, y0=y[0], y1=y[1], line=pen(reference), layer="below")
    for reference in points.level:
        figure.add_shape(type="line", x0=x[0], x1=x[1], y0=reference.at, y1=reference.at, line=pen(reference), layer="below")


def _add_corners(figure: PlainFigure, corners: Sequence[str], on: Canvas) -> None:
    for word, (x, y) in zip(corners, ((0, 1), (1, 1), (0, 0), (1, 0)), strict=True):
        if word:
            figure.add_annotation(
                x=x, y=y, xref="paper", yref="paper", xanchor="right" if x else "left", yanchor="top" if y else "bottom",
                text=plain(word), showarrow=False, font={"size": 12, "color": on.colours.muted},
            )  # fmt: skip


def _add_intervals(figure: PlainFigure, spots: Sequence[Spot], on: Canvas) -> None:
    """Thin bars for the intervals of both axes, behind the dots."""
    for spot in spots:
        pen = {"line": {"color": tone_colour(spot.tone, on.colours), "width": 3}, "opacity": 0.28, "layer": "below", "type": "line"}
        if spot.x.half is not None:
            figure.add_shape(x0=spot.x.low, x1=spot.x.high, y0=spot.y.value, y1=spot.y.value, **pen)
        if spot.y.half is not None:
            figure.add_shape(x0=spot.x.value, x1=spot.x.value, y0=spot.y.low, y1=spot.y.high, **pen)


def _add_spots(figure: PlainFigure, points: Points, plane: Plane, on: Canvas) -> None:
    spots = [spot for spot in points.spots if spot.x.value is not None and spot.y.value is not None]
    colours = [tone_colour(spot.tone, on.colours) for spot in spots]
    across, up = [spot.x.value for spot in spots], [spot.y.value for spot in spots]
    if not points.named:
        size, opacity = _CROWD if len(spots) > _SMALL_CROWD_MOST else _SMALL_CROWD
        marker = {"size": size, "opacity": 1, "color": [see_through(colour, opacity) for colour in colours], "line": {"width": 0}}
        hover = {"hoverinfo": "text", "hovertext": [_hover(spot, points, on) for spot in spots]} if any(spot.name for spot in spots) else {}
        figure.add_trace(scatter(x=across, y=up, mode="markers", marker=marker, **({"hoverinfo": "skip"} | hover)))
        return
    most = round(plane.width * _NAME_SHARE)
    places = label_places(spots, plane, most, [reference.at for reference in points.level], points.corners, on.narrow)
    figure.add_trace(
        scatter(
            x=across,
            y=up,
            mode="markers+text",
            cliponaxis=False,
            text=[
                plain(shortened(spot.label(on.narrow), round(wide))) if side else ""
                for spot, (side, wide) in zip(spots, places, strict=True)
            ],
            textposition=[side or "top right" for side, _wide in places],
            textfont={
                "size": 12,
                "color": [c if s.tone.hue in ("worse", "better") else on.colours.ink for s, c in zip(spots, colours, strict=True)],
            },
            marker={
                "size": DOT + 1,
                "opacity": 1,
                "color": [_fill(spot, colour, on) for spot, colour in zip(spots, colours, strict=True)],
                "line": {"width": 2, "color": colours},
            },
            hovertext=[_hover(spot, points, on) for spot in spots],
            hoverinfo="text",
        )
    )


def _fill(spot: Spot, colour: str, on: Canvas) -> str:
    if spot.x.small or spot.y.small:
        return on.colours.surface
    return colour if spot.sure else blend(colour, on.colours.surface, _PALE)


def _hover(spot: Spot, points: Points, on: Canvas) -> str:
    lines = [f"<b>{plain(spot.name)}</b>"]
    lines += [
        f"{plain(axis.name)} {with_margin(number, form, on)}"
        for axis, number, form in zip((points.x, points.y), (spot.x, spot.y), points.forms, strict=True)
    ]
    return "<br>".join([*lines, *([plain(spot.note)] if spot.note else [])])
