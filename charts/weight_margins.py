"""What a weighting does to the margins: each category's share before and after, with the share of the population it is to reach."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.weighting_report import MarginRow, WeightingReport
from analysis.weighting_targets import CategoryName, ColumnsName
from charts.layout import DOT, Canvas, Chart, plain
from charts.rows import TextColumn, name_width, rows_figure
from charts.words import listed
from survey_schema.language import translator

#: Shares that differ by less are the same on the screen.
_SAME = 5e-4
#: A category, or the columns of a margin as a heading.
_Row = MarginRow | tuple[str, ...]


def weight_margins(report: WeightingReport, on: Canvas) -> Chart:
    """One row a category under a heading for its margin: a grey dot before, a line to the dot after, an upright line at the target."""
    _ = translator(on.language)
    rows = _with_headings(report.margins)
    names = [_name(row, on) for row in rows]
    inks = [on.colours.ink if isinstance(row, MarginRow) else on.colours.muted for row in rows]
    left = [TextColumn("", names, name_width(names, 116 if on.narrow else 230), colours=inks)]
    figure = rows_figure(len(rows), left, _columns(rows, on), on)
    placed = [(at, row) for at, row in enumerate(rows) if isinstance(row, MarginRow)]
    shares = [share for _at, row in placed for share in (row.before, row.after, row.target)]
    figure.update_xaxes(range=[0, 1.06 * max(shares, default=1.0)])
    _draw(figure, placed, on)
    moved = sorted((row for _at, row in placed if abs(row.after - row.before) >= _SAME), key=lambda row: -abs(row.after - row.before))
    told = listed([f"{_name(row, on)} {_percent(row.before, on)} → {_percent(row.after, on)} %" for row in moved[:5]], on.language)
    return Chart(
        title=_("Shares before and after weighting"),
        caption=_(
            "Per cent of respondents. Grey dot: with the weights as stored; blue dot: with the new ones; upright line: the population."
        ),
        alt_text=_("Shares of {n} categories. Largest moves: {moves}.").format(n=len(placed), moves=told)
        if moved
        else _("Shares of {n} categories; none of them moves.").format(n=len(placed)),
        figure=figure,
        table=_table([row for _at, row in placed], on),
    )


def _with_headings(margins: Sequence[MarginRow]) -> list[_Row]:
    """The rows, largest target first within each margin, with the columns of a margin before its categories."""
    rows: list[_Row] = []
    largest_first = sorted(margins, key=lambda row: -row.target)
    for columns in dict.fromkeys(row.columns for row in margins):
        rows += [columns, *(row for row in largest_first if row.columns == columns)]
    return rows


def _name(row: _Row, on: Canvas) -> str:
    if isinstance(row, MarginRow):
        return CategoryName(row.columns, row.category, on.schema).text(on.language)
    return ColumnsName(row, on.schema).text(on.language)


def _columns(rows: Sequence[_Row], on: Canvas) -> list[TextColumn]:
    _ = translator(on.language)
    width = 54 if on.narrow else 76

    def texts(share: str) -> list[str]:
        return [_percent(getattr(row, share), on) if isinstance(row, MarginRow) else "" for row in rows]

    muted = [on.colours.muted] * len(rows)
    columns = [
        TextColumn(_("Before"), texts("before"), width, "right", muted),
        TextColumn(_("After"), texts("after"), width, "right", strong=True),
    ]
    if on.narrow:
        return columns
    counts = [on.number(row.n, 0) if isinstance(row, MarginRow) else "" for row in rows]
    return [*columns, TextColumn(_("Target"), texts("target"), width, "right"), TextColumn(_("Responses"), counts, 96, "right", muted)]


def _draw(figure: go.Figure, placed: Sequence[tuple[int, MarginRow]], on: Canvas) -> None:
    colours = on.colours
    hover = [f"<b>{plain(_name(row, on))}</b><br>{_percent(row.before, on)} → {_percent(row.after, on)} %" for _at, row in placed]
    for at, row in placed:
        figure.add_shape(type="line", x0=row.before, x1=row.after, y0=at, y1=at, line={"color": colours.unclear, "width": 2}, layer="below")
    marks = (
        ([row.target for _at, row in placed], {"symbol": "line-ns-open", "size": 17, "color": colours.ink, "line": {"width": 1.5}}),
        ([row.before for _at, row in placed], {"size": DOT, "color": colours.unclear}),
        ([row.after for _at, row in placed], {"size": DOT, "color": colours.ours}),
    )
    for values, marker in marks:
        figure.add_trace(
            go.Scatter(
                x=values, y=[at for at, _row in placed], mode="markers", marker=marker, hovertext=hover, hoverinfo="text", cliponaxis=False
            )
        )


def _percent(share: float, on: Canvas) -> str:
    return on.number(100 * share, 1)


def _table(rows: Sequence[MarginRow], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            _("Margin"): [ColumnsName(row.columns, on.schema).text(on.language) for row in rows],
            _("Category"): [_name(row, on) for row in rows],
            _("Responses"): [row.n for row in rows],
            _("Before (%)"): [100 * row.before for row in rows],
            _("Target (%)"): [100 * row.target for row in rows],
            _("After (%)"): [100 * row.after for row in rows],
        }
    )
