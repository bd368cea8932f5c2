"""The questions of the survey from the best to the worst score, with interval and rank."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.results.estimates import Estimate, Result
from analysis.results.interval_verdict import interval_verdict
from charts.kit.layout import Canvas, Chart, design_effects, dots, half_width, interval_bars, level_text, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from charts.kit.words import left_out
from words.language import translator
from words.shown_text import plotly_text as plain


def indicator_ranking(scores: Result, on: Canvas) -> Chart:
    """Every item of the tree by score; rank 1 is the best, ties share a rank.

    ``scores`` holds points on 0-100, one estimate an item, with ``rank``. Blue: the whole interval lies above the index; red: below.
    Hidden items are left out and counted in the caption.
    """
    _ = translator(on.language)
    index = scores.find(on.schema.tree.code)
    level = index.value if index is not None else None
    items = set(on.schema.tree.items())
    mine = [e for e in scores.estimates if e.code in items]
    entries = sorted((e for e in mine if e.value is not None), key=lambda e: (-(e.value or 0.0), e.code))
    names = [on.title(e.code) for e in entries]
    muted = [on.colours.muted] * len(entries)
    ranks = [str(e.rank) for e in entries]
    margins = [f"±{on.number(half, 1)}" if (half := half_width(e)) is not None else "" for e in entries]
    left = [
        TextColumn(_("Rank"), ranks, 48, "right", muted),
        TextColumn(_("Indicator"), names, name_width(names, 130 if on.narrow else 250), strong=True),
    ]
    right = [
        TextColumn(_("Value"), [on.number(e.value or 0.0) for e in entries], 52, "right", strong=True),
        TextColumn("", margins, 50, "right", muted),
    ]
    figure = rows_figure(len(entries), left, right, on)
    figure.update_xaxes(range=value_range(entries, [level] if level is not None else []))
    if level is not None:
        guide(figure, level, len(entries), on)
    colours = [on.colours.verdict(interval_verdict(e, level)) for e in entries]
    placed = [(float(row), e) for row, e in enumerate(entries)]
    hover = [f"<b>{plain(name)}</b><br>{value_and_margin(e, on)}" for name, e in zip(names, entries, strict=True)]
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    caption = _("Bars: {level}% interval. Dashed line: the index. Blue above it, red below it, beyond chance.")
    return Chart(
        title=_("Indicators by score"),
        caption=" ".join(
            [caption.format(level=level_text(scores, on)), *left_out(mine, on.language)]
        ),
        alt_text=_alt_text(names, entries, on),
        figure=figure,
        table=_table(names, entries, on),
    )  # fmt: skip


def _alt_text(names: Sequence[str], entries: Sequence[Estimate], on: Canvas) -> str:
    _ = translator(on.language)
    if not entries:
        return _("Nothing to show.")
    return _("Dot chart of {n} values from {best} ({high}) to {worst} ({low}).").format(
        n=len(entries), best=names[0], high=value_and_margin(entries[0], on), worst=names[-1], low=value_and_margin(entries[-1], on)
    )


def _table(names: Sequence[str], entries: Sequence[Estimate], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            _("Rank"): [e.rank for e in entries],
            _("Indicator"): list(names),
            _("Value"): [e.value for e in entries],
            _("Lower end"): [e.low for e in entries],
            _("Upper end"): [e.high for e in entries],
            _("Base"): [e.n for e in entries],
            _("Effective base"): [e.n_eff for e in entries],
            **design_effects(entries, on),
        }
    )
