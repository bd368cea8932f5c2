"""Who answered against who the customers are: a row a group, its share of respondents with interval, its share of customers as a mark."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.data_quality.response_profile import ProfileColumn, ProfileRow
from analysis.results.sentences import p_equals_text
from charts.kit.layout import Canvas, Chart, dots, interval_bars
from charts.kit.rows import TextColumn, name_width, rows_figure
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def profile_against_population(found: ProfileColumn, on: Canvas, *, weighted: bool, order: Sequence[str] = ()) -> Chart:
    """The groups in the order given (others by size). ``weighted``: the respondent weights differ, so weighted shares say something.

    Nothing is hidden: these are numbers of respondents, not what they answered.
    """
    _ = translator(on.language)
    place = {value: number for number, value in enumerate(order)}
    rows = sorted(found.rows, key=lambda row: (place.get(row.value, len(place)), -row.customers))
    names = [on.value(found.column, row.value) for row in rows]
    colours = [_colour(row, on) for row in rows]
    muted = [on.colours.muted] * len(rows)
    counts = [f"{on.number(row.share.n, 0)} / {on.number(row.expected, 0)}" for row in rows]
    right = [TextColumn("n" if on.narrow else _("Respondents / by customers"), counts, 100 if on.narrow else 186, "right")]
    if not on.narrow:
        if weighted:
            right.append(TextColumn(_("Weighted"), [on.percent(100 * row.weighted) for row in rows], 84, "right", muted))
        right.append(TextColumn(_("Verdict"), [_word(row, on) for row in rows], 118, "right", colours))
    figure = rows_figure(
        len(rows), [TextColumn(on.role_title(found.column), names, name_width(names, 110 if on.narrow else 190), strong=True)], right, on,
        heading=_("Share of respondents (dot) and of customers (mark)"),
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1.08 * max(max(row.share.high or 0.0, row.customers) for row in rows)])
    placed = [(float(number), row.share) for number, row in enumerate(rows)]
    hover = [
        f"<b>{plain(name)}</b><br>"
        + _("respondents {share} %, customers {customers} %").format(
            share=on.number(100 * (row.share.value or 0.0)), customers=on.number(100 * row.customers)
        )
        for name, row in zip(names, rows, strict=True)
    ]
    figure.add_trace(_marks(rows, on))
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    return Chart(
        title=_("{column}: respondents against customers").format(column=on.role_title(found.column)),
        caption=_caption(found, weighted, on),
        alt_text=_alt_text(names, rows, on),
        figure=figure,
        table=_table(names, rows, found, weighted, on),
    )


def _marks(rows: Sequence[ProfileRow], on: Canvas) -> go.Scatter:
    marker = {"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": on.colours.ink}}
    return go.Scatter(x=[row.customers for row in rows], y=list(range(len(rows))), mode="markers", marker=marker, hoverinfo="skip")


def _colour(row: ProfileRow, on: Canvas) -> str:
    """Too few is what has to be mended; too many is only noted."""
    return {"lower": on.colours.worse, "higher": on.colours.better}.get(row.share.verdict or "", on.colours.muted)


def _word(row: ProfileRow, on: Canvas) -> str:
    _ = translator(on.language)
    return {"lower": _("too few"), "higher": _("many")}.get(row.share.verdict or "", _("about right"))


def _caption(found: ProfileColumn, weighted: bool, on: Canvas) -> str:
    _ = translator(on.language)
    parts = [_("{share} % of the respondents would have to be elsewhere.").format(share=on.number(100 * found.fit.dissimilarity))]
    if weighted:
        parts.append(_("Weighted: {share} %.").format(share=on.number(100 * found.weighted_fit.dissimilarity)))
    parts.append(f"χ² = {on.number(found.fit.chi2)}, df {on.number(found.fit.df, 0)}, {p_equals_text(found.fit.p, on.language)}.")
    if found.unknown_customers:
        names = listed([on.value(found.column, value) for value in found.unknown_customers[:5]], on.language)
        parts.append(_("Without customers in the population sheet, so left out: {names}.").format(names=names))
    return " ".join(parts)


def _alt_text(names: Sequence[str], rows: Sequence[ProfileRow], on: Canvas) -> str:
    _ = translator(on.language)
    told = [
        f"{name}: {on.percent(100 * (row.share.value or 0.0))} / {on.percent(100 * row.customers)}"
        for name, row in zip(names, rows, strict=True)
    ]
    return _("Shares of respondents and of customers. {list}.").format(list=listed(told, on.language))


def _table(names: Sequence[str], rows: Sequence[ProfileRow], found: ProfileColumn, weighted: bool, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    columns: dict[str, list[object]] = {
        on.role_title(found.column): list(names),
        _("Respondents"): [row.share.n for row in rows],
        _("Expected by customers"): [row.expected for row in rows],
        _("Share of respondents, %"): [100 * (row.share.value or 0.0) for row in rows],
        _("Lower end"): [100 * (row.share.low or 0.0) for row in rows],
        _("Upper end"): [100 * (row.share.high or 0.0) for row in rows],
    }
    if weighted:
        columns[_("Weighted share, %")] = [100 * row.weighted for row in rows]
    return pd.DataFrame(
        columns
        | {
            _("Share of customers, %"): [100 * row.customers for row in rows],
            _("Respondents' share over customers'"): [row.ratio for row in rows],
            _("Adjusted p"): [row.share.p_adjusted for row in rows],
            _("Verdict"): [_word(row, on) for row in rows],
        }
    )
