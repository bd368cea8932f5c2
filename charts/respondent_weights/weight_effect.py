"""What a weighting does to the index and its dimensions: before and after with intervals, and what raking alone does to the error."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.respondent_weights.raked_replicates import EffectRow, WeightingEffect
from charts.kit.layout import Canvas, Chart, confidence_text, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, name_width, rows_figure, value_range
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def weight_effect(effect: WeightingEffect, on: Canvas) -> Chart:
    """One row an indicator: grey with the weights as stored, blue with the new ones. Hidden indicators are left out and counted."""
    _ = translator(on.language)
    rows = [row for row in effect.rows if row.before.value is not None and row.after.value is not None]
    missing = [row.before if row.before.value is None else row.after for row in effect.rows if row not in rows]
    names = [on.title(row.code) for row in rows]
    figure = rows_figure(
        len(rows), [TextColumn(_("Indicator"), names, name_width(names, 116 if on.narrow else 250))], _columns(rows, on), on
    )
    figure.update_xaxes(range=value_range([e for row in rows for e in (row.before, row.after)]))
    for shift, side, colour in ((-0.16, "before", on.colours.unclear), (0.16, "after", on.colours.ours)):
        placed = [(at + shift, getattr(row, side)) for at, row in enumerate(rows)]
        colours = [colour] * len(rows)
        figure.add_trace(interval_bars(placed, colours, thickness=0.16))
        hover = [f"<b>{plain(name)}</b><br>{value_and_margin(e, on, 2)}" for name, (_at, e) in zip(names, placed, strict=True)]
        figure.add_trace(dots(placed, colours, hover, on))
    moves = [
        f"{name} {on.number(row.before.value or 0.0)} → {on.number(row.after.value or 0.0)}" for name, row in zip(names, rows, strict=True)
    ]
    return Chart(
        title=_("Index before and after weighting"),
        caption=" ".join(
            [
                _(
                    "Grey: with the weights as stored; blue: with the new ones, raked again in every replicate. Bars: {level} % intervals."
                ).format(level=_level(effect, on)),
                *([_("Hollow dot: small base, read with care.")] if any(row.after.marked for row in rows) else []),
                *left_out(missing, on.language),
            ]
        ),
        alt_text=_("Before and after weighting: {moves}.").format(moves=listed(moves, on.language)) if moves else _("Nothing to show."),
        figure=figure,
        table=_table(rows, names, on),
    )


def _level(effect: WeightingEffect, on: Canvas) -> str:
    """The confidence level in per cent."""
    return confidence_text(effect.provenance, on)


def _columns(rows: Sequence[EffectRow], on: Canvas) -> list[TextColumn]:
    _ = translator(on.language)
    muted = [on.colours.muted] * len(rows)
    change = [on.number(row.change.value, 2, signed=True) if row.change.value is not None else "" for row in rows]
    if on.narrow:
        return [
            TextColumn(_("New"), [on.number(row.after.value or 0.0) for row in rows], 50, "right", strong=True),
            TextColumn(_("Change"), change, 58, "right", muted),
        ]
    return [
        TextColumn(_("As stored"), [value_and_margin(row.before, on) for row in rows], 96, "right", muted),
        TextColumn(_("New"), [value_and_margin(row.after, on) for row in rows], 96, "right", strong=True),
        TextColumn(_("Change"), change, 78, "right"),
        TextColumn(_("SE as fixed"), [_error(row.fixed.se, on) for row in rows], 96, "right", muted),
        TextColumn(_("SE re-raked"), [_error(row.after.se, on) for row in rows], 100, "right"),
    ]


def _error(se: float | None, on: Canvas) -> str:
    return "—" if se is None else on.number(se, 3)


def _table(rows: Sequence[EffectRow], names: Sequence[str], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {_("Indicator"): list(names)}
    for header, side in ((_("As stored"), "before"), (_("New"), "after"), (_("Change"), "change")):
        found = [getattr(row, side) for row in rows]
        table[header] = [e.value for e in found]
        table[f"{header} · {_('Lower end')}"] = [e.low for e in found]
        table[f"{header} · {_('Upper end')}"] = [e.high for e in found]
    table |= {
        _("SE, weights as fixed"): [row.fixed.se for row in rows],
        _("SE, re-raked"): [row.after.se for row in rows],
        _("Ratio, same replicates"): [row.ratio for row in rows],
        _("Base"): [row.after.n for row in rows],
        _("Effective base"): [row.after.n_eff for row in rows],
    }
    return pd.DataFrame(table)
