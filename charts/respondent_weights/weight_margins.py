"""What a weighting does to the margins: each category's share before and after, with the share of the population it is to reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.respondent_weights.weighting_report import MarginRow, WeightingReport
from analysis.respondent_weights.weighting_targets import CategoryName, ColumnsName
from charts.kit.layout import DOT, Canvas, Chart
from charts.kit.rows import TextColumn, name_width, rows_figure
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: Shares that differ by less are the same on the screen.
_SAME = 5e-4
#: A category, or the columns of a margin as a heading.
_Row = MarginRow | tuple[str, ...]


def weight_margins(report: WeightingReport, on: Canvas) -> Chart:
    """One row a category under a heading for its margin: a hollow dot for the responses as they came, a grey one for the weights as
    stored, a line from there to the blue dot for the new ones, and an upright line where the population is."""
    _ = translator(on.language)
    rows = _with_headings(report.margins)
    names = [_name(row, on) for row in rows]
    inks = [on.colours.ink if isinstance(row, MarginRow) else on.colours.muted for row in rows]
    left = [TextColumn("", names, name_width(names, 116 if on.narrow else 250), colours=inks)]
    given = report.given.varies
    unweighted = report.unweighted_share
    figure = rows_figure(len(rows), left, _columns(rows, unweighted, given, on), on)
    placed = [(at, row) for at, row in enumerate(rows) if isinstance(row, MarginRow)]
    shares = [share for _at, row in placed for share in (row.before, row.after, row.target, unweighted(row))]
    figure.update_xaxes(range=[0, 1.06 * max(shares, default=1.0)])
    _draw(figure, placed, unweighted, given, on)
    moved = sorted(
        (row for _at, row in placed if abs(row.after - unweighted(row)) >= _SAME), key=lambda row: -abs(row.after - unweighted(row))
    )
    told = listed(
        [f"{_name(row, on)} {_percent(unweighted(row), on)} → {_percent(row.after, on)}{on.percent_sign}" for row in moved[:5]], on.language
    )
    return Chart(
        title=_("Shares before and after weighting"),
        caption=" ".join(
            [
                _("Per cent of respondents. Hollow: unweighted; blue: with the new weights; upright line: the population."),
                *([_("Grey: with the weights as stored.")] if given else []),
            ]
        ),
        alt_text=_("Shares of {n} categories. Largest moves: {moves}.").format(n=len(placed), moves=told)
        if moved
        else _("Shares of {n} categories; none of them moves.").format(n=len(placed)),
        figure=figure,
        table=_table([row for _at, row in placed], unweighted, on),
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


def _columns(rows: Sequence[_Row], unweighted: Callable[[MarginRow], float], given: bool, on: Canvas) -> list[TextColumn]:
    _ = translator(on.language)

    def column(header: str, share: Callable[[MarginRow], float], width: int, *, strong: bool = False) -> TextColumn:
        texts = [_percent(share(row), on) if isinstance(row, MarginRow) else "" for row in rows]
        return TextColumn(header, texts, width, "right", () if strong else [on.colours.muted] * len(rows), strong)

    if on.narrow:
        return [column(_("Unweighted"), unweighted, 84), column(_("New"), lambda row: row.after, 52, strong=True)]
    counts = [on.number(row.n, 0) if isinstance(row, MarginRow) else "" for row in rows]
    return [
        column(_("Unweighted"), unweighted, 96),
        *([column(_("As stored"), lambda row: row.before, 88)] if given else []),
        column(_("New"), lambda row: row.after, 76, strong=True),
        column(_("Population share"), lambda row: row.target, 130),
        TextColumn(_("Responses"), counts, 96, "right", [on.colours.muted] * len(rows)),
    ]


def _draw(
    figure: go.Figure, placed: Sequence[tuple[int, MarginRow]], unweighted: Callable[[MarginRow], float], given: bool, on: Canvas
) -> None:
    colours = on.colours
    hover = [
        f"<b>{plain(_name(row, on))}</b><br>{_percent(unweighted(row), on)} → {_percent(row.after, on)}{on.percent_sign}"
        for _at, row in placed
    ]
    line = {"color": colours.unclear, "width": 2}
    for at, row in placed:
        figure.add_shape(type="line", x0=unweighted(row), x1=row.after, y0=at, y1=at, line=line, layer="below")
    hollow = {"size": DOT, "color": colours.surface, "line": {"width": 2, "color": colours.unclear}}
    marks = [
        ([row.target for _at, row in placed], {"symbol": "line-ns-open", "size": 17, "color": colours.ink, "line": {"width": 1.5}}),
        ([unweighted(row) for _at, row in placed], hollow),
        *([([row.before for _at, row in placed], {"size": DOT, "color": colours.unclear})] if given else []),
        ([row.after for _at, row in placed], {"size": DOT, "color": colours.ours}),
    ]
    for values, marker in marks:
        figure.add_trace(
            go.Scatter(
                x=values, y=[at for at, _row in placed], mode="markers", marker=marker, hovertext=hover, hoverinfo="text", cliponaxis=False
            )
        )


def _percent(share: float, on: Canvas) -> str:
    return on.number(100 * share, 1)


def _table(rows: Sequence[MarginRow], unweighted: Callable[[MarginRow], float], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            _("Margin"): [ColumnsName(row.columns, on.schema).text(on.language) for row in rows],
            _("Category"): [_name(row, on) for row in rows],
            _("Responses"): [row.n for row in rows],
            _("Unweighted (%)"): [100 * unweighted(row) for row in rows],
            _("As stored (%)"): [100 * row.before for row in rows],
            _("New (%)"): [100 * row.after for row in rows],
            _("Population share (%)"): [100 * row.target for row in rows],
        }
    )
