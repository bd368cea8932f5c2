"""The importance–performance map: how important a question or construct is against how good it is now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from analysis.importance_performance.importance_map import Field, ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from analysis.importance_performance.sentence import field_name
from charts.importance_performance.map_frame import HEIGHT, Frame, frame_of, longest_name, name_sides
from charts.importance_performance.map_words import (
    MapWords,
    fields_text,
    first_sentence,
    importance_title,
    map_caption,
)  # fmt: skip
from charts.importance_performance.priority_rows import map_table
from charts.kit.description.alt_text import alt_text
from charts.kit.description.description import Description
from charts.kit.description.numbers import OURS, WORSE, Axis, Number, Reference, number_of
from charts.kit.description.planes import Curve, Points, Spot
from charts.kit.description.table import data_table
from charts.kit.layout import DOT, Canvas, Chart, figure_for, round_ticks, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import shortened
from words.language import translator
from words.shown_text import plotly_text as plain


def importance_map_chart(found: ImportanceMap, on: Canvas, *, words: MapWords, moved: Sequence[Movement] = ()) -> Chart:
    """The map with both intervals, cross-hair and iso-priority line. Bottom right: important and low, in red.

    A pale dot may lie in another field too, a hollow one has a small base. Diamonds are the competitor, ticks what each question is set
    against, arrows start where a question stood the wave before. The map must have points.
    """
    points, frame = found.points, frame_of(found, moved)
    names = [on.title(point.code) for point in points]
    figure = figure_for(on, HEIGHT, margin={"l": 44, "r": 16, "t": 12, "b": 46})
    across = {"text": plain(importance_title(found, words, on)), "font": {"size": 12}}
    figure.update_xaxes(**round_ticks(*frame.x, most=4 if on.narrow else 6), title=across, tickfont={"size": 12})
    figure.update_yaxes(**round_ticks(*frame.y), tickfont={"size": 12})
    _add_cross(figure, found, frame, on)
    if found.one_level:
        _add_corners(figure, on)
    _add_movements(figure, moved, found, on)
    _add_levels(figure, found, frame, on)
    colours = [on.colours.worse if point.field == "improve" else on.colours.ours for point in points]
    _add_intervals(figure, points, colours)
    _add_points(figure, points, names, colours, frame, on)
    described = Description(
        words.title,
        map_caption(found, words, bool(moved), on),
        _body(found, names, words, on),
        first_sentence(found, on),
        map_table(found, moved, on),
    )
    # Arrows, rivals and targets are drawn here; office programs get the points, their intervals and the lines.
    return Chart(described.title, described.caption, alt_text(described, on), figure, data_table(described, on), described)


def _body(found: ImportanceMap, names: Sequence[str], words: MapWords, on: Canvas) -> Points:
    """The map without what is drawn over it."""
    _ = translator(on.language)
    spots = [
        Spot(
            name, number_of(point.importance, on.language) or Number(None), number_of(point.performance, on.language) or Number(None),
            WORSE if point.field == "improve" else OURS, -float(point.rank), fields_text(point, on),
        )
        for name, point in zip(names, found.points, strict=True)
    ]  # fmt: skip
    level = (Reference(found.cross_performance or 0.0, _("Cross-hair")),) if found.one_level else ()
    line = iso_line(found) if found.one_level else None
    curves = (Curve(_("alike urgent"), line[0], line[1]),) if line else ()
    corners = [field_name(field, on.language) if found.one_level else "" for field in ("overkill", "keep", "low", "improve")]
    return Points(
        Axis(importance_title(found, words, on), numbered=True),
        Axis(_("Performance, 0–100"), numbered=True),
        tuple(spots),
        (Reference(found.cross_importance or 0.0, _("Cross-hair")),),
        level,
        curves,
        (corners[0], corners[1], corners[2], corners[3]),
    )


def iso_line(found: ImportanceMap) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The line of equal priority through the cross-hair from the least to the most important point; None where an axis has no spread."""
    across, along = ([getattr(p, axis).value or 0.0 for p in found.points] for axis in ("importance", "performance"))
    if min(np.std(across), np.std(along)) <= 0:
        return None
    slope = float(np.std(along) / np.std(across))
    ends = (min(across), max(across))
    middle = (found.cross_importance or 0.0, found.cross_performance or 0.0)
    return ends, (middle[1] + slope * (ends[0] - middle[0]), middle[1] + slope * (ends[1] - middle[0]))


def _add_points(
    figure: go.Figure, points: Sequence[MapPoint], names: Sequence[str], colours: Sequence[str], frame: Frame, on: Canvas
) -> None:
    sides, limit = name_sides(points, names, frame, on), longest_name(on)
    figure.add_trace(
        go.Scatter(
            x=[p.importance.value for p in points],
            y=[p.performance.value for p in points],
            mode="markers+text",
            text=[plain(shortened(name, limit)) if side else "" for name, side in zip(names, sides, strict=True)],
            textposition=[side or "top right" for side in sides],
            textfont={"size": 12, "color": [on.colours.worse if p.field == "improve" else on.colours.ink for p in points]},
            cliponaxis=False,
            marker={
                "size": DOT + 2,
                "opacity": 1,
                "color": [_fill(p, colour, on) for p, colour in zip(points, colours, strict=True)],
                "line": {"width": 2, "color": list(colours)},
            },
            hovertext=[_hover(p, name, on) for p, name in zip(points, names, strict=True)],
            hoverinfo="text",
        )
    )


