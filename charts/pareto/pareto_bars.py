"""Pareto chart in rows: causes from most to least, a bar for the share of each and a line for the cumulative share, on one axis."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from analysis.pareto.estimate_pareto import Pareto, ParetoRow
from charts.kit.layout import Canvas, Chart
from charts.kit.palette import see_through
from charts.kit.rows import TextColumn, guide, name_width, rows_figure
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

Name = Callable[[str | None], str]


def pareto_bars(found: Pareto, on: Canvas, *, title: str, name: Name, name_header: str, vital_share: float) -> Chart:
    """The causes of one chart; ``name`` gives their titles. The base is our own sum and stands in the caption; leftovers stand last, pale.

    Bars and line share the axis from 0 to 100 %; ``vital_share`` (0-1) is the dashed line the vital few reach.
    """
    _ = translator(on.language)
    rows = found.rows
    names = [name(row.cause) for row in rows]
    amounts = [on.number(row.amount, 0) for row in rows]
    shares = [on.percent(row.share.value or 0.0) for row in rows]
    muted = [on.colours.muted] * len(rows)
    right = [TextColumn("", shares, 70, "right", strong=True)]
    if not on.narrow:
        measured = _("Cases") if found.measure == "count" else _("Weight of the cases")
        together = [on.percent(row.cumulative.value or 0.0) for row in rows]
        right = [TextColumn(measured, amounts, 92, "right", muted), *right, TextColumn(_("Cumulative"), together, 92, "right", muted)]
    left = [TextColumn(name_header, names, name_width(names, 120 if on.narrow else 230))]
    figure = rows_figure(len(rows), left, right, on)
    figure.update_xaxes(range=[0, 103])
    if rows:
        guide(figure, 100 * vital_share, len(rows), on)
        figure.add_traces([_bars(rows, names, on), _line(rows, names, on)])
    return Chart(
        title=title,
        caption=" ".join(_caption(found, vital_share, on)),
        alt_text=_alt_text(found, names, on),
        figure=figure,
        table=_table(found, names, name_header, on),
    )


def _bars(rows: tuple[ParetoRow, ...], names: list[str], on: Canvas) -> go.Bar:
    ink = on.colours.lines[0]
    return go.Bar(
        x=[row.share.value for row in rows],
        y=list(range(len(rows))),
        orientation="h",
        width=0.6,
        marker={"color": [ink if row.vital else see_through(ink, 0.25 if row.leftover else 0.5) for row in rows], "line": {"width": 0}},
        hovertext=[
            f"<b>{plain(name)}</b><br>{on.percent(row.share.value or 0.0)} ({on.number(row.count, 0)})"
            for name, row in zip(names, rows, strict=True)
        ],
        hoverinfo="text",
    )


def _line(rows: tuple[ParetoRow, ...], names: list[str], on: Canvas) -> go.Scatter:
    return go.Scatter(
        x=[row.cumulative.value for row in rows],
        y=list(range(len(rows))),
        mode="lines+markers",
        line={"color": on.colours.muted, "width": 1.5},
        marker={"color": on.colours.muted, "size": 6},
        hovertext=[
            f"{plain(name)}<br>{plain(on.percent(row.cumulative.value or 0.0))}" for name, row in zip(names, rows, strict=True)
        ],
        hoverinfo="text",
    )  # fmt: skip


def _caption(found: Pareto, vital_share: float, on: Canvas) -> list[str]:
    _ = translator(on.language)
    base = on.number(found.base, 0)
    parts = [_("Base: {base} cases, added up here.").format(base=base)]
    if found.reason is None:
        share = on.percent(100 * vital_share, 0)
        parts.append(_("Bars: share of each cause; line: cumulative share; dashed: {share}.").format(share=share))
    if any(row.vital for row in found.rows):
        parts.append(_("Strong bars: the vital few."))
    if any(row.leftover for row in found.rows):
        parts.append(_("Pale at the end: without a named cause."))
    if found.small_base:
        parts.append(_("Few cases: shares are uncertain."))
    return parts


def _alt_text(found: Pareto, names: list[str], on: Canvas) -> str:
    _ = translator(on.language)
    if not found.rows:
        return _("Nothing to show.")
    told = [f"{name} {on.percent(row.share.value or 0.0)}" for name, row in zip(names, found.rows, strict=True)]
    return _("Pareto chart of {base} cases. {list}.").format(base=on.number(found.base, 0), list=listed(told, on.language))


def _table(found: Pareto, names: list[str], name_header: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    rows = found.rows
    weights = {_("Weight of the cases"): [row.amount for row in rows]} if found.measure == "weight" else {}
    return pd.DataFrame(
        {
            name_header: names,
            _("Cases"): [row.count for row in rows],
            **weights,
            _("Share in %"): [row.share.value for row in rows],
            _("Lower end"): [row.share.low for row in rows],
            _("Upper end"): [row.share.high for row in rows],
            _("Cumulative share in %"): [row.cumulative.value for row in rows],
            _("One of the vital few"): [_("yes") if row.vital else "" for row in rows],
        }
    )
