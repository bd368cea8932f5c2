"""The importance–performance map: how much a construct or question moves satisfaction against how good it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.measurement.measurement_levels import read_map
from analysis.measurement.path_model_result import ImportancePoint
from charts.kit.layout import DOT, Canvas, Chart, figure_for, round_ticks, value_and_margin
from charts.kit.rows import shortened, text_width
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

_HEIGHT = 430
#: Pixels between the axes on a desk and on a phone, about; only used to keep labels apart.
_WIDE, _NARROW = 860, 270
#: Beside the dot and off its height, so that the bar of the interval does not strike the name through.
_SIDES = (("top right", 1, 1), ("bottom right", 1, -1), ("top left", -1, 1), ("bottom left", -1, -1))


@dataclass(frozen=True)
class _Frame:
    """Ranges of both axes."""

    x: tuple[float, float]
    y: tuple[float, float]


def importance_performance(points: Sequence[ImportancePoint], on: Canvas, *, names: Sequence[str], target: str, title: str) -> Chart:
    """The map with both intervals. Bottom right of the cross-hair: important and low, the weak spots, drawn in red."""
    _ = translator(on.language)
    frame = _frame(points)
    reading = read_map(points)
    weak = reading.weak
    colours = [on.colours.worse if flag else on.colours.ours for flag in weak]
    figure = figure_for(on, _HEIGHT, margin={"l": 44, "r": 16, "t": 12, "b": 46})
    importance = plain(_("Importance: points of {target} per point").format(target=target))
    figure.update_xaxes(**round_ticks(*frame.x), title={"text": importance, "font": {"size": 12}}, tickfont={"size": 12})
    figure.update_yaxes(**round_ticks(*frame.y), tickfont={"size": 12})
    cross = {"type": "line", "line": {"color": on.colours.unclear, "width": 1.2, "dash": "4px,4px"}, "layer": "below"}
    figure.add_shape(x0=reading.mean_importance, x1=reading.mean_importance, y0=frame.y[0], y1=frame.y[1], **cross)
    figure.add_shape(x0=frame.x[0], x1=frame.x[1], y0=reading.mean_performance, y1=reading.mean_performance, **cross)
    corner = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": on.colours.muted}}
    figure.add_annotation(x=1, y=0, xanchor="right", yanchor="bottom", text=plain(_("improve first")), **corner)
    figure.add_annotation(x=1, y=1, xanchor="right", yanchor="top", text=plain(_("keep up")), **corner)
    figure.add_annotation(x=0, y=1, xanchor="left", yanchor="top", text=plain(_("Performance 0–100")), **corner)
    _add_intervals(figure, points, colours)
    sides = _sides(points, names, frame, on)
    limit = 120 if on.narrow else 200
    figure.add_trace(
        go.Scatter(
            x=[p.importance.value for p in points],
            y=[p.performance.value for p in points],
            mode="markers+text",
            text=[plain(shortened(name, limit)) if side else "" for name, side in zip(names, sides, strict=True)],
            textposition=[side or "top right" for side in sides],
            textfont={"size": 12, "color": [on.colours.worse if flag else on.colours.ink for flag in weak]},
            cliponaxis=False,
            marker={"size": DOT + 1, "color": colours, "opacity": 1},
            hovertext=[
                f"<b>{plain(n)}</b><br>{plain(_('Importance'))} {value_and_margin(p.importance, on, 3)}"
                f"<br>{plain(_('Performance'))} {value_and_margin(p.performance, on)}"
                for n, p in zip(names, points, strict=True)
            ],
            hoverinfo="text",
        )
    )
    first = sorted(((p.importance.value or 0.0, n) for p, n, flag in zip(points, names, weak, strict=True) if flag), reverse=True)
    weak_names = listed([name for _value, name in first], on.language)
    sentence = (
        _("Important and low: {names}.").format(names=weak_names)
        if first
        else _("Nothing is both more important and lower than the average.")
    )
    return Chart(
        title=title,
        caption=sentence + " " + _("Cross-hair: the mean of all points; bars: intervals on both axes."),
        alt_text=sentence,
        figure=figure,
        table=pd.DataFrame(
            {
                _("Name"): list(names),
                _("Importance"): [p.importance.value for p in points],
                _("Importance, lower end"): [p.importance.low for p in points],
                _("Importance, upper end"): [p.importance.high for p in points],
                _("Performance"): [p.performance.value for p in points],
                _("Performance, lower end"): [p.performance.low for p in points],
                _("Performance, upper end"): [p.performance.high for p in points],
                _("Base"): [p.performance.n for p in points],
            }
        ),
    )


def _frame(points: Sequence[ImportancePoint]) -> _Frame:
    xs, ys = [p.importance.value or 0.0 for p in points], [p.performance.value or 0.0 for p in points]
    ends_x = [end for p in points for end in (p.importance.low, p.importance.high) if end is not None] + xs
    ends_y = [end for p in points for end in (p.performance.low, p.performance.high) if end is not None] + ys
    pad_x, pad_y = (max(ends_x) - min(ends_x)) * 0.12 or 0.1, (max(ends_y) - min(ends_y)) * 0.1 or 1.0
    return _Frame((min(ends_x) - pad_x, max(ends_x) + pad_x), (min(ends_y) - pad_y, max(ends_y) + pad_y))


def _add_intervals(figure: go.Figure, points: Sequence[ImportancePoint], colours: Sequence[str]) -> None:
    """Thin bars for both intervals behind the dots."""
    for point, colour in zip(points, colours, strict=True):
        across, along = point.importance, point.performance
        line = {"color": colour, "width": 3}
        if across.low is not None and across.high is not None:
            figure.add_shape(
                type="line", x0=across.low, x1=across.high, y0=along.value, y1=along.value, line=line, opacity=0.28, layer="below"
            )
        if along.low is not None and along.high is not None:
            figure.add_shape(
                type="line", x0=across.value, x1=across.value, y0=along.low, y1=along.high, line=line, opacity=0.28, layer="below"
            )


def _sides(points: Sequence[ImportancePoint], names: Sequence[str], frame: _Frame, on: Canvas) -> list[str]:
    """On which side of its dot each name stands; empty where there is no room, most important points first."""
    width, height = (_NARROW if on.narrow else _WIDE), _HEIGHT - 58
    centres = [
        (
            ((p.importance.value or 0.0) - frame.x[0]) / (frame.x[1] - frame.x[0]) * width,
            ((p.performance.value or 0.0) - frame.y[0]) / (frame.y[1] - frame.y[0]) * height,
        )
        for p in points
    ]
    taken = [(x - 7, x + 7, y - 7, y + 7) for x, y in centres]
    sides = [""] * len(points)
    for k in sorted(range(len(points)), key=lambda at: -(points[at].importance.value or 0.0)):
        x, y = centres[k]
        size = min(text_width(names[k], 12), 120 if on.narrow else 200)
        for side, right, up in _SIDES:
            middle = x + right * (size / 2 + 6)
            box = (middle - size / 2, middle + size / 2, y + up * 14 - 8, y + up * 14 + 8)
            inside = box[0] >= 0 and box[1] <= width and box[2] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken if other != taken[k]):
                sides[k] = side
                taken.append(box)
                break
    return sides


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
