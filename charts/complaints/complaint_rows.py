"""Complaints in rows: the rate (or number) of each branch, class or cause with its interval, and how it compares with the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.results.estimates import Estimate, Result
from charts.kit.layout import Canvas, Chart, dots, interval_bars, level_text, value_and_margin
from charts.kit.rows import TextColumn, name_width, rows_figure, value_range
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

Name = Callable[[str | None], str]


def complaint_rows(
    found: Result, dimension: str, on: Canvas, *, title: str, name: Name, name_header: str, compared: Result | None = None
) -> Chart:
    """``found`` holds a rate or a number for each value of ``dimension``, most first; ``compared`` the ratio of each to the rest.

    More complaints than the rest are drawn as worse, fewer as better, by the adjusted p. Groups without a figure are left out and named.
    """
    _ = translator(on.language)
    drawn = sorted((e for e in found.estimates if e.value is not None), key=lambda e: -(e.value or 0.0))
    ratios = [_ratio(compared, e, dimension) for e in drawn]
    names = [name(e.keys[dimension]) for e in drawn]
    colours = [_colour(ratio, on) for ratio in ratios]
    words = [more_or_fewer(ratio.verdict if ratio else None, on) for ratio in ratios]
    right = [TextColumn("", [_number(e, on) for e in drawn], 70, "right", strong=True)]
    if not on.narrow:
        muted = [on.colours.muted] * len(drawn)
        right.append(TextColumn(_("Complaints"), [on.number(e.n, 0) for e in drawn], 92, "right", muted))
        if any(words):
            right.append(TextColumn(_("Against the rest"), words, 112, "right", colours))
    left = [TextColumn(name_header, names, name_width(names, 120 if on.narrow else 210), strong=True)]
    figure = rows_figure(len(drawn), left, right, on)
    low, high = value_range(drawn, [0.0])
    figure.update_xaxes(range=[min(low, 0.0), high])
    placed = [(float(row), e) for row, e in enumerate(drawn)]
    hover = [f"<b>{plain(label)}</b><br>{value_and_margin(e, on, 2)}" for label, e in zip(names, drawn, strict=True)]
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    told = [f"{label} {_number(e, on)}" for label, e in zip(names, drawn, strict=True)]
    return Chart(
        title=title,
        caption=" ".join(_caption(found, dimension, name, any(words), on)),
        alt_text=_("Dots with intervals. {list}.").format(list=listed(told, on.language)) if told else _("Nothing to show."),
        figure=figure,
        table=_table(names, drawn, ratios, words, name_header, on),
    )


def more_or_fewer(verdict: str | None, on: Canvas) -> str:
    """The verdict on a ratio of complaint rates in a word; empty when nothing was compared."""
    _ = translator(on.language)
    return {"higher": _("more"), "lower": _("fewer"), "unclear": _("not clear")}.get(verdict or "", "")


def _ratio(compared: Result | None, e: Estimate, dimension: str) -> Estimate | None:
    every = compared.estimates if compared else ()
    return next((ratio for ratio in every if ratio.keys.get(dimension) == e.keys[dimension]), None)


def _colour(ratio: Estimate | None, on: Canvas) -> str:
    """More complaints are worse: the colours of verdicts on scores the other way round."""
    if ratio is None:
        return on.colours.lines[0]
    return {"higher": on.colours.worse, "lower": on.colours.better}.get(ratio.verdict or "", on.colours.unclear)


def _number(e: Estimate, on: Canvas) -> str:
    value = e.value or 0.0
    return on.number(value, 0 if value == round(value) and value >= 1 else 1 if value >= 10 else 2)


def _caption(found: Result, dimension: str, name: Name, compared: bool, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = [_("Bar: {level}% interval of a Poisson count.").format(level=level_text(found, on))]
    if any(e.marked for e in found.estimates if e.value is not None):
        parts.append(_("Hollow dot: fewer than five complaints, there or expected."))
    if compared:
        parts.append(_("More, fewer: a real difference from the rest (Holm)."))
    missing = [name(e.keys[dimension]) for e in found.estimates if e.value is None]
    if missing:
        parts.append(_("Without a rate: {names}.").format(names=listed(missing, on.language)))
    return parts


def _table(
    names: Sequence[str], drawn: Sequence[Estimate], ratios: Sequence[Estimate | None], words: Sequence[str], name_header: str, on: Canvas
) -> pd.DataFrame:
    _ = translator(on.language)
    against: dict[str, object] = {}
    if any(words):
        against = {
            _("Ratio to the rest"): [ratio.value if ratio else None for ratio in ratios],
            _("Adjusted p"): [ratio.p_adjusted if ratio else None for ratio in ratios],
            _("Against the rest"): list(words),
        }
    return pd.DataFrame(
        {
            name_header: list(names),
            _("Value"): [e.value for e in drawn],
            _("Lower end"): [e.low for e in drawn],
            _("Upper end"): [e.high for e in drawn],
            _("Complaints"): [e.n for e in drawn],
            **against,
        }
    )
