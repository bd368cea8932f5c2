"""Better and worse: how much satisfaction a feature brings where it is there, and how much it costs where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.sentence import class_name
from analysis.results.estimates import Estimate
from charts.kano.class_bars import class_colour
from charts.kit.layout import DOT, Canvas, Chart, figure_for, round_ticks, value_and_margin
from charts.kit.rows import shortened
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

_HEIGHT = 430


def better_worse(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str]) -> Chart:
    """Features of one group by their two coefficients, both 0–100, with intervals; quarters are the classes. Hidden ones are left out."""
    _ = translator(on.language)
    rows = [each for each in features if each.better.value is not None and each.worse.value is not None]
    names = [titles[each.code] for each in rows]
    figure = figure_for(on, _HEIGHT, margin={"l": 40, "r": 16, "t": 12, "b": 46})
    across = {"text": plain(_("Worse: dissatisfaction where it is missing, %")), "font": {"size": 12}}
    figure.update_xaxes(**round_ticks(0, 100, most=4 if on.narrow else 6), title=across, tickfont={"size": 12})
    figure.update_yaxes(**round_ticks(0, 100), tickfont={"size": 12})
    _add_quarters(figure, on)
    for each in rows:
        colour = class_colour(each.kind, on) if each.kind else on.colours.unclear
        lost = _turned(each.worse)
        line = {"type": "line", "line": {"color": colour, "width": 3}, "opacity": 0.5, "layer": "below"}
        figure.add_shape(x0=lost.low, x1=lost.high, y0=each.better.value, y1=each.better.value, **line)
        figure.add_shape(x0=lost.value, x1=lost.value, y0=each.better.low, y1=each.better.high, **line)
    figure.add_trace(
        go.Scatter(
            x=[-(each.worse.value or 0.0) for each in rows],
            y=[each.better.value for each in rows],
            mode="markers+text",
            text=[plain(shortened(name, 90 if on.narrow else 160)) for name in names] if len(rows) <= _most_named(on) else None,
            textposition=["top left" if (each.worse.value or 0.0) < -60 else "top right" for each in rows],
            textfont={"size": 12, "color": on.colours.ink},
            cliponaxis=False,
            marker={
                "size": DOT + 1,
                "opacity": 1,
                "color": [on.colours.surface if each.better.marked or not each.kind else class_colour(each.kind, on) for each in rows],
                "line": {"width": 2, "color": [class_colour(each.kind, on) if each.kind else on.colours.unclear for each in rows]},
            },
            hovertext=[_hover(each, name, on) for each, name in zip(rows, names, strict=True)],
            hoverinfo="text",
        )
    )
    told = [
        f"{name} {on.number(each.better.value or 0.0, 0)} / {on.number(each.worse.value or 0.0, 0)}"
        for name, each in zip(names, rows, strict=True)
    ]
    return Chart(
        title=_("Better and worse"),
        caption=_(
            "Up: better, per cent of respondents whom the feature would please; right: worse, per cent whom its absence would annoy. Bars: "
            "intervals. Dots have the colour of their class."
        ),
        alt_text=_("Better and worse of {n} features: {list}.").format(n=len(rows), list=listed(told, on.language, 8)),
        figure=figure,
        table=_table(rows, names, on),
    )


def _most_named(on: Canvas) -> int:
    return 6 if on.narrow else 14


def _turned(worse: Estimate) -> Estimate:
    return worse._replace(
        value=-(worse.value or 0.0), low=None if worse.high is None else -worse.high, high=None if worse.low is None else -worse.low
    )


def _hover(each: KanoFeature, name: str, on: Canvas) -> str:
    _ = translator(on.language)
    return (
        f"<b>{plain(name)}</b><br>{plain(_('Better'))} {value_and_margin(each.better, on)}"
        f"<br>{plain(_('Worse'))} {value_and_margin(each.worse, on)}"
    )


def _add_quarters(figure: go.Figure, on: Canvas) -> None:
    cross = {"type": "line", "line": {"color": on.colours.unclear, "width": 1.2, "dash": "4px,4px"}, "layer": "below"}
    figure.add_shape(x0=50, x1=50, y0=0, y1=100, **cross)
    figure.add_shape(x0=0, x1=100, y0=50, y1=50, **cross)
    corner = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": on.colours.muted}}
    for name, x, y in (("M", 1, 0), ("O", 1, 1), ("I", 0, 0), ("A", 0, 1)):
        anchors = {"xanchor": "right" if x else "left", "yanchor": "top" if y else "bottom"}
        figure.add_annotation(x=x, y=y, text=plain(class_name(name, on.language)), **anchors, **corner)  # type: ignore[arg-type]


def _table(rows: Sequence[KanoFeature], names: Sequence[str], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {_("Feature"): list(names)}
    for title, entries in ((_("Better"), [each.better for each in rows]), (_("Worse"), [each.worse for each in rows])):
        table |= {
            title: [entry.value for entry in entries],
            _("{figure}: lower end").format(figure=title): [entry.low for entry in entries],
            _("{figure}: upper end").format(figure=title): [entry.high for entry in entries],
        }
    table[_("Base")] = [each.better.n for each in rows]
    return pd.DataFrame(table)