def _fill(point: MapPoint, colour: str, on: Canvas) -> str:
    if point.performance.marked or point.importance.marked:
        return on.colours.surface
    return colour if point.sure else blend(colour, on.colours.surface, 0.35)


def _hover(point: MapPoint, name: str, on: Canvas) -> str:
    _ = translator(on.language)
    return (
        f"<b>{plain(name)}</b><br>{plain(_('Importance'))} {value_and_margin(point.importance, on, 2)}"
        f"<br>{plain(_('Performance'))} {value_and_margin(point.performance, on)}<br>{plain(fields_text(point, on))}"
    )


def _add_intervals(figure: go.Figure, points: Sequence[MapPoint], colours: Sequence[str]) -> None:
    """Thin bars for both intervals behind the dots."""
    for point, colour in zip(points, colours, strict=True):
        across, along = point.importance, point.performance
        bar = {"type": "line", "line": {"color": colour, "width": 3}, "opacity": 0.28, "layer": "below"}
        if across.low is not None and across.high is not None:
            figure.add_shape(x0=across.low, x1=across.high, y0=along.value, y1=along.value, **bar)
        if along.low is not None and along.high is not None:
            figure.add_shape(x0=across.value, x1=across.value, y0=along.low, y1=along.high, **bar)


def _add_cross(figure: go.Figure, found: ImportanceMap, frame: Frame, on: Canvas) -> None:
    """The lines of the cross-hair; where each question has a level of its own there is none along, and no line of equal priority."""
    cross = {"type": "line", "line": {"color": on.colours.unclear, "width": 1.2, "dash": "4px,4px"}, "layer": "below"}
    across = found.cross_importance or 0.0
    figure.add_shape(x0=across, x1=across, y0=frame.y[0], y1=frame.y[1], **cross)
    if not found.one_level:
        return
    along = found.cross_performance or 0.0
    figure.add_shape(x0=frame.x[0], x1=frame.x[1], y0=along, y1=along, **cross)
    equal = iso_line(found)
    if equal is None:
        return
    (x0, x1), (y0, y1) = equal
    slope = (y1 - y0) / (x1 - x0)
    ends = sorted([frame.x[0], frame.x[1], across + (frame.y[0] - along) / slope, across + (frame.y[1] - along) / slope])[1:3]
    line = {"color": on.colours.line, "width": 1.5}
    figure.add_shape(
        type="line", x0=ends[0], x1=ends[1], y0=along + slope * (ends[0] - across), y1=along + slope * (ends[1] - across), line=line,
        layer="below",
    )  # fmt: skip


def _add_levels(figure: go.Figure, found: ImportanceMap, frame: Frame, on: Canvas) -> None:
    """The competitor's performance as a diamond above or below ours; a target of its own as a tick."""
    rivals = [point for point in found.points if point.theirs is not None and point.theirs.value is not None]
    for point in rivals:
        line = {"color": on.colours.competitor, "width": 1, "dash": "2px,2px"}
        theirs, x = point.theirs.value if point.theirs else None, point.importance.value
        figure.add_shape(type="line", x0=x, x1=x, y0=point.performance.value, y1=theirs, line=line, layer="below")
    if rivals:
        figure.add_trace(
            go.Scatter(
                x=[p.importance.value for p in rivals], y=[p.theirs.value if p.theirs else None for p in rivals], mode="markers",
                cliponaxis=False, marker={"symbol": "diamond", "size": DOT - 1, "color": on.colours.competitor}, hoverinfo="text",
                hovertext=[f"<b>{plain(on.title(p.code))}</b><br>{value_and_margin(p.theirs, on)}" for p in rivals if p.theirs],
            )
        )  # fmt: skip
    if not found.one_level and found.cross == "target":
        half = (frame.x[1] - frame.x[0]) * 0.012
        for point in found.points:
            x, level = point.importance.value or 0.0, found.levels[point.code]
            figure.add_shape(type="line", x0=x - half, x1=x + half, y0=level, y1=level, line={"color": on.colours.ink, "width": 2})


def _add_movements(figure: go.Figure, moved: Sequence[Movement], found: ImportanceMap, on: Canvas) -> None:
    """An arrow from where a question stood to where it stands, in the colour of the verdict on its performance."""
    for each in moved:
        point = found.find(each.code)
        if point is None:
            continue
        figure.add_annotation(
            x=point.importance.value, y=point.performance.value, ax=each.importance_before, ay=each.performance_before,
            xref="x", yref="y", axref="x", ayref="y", showarrow=True, text="", arrowhead=2, arrowsize=0.9, arrowwidth=1.2,
            arrowcolor=on.colours.verdict(each.performance.verdict), standoff=7, opacity=0.5,
        )  # fmt: skip


_CORNERS: tuple[tuple[Field, int, int], ...] = (("improve", 1, 0), ("keep", 1, 1), ("low", 0, 0), ("overkill", 0, 1))


def _add_corners(figure: go.Figure, on: Canvas) -> None:
    corner = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": on.colours.muted}}
    for field, x, y in _CORNERS:
        anchors = {"xanchor": "right" if x else "left", "yanchor": "top" if y else "bottom"}
        figure.add_annotation(x=x, y=y, text=plain(field_name(field, on.language)), **anchors, **corner)
