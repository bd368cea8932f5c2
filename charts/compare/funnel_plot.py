"""The funnel plot: every group at its base, inside or outside of what chance explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.compare.funnel_limits import ACTION_LEVEL, WARNING_LEVEL, Funnel, FunnelPoint
from analysis.results.estimates import Estimate
from charts.kit.layout import DOT, Canvas, Chart, figure_for, round_ticks
from charts.kit.palette import see_through
from charts.kit.rows import shortened, text_width
from charts.kit.words import left_out, on_questions, question_column, unranked
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

_HEIGHT = 400
_MARGIN = {"l": 46, "r": 58, "t": 26, "b": 46}
#: Pixels between the axes on a desk and on a phone, about; only used to keep names apart.
_WIDE, _NARROW = 860, 250
_SIDES = (("middle right", 1, 0), ("middle left", -1, 0), ("top center", 0, 1), ("bottom center", 0, -1))


def funnel_plot(found: Funnel, on: Canvas) -> Chart:
    """Groups by base with the limits of 95 % and 99.8 %; coloured outside of 99.8 %, names where there is room, outer ones first.

    Rates are drawn in per cent. Hidden groups are left out and counted; a funnel without limits is an empty chart.
    """
    _ = translator(on.language)
    placed = [point for point in found.points if point.base is not None]
    title = (
        _("{indicator}: satisfaction rate by base") if found.measure == "rate" else _("{indicator}: score by base")
    ).format(indicator=on.title(found.code))  # fmt: skip
    if found.reason is not None or found.target is None:
        empty = found.reason.text(on.language) if found.reason else _("Nothing to show.")
        return Chart(title, empty, _("Nothing to show."), figure_for(on, _HEIGHT), pd.DataFrame())
    names = [on.value(found.dimension, point.estimate.keys[found.dimension]) for point in placed]
    times = 100.0 if found.measure == "rate" else 1.0
    figure = figure_for(on, _HEIGHT, margin=_MARGIN, hovermode="closest")
    ends = _ends(placed, found, times)
    _add_limits(figure, found, ends, times, on)
    _add_points(figure, placed, names, ends, times, found, on)
    unit = _("Satisfaction rate, %") if found.measure == "rate" else _("Score 0–100")
    base = _("Effective base") if found.measure == "rate" else _("Responses of the usual spread that its interval is worth")
    figure.update_xaxes(**round_ticks(*ends[0]), tickfont={"size": 12}, title={"text": plain(base), "font": {"size": 12}})
    figure.update_yaxes(**round_ticks(*ends[1]), tickfont={"size": 12}, showgrid=False)
    corner = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": on.colours.muted}}
    figure.add_annotation(x=0, y=1, xanchor="left", yanchor="bottom", text=plain(unit), **corner)
    return Chart(
        title, " ".join(_caption(found, placed, names, times, on)), _alt_text(placed, names, on), figure, _table(found, placed, names, on)
    )


def _ends(placed: Sequence[FunnelPoint], found: Funnel, times: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Axis ends: all groups, and of the limits as much as the smaller groups need."""
    bases = np.array([point.base for point in placed])
    values = [(point.estimate.value or 0.0) * times for point in placed]
    low, high = (limit * times for limit in found.limits(np.quantile(bases, [0.25]), ACTION_LEVEL))
    bottom, top = min([*values, float(low[0])]), max([*values, float(high[0])])
    pad = (top - bottom) * 0.07 or 1.0
    return (0.0, float(bases.max()) * 1.08), (bottom - pad, top + pad)


def _add_limits(figure: go.Figure, found: Funnel, ends: tuple[tuple[float, float], tuple[float, float]], times: float, on: Canvas) -> None:
    bases = np.linspace(0, 1, 120)[1:] ** 2 * ends[0][1]
    tint = on.colours.unclear
    for level, opacity in ((ACTION_LEVEL, 0.10), (WARNING_LEVEL, 0.14)):
        low, high = (np.clip(limit * times, *ends[1]) for limit in found.limits(bases, level))
        style = {
            "mode": "lines",
            "line": {"color": see_through(tint, 0.9), "width": 1, "dash": "4px,3px" if level == WARNING_LEVEL else "solid"},
        }
        figure.add_trace(go.Scatter(x=bases, y=low, hoverinfo="skip", **style))
        figure.add_trace(go.Scatter(x=bases, y=high, hoverinfo="skip", fill="tonexty", fillcolor=see_through(tint, opacity), **style))
        figure.add_annotation(
            x=1, xref="paper", y=float(high[-1]), xanchor="left", xshift=4, text=f"{100 * level:g}{on.percent_sign}", showarrow=False,
            font={"size": 11, "color": on.colours.muted},
        )  # fmt: skip
    target = (found.target or 0.0) * times
    figure.add_shape(type="line", x0=0, x1=ends[0][1], y0=target, y1=target, layer="below", line={"color": on.colours.muted, "width": 1.4})


