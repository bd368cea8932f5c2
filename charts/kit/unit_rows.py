"""Rows of figures on a scale of their own, such as 0 to 1: a dot with its interval, a dashed line where a limit lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure
from words.shown_text import plotly_text as plain


def unit_rows(
    names: Sequence[str],
    estimates: Sequence[Estimate | None],
    colours: Sequence[str],
    right: Sequence[TextColumn],
    on: Canvas,
    *,
    heading: str,
    guide_at: float | None = None,
    most_name: int = 0,
    ends: tuple[float, float] | None = None,
    text: Callable[[Estimate], str] | None = None,
) -> go.Figure:
    """Rows of figures that live between 0 and 1 (or ``ends``), with dots and intervals; rows without a figure stay empty."""
    left = [TextColumn("", names, name_width(names, most_name or (150 if on.narrow else 210)), strong=True)]
    figure = rows_figure(len(names), left, right, on, heading="" if on.narrow else heading)
    placed = [(float(row), e) for row, e in enumerate(estimates) if e is not None and e.value is not None]
    inks = [c for c, e in zip(colours, estimates, strict=True) if e is not None and e.value is not None]
    labels = [n for n, e in zip(names, estimates, strict=True) if e is not None and e.value is not None]
    hover = [
        f"<b>{plain(n)}</b><br>{plain(text(e) if text else value_and_margin(e, on, 2))}"
        for n, (_row, e) in zip(labels, placed, strict=True)
    ]
    low = min([0.0, *(e.low if e.low is not None else 0.0 for _row, e in placed)])
    high = max([1.0, *(e.high if e.high is not None else 1.0 for _row, e in placed)])
    figure.update_xaxes(range=ends or (low - 0.02, high + 0.02))
    if guide_at is not None:
        guide(figure, guide_at, len(names), on)
    figure.add_traces([interval_bars(placed, inks), dots(placed, inks, hover, on)])
    return figure
