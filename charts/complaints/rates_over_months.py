"""Complaints month by month: the rate (or number) with its interval, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.wave_order import follows, time_places
from analysis.results.estimates import Estimate, Result
from charts.kit.layout import Canvas, Chart, dots, figure_for, level_text, round_ticks, value_and_margin
from charts.kit.rows import value_range
from words.language import translator
from words.periods import wave_text
from words.shown_text import plotly_text as plain

_HEIGHT, _MOST_LABELS = 300, 12


def rates_over_months(found: Result, on: Canvas, *, title: str) -> Chart:
    """``found`` holds an estimate for each ``month``, a rate or a number, oldest first. The line breaks where a period is missing."""
    _ = translator(on.language)
    drawn = [e for e in found.estimates if e.value is not None]
    months = [str(e.keys["month"]) for e in drawn]
    at = time_places(months)
    figure = figure_for(on, _HEIGHT, margin={"l": 44, "r": 30, "t": 18, "b": 34}, hovermode="closest")
    low, high = value_range(drawn, [0.0], share=0.1)
    figure.update_yaxes(**round_ticks(max(low, 0.0), high), showgrid=True, gridcolor=on.colours.line, showticklabels=True)
    step = -(-len(months) // (4 if on.narrow else _MOST_LABELS)) or 1
    kept = [place for place in range(len(months)) if (len(months) - 1 - place) % step == 0]
    figure.update_xaxes(
        tickmode="array",
        tickangle=0,
        tickvals=[at[place] for place in kept],
        ticktext=[plain(wave_text(months[place], on.language)) for place in kept],
    )
    names = [wave_text(month, on.language) for month in months]
    ink = on.colours.lines[0]
    figure.add_traces([_line(drawn, months, at, ink), *_points(drawn, names, at, ink, on)])
    told = [f"{name} {value_and_margin(e, on, 2)}" for name, e in zip(names, drawn, strict=True)]
    ends = told if len(told) < 3 else [told[0], told[-1]]
    alt_text = _("Line over {n} months: {list}.").format(n=len(drawn), list=", ".join(ends)) if drawn else _("Nothing to show.")
    return Chart(
        title=title,
        caption=_("Bar: {level}% interval of a Poisson count.").format(level=level_text(found, on)),
        alt_text=alt_text,
        figure=figure,
        table=pd.DataFrame(
            {
                _("Month"): names,
                _("Value"): [e.value for e in drawn],
                _("Lower end"): [e.low for e in drawn],
                _("Upper end"): [e.high for e in drawn],
                _("Complaints"): [e.n for e in drawn],
            }
        ),
    )


def _line(drawn: Sequence[Estimate], months: Sequence[str], at: Sequence[float], ink: str) -> go.Scatter:
    """The line through the months, with a gap where one does not follow the other."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, e in enumerate(drawn):
        if place and not follows(months[place], months[place - 1]):
            x.append(None)
            y.append(None)
        x.append(at[place])
        y.append(e.value)
    return go.Scatter(x=x, y=y, mode="lines", line={"color": ink, "width": 1.5}, hoverinfo="skip")


def _points(drawn: Sequence[Estimate], names: Sequence[str], at: Sequence[float], ink: str, on: Canvas) -> list[go.Scatter]:
    hover = [f"<b>{plain(name)}</b><br>{value_and_margin(e, on, 2)}" for name, e in zip(names, drawn, strict=True)]
    points = dots(list(zip(at, drawn, strict=True)), [ink] * len(drawn), hover, on)
    points.update(x=points.y, y=points.x)
    bars = [e for e in drawn if e.low is not None and e.high is not None]
    points.error_y = {
        "type": "data",
        "symmetric": False,
        "array": [(e.high or 0.0) - (e.value or 0.0) for e in drawn],
        "arrayminus": [(e.value or 0.0) - (e.low or 0.0) for e in drawn],
        "color": ink,
        "thickness": 1.5,
        "width": 3,
    } if len(bars) == len(drawn) else None  # fmt: skip
    return [points]
