"""Differences as rows: a bar from zero, its interval as a whisker, coloured only where zero can be ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from charts.kit.words import question_column
from words.language import translator
from words.shown_text import plotly_text as plain


@dataclass(frozen=True)
class Difference:
    """One row: its name, the difference in points, the two figures it is the difference of, and its verdict in words."""

    name: str
    estimate: Estimate
    words: str
    first: Estimate | None = None
    second: Estimate | None = None


def difference_figure(
    differences: Sequence[Difference],
    on: Canvas,
    *,
    name_header: str,
    difference_header: str,
    first_header: str = "",
    second_header: str = "",
    decimals: int = 1,
) -> go.Figure:
    """Rows in the order given; every estimate has a shown value."""
    _ = translator(on.language)
    names = [d.name for d in differences]
    colours = [on.colours.verdict(d.estimate.verdict) for d in differences]
    inks = [
        colour if d.estimate.verdict in ("higher", "lower") else on.colours.muted for d, colour in zip(differences, colours, strict=True)
    ]
    muted = [on.colours.muted] * len(names)
    words = [d.words for d in differences]
    right = [
        TextColumn(
            "",
            [value_and_margin(d.estimate, on, decimals, signed=True) for d in differences],
            96 + 18 * (decimals - 1),
            "right",
            inks,
            strong=not on.narrow,
        )
    ]
    if not on.narrow:
        if any(d.first for d in differences):
            right.insert(0, TextColumn(first_header, [_figure(d.first, on, decimals) for d in differences], 92, "right", muted))
            right.insert(1, TextColumn(second_header, [_figure(d.second, on, decimals) for d in differences], 92, "right", muted))
        right.append(TextColumn(_("Verdict"), words, name_width(words) + 4, "right", inks))
    left = [TextColumn(name_header, names, name_width(names, 130 if on.narrow else 250), strong=True)]
    figure = rows_figure(len(names), left, right, on, heading=difference_header)
    figure.update_xaxes(range=value_range([d.estimate for d in differences], [0.0]))
    guide(figure, 0.0, len(names), on, dashed=False)
    hover = [
        "<br>".join([f"<b>{plain(d.name)}</b>", value_and_margin(d.estimate, on, signed=True), plain(d.words), *_questions(d.estimate, on)])
        for d in differences
    ]
    rows = list(range(len(names)))
    soft = [blend(colour, on.colours.surface, 0.0 if d.estimate.marked else 0.62) for d, colour in zip(differences, colours, strict=True)]
    figure.add_trace(
        go.Bar(
            x=[d.estimate.value for d in differences],
            y=rows,
            orientation="h",
            width=0.46,
            hovertext=hover,
            hoverinfo="text",
            marker={
                "color": soft,
                "line": {"color": colours, "width": [1.5 if d.estimate.marked else 0 for d in differences]},
                "cornerradius": 2,
            },
        )
    )
    for row, (d, colour) in enumerate(zip(differences, colours, strict=True)):
        if d.estimate.low is not None and d.estimate.high is not None:
            figure.add_trace(
                go.Scatter(
                    x=[d.estimate.low, d.estimate.high], y=[row, row], mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"
                )
            )
    return figure


def difference_table(
    differences: Sequence[Difference], on: Canvas, *, name_header: str, first_header: str = "", second_header: str = ""
) -> pd.DataFrame:
    """The same rows at full precision."""
    _ = translator(on.language)
    rows = []
    for d in differences:
        row: dict[str, object] = {name_header: d.name}
        if d.first is not None or d.second is not None:
            row |= {first_header: d.first.value if d.first else None, second_header: d.second.value if d.second else None}
        row |= {
            _("Difference"): d.estimate.value,
            _("Lower end"): d.estimate.low,
            _("Upper end"): d.estimate.high,
            _("Verdict"): d.words,
            _("Adjusted p"): d.estimate.p_adjusted,
            _("Base"): d.estimate.n,
            _("Effective base"): d.estimate.n_eff,
        }
        rows.append(row)
    return pd.DataFrame(rows).assign(**question_column([d.estimate for d in differences], on.language))


def _questions(estimate: Estimate, on: Canvas) -> list[str]:
    return [plain(estimate.questions.told.text(on.language))] if estimate.questions else []


def _figure(estimate: Estimate | None, on: Canvas, decimals: int) -> str:
    return on.number(estimate.value, decimals) if estimate is not None and estimate.value is not None else ""