def _add_points(
    figure: go.Figure,
    placed: Sequence[FunnelPoint],
    names: Sequence[str],
    ends: tuple[tuple[float, float], tuple[float, float]],
    times: float,
    found: Funnel,
    on: Canvas,
) -> None:
    _ = translator(on.language)
    values = [(point.estimate.value or 0.0) * times for point in placed]
    colours = [on.colours.verdict(point.estimate.verdict) for point in placed]
    sides = _sides(
        [point.base or 0.0 for point in placed],
        values,
        [abs(point.z or 0.0) for point in placed],
        names,
        (found.target or 0.0) * times,
        ends,
        on,
    )
    unit = " %" if found.measure == "rate" else ""
    figure.add_trace(
        go.Scatter(
            x=[point.base for point in placed],
            y=values,
            mode="markers+text",
            cliponaxis=False,
            text=[plain(shortened(name, 120)) if side else "" for name, side in zip(names, sides, strict=True)],
            textposition=[side or "middle right" for side in sides],
            textfont={"size": 12, "color": [c if p.outside == "99.8" else on.colours.ink for c, p in zip(colours, placed, strict=True)]},
            marker={
                "size": DOT + 1,
                "opacity": 1,
                "color": [on.colours.surface if p.estimate.marked else c for c, p in zip(colours, placed, strict=True)],
                "line": {"width": 2, "color": colours},
            },
            hovertext=[
                f"<b>{plain(name)}</b><br>{on.number(value)}{unit}<br>{plain(_('Effective base'))} {on.number(point.estimate.n_eff, 0)}"
                f"<br>z {on.number(point.z or 0.0, 1, signed=True)}"
                for name, value, point in zip(names, values, placed, strict=True)
            ],
            hoverinfo="text",
        )
    )


def _sides(
    bases: Sequence[float],
    values: Sequence[float],
    distance: Sequence[float],
    names: Sequence[str],
    target: float,
    ends: tuple[tuple[float, float], tuple[float, float]],
    on: Canvas,
) -> list[str]:
    """On which side of its dot each name stands, off dots and target; empty where there is no room, the farthest from the target first."""
    width, height = _NARROW if on.narrow else _WIDE, _HEIGHT - _MARGIN["t"] - _MARGIN["b"]
    (left, right), (bottom, top) = ends
    centres = [((x - left) / (right - left) * width, (y - bottom) / (top - bottom) * height) for x, y in zip(bases, values, strict=True)]
    line = (target - bottom) / (top - bottom) * height
    taken = [*((x - 6, x + 6, y - 6, y + 6) for x, y in centres), (0.0, float(width), line - 1, line + 1)]
    sides = [""] * len(names)
    for k in sorted(range(len(names)), key=lambda at: -distance[at]):
        x, y = centres[k]
        size = min(text_width(names[k], 12), 120)
        for side, across, up in _SIDES:
            middle = x + across * (size / 2 + 9)
            box = (middle - size / 2, middle + size / 2, y + up * 15 - 7, y + up * 15 + 7)
            inside = box[0] >= 0 and box[1] <= width and box[2] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for place, other in enumerate(taken) if place != k):
                sides[k] = side
                taken.append(box)
                break
    return sides


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _caption(found: Funnel, placed: Sequence[FunnelPoint], names: Sequence[str], times: float, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = [
        _("Line: all together, {value}. Dashed: 95 % of the groups lie inside by chance; solid: 99.8 %.").format(
            value=on.number((found.target or 0.0) * times)
        )
    ]
    if found.widening > 1:
        parts.append(_("The limits are {factor} times as wide as for pure chance.").format(factor=on.number(found.widening)))
    if any(point.estimate.marked for point in placed):
        parts.append(_("Hollow dot: small base, read with care."))
    every, shown = [point.estimate for point in found.points], [point.estimate for point in placed]
    return [*parts, *unranked(every, on.language), *on_questions(shown, names, on.language), *left_out(every, on.language)]


def _alt_text(placed: Sequence[FunnelPoint], names: Sequence[str], on: Canvas) -> str:
    _ = translator(on.language)
    parts = [_("Funnel plot of {n} groups.").format(n=len(placed))]
    for verdict, template in (("higher", _("Above the limits of 99.8 %: {names}.")), ("lower", _("Below the limits of 99.8 %: {names}."))):
        told = [name for name, point in zip(names, placed, strict=True) if point.estimate.verdict == verdict]
        parts += [template.format(names=listed(told, on.language))] if told else []
    return " ".join(parts if len(parts) > 1 else [*parts, _("All lie within the limits of 99.8 %.")])


def _table(found: Funnel, placed: Sequence[FunnelPoint], names: Sequence[str], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    rows: list[Estimate] = [entry for entry in found.in_points().estimates if entry.keys in [p.estimate.keys for p in placed]]
    limits = found.limits_in_points()
    groups = [limits[str(entry.keys[found.dimension])] for entry in rows]
    where = {"99.8": _("outside 99.8 %"), "95": _("between 95 % and 99.8 %"), None: _("inside")}
    return pd.DataFrame(
        {
            on.role_title(found.dimension): list(names),
            _("Value"): [entry.value for entry in rows],
            _("Limit 99.8 %, lower"): [group["99.8"][0] for group in groups],
            _("Limit 95 %, lower"): [group["95"][0] for group in groups],
            _("Limit 95 %, upper"): [group["95"][1] for group in groups],
            _("Limit 99.8 %, upper"): [group["99.8"][1] for group in groups],
            _("Distance z"): [point.z for point in placed],
            _("Place"): [where[point.outside] for point in placed],
            _("Base"): [entry.n for entry in rows],
            _("Effective base"): [entry.n_eff for entry in rows],
            **question_column(rows, on.language),
        }
    )
