"""What a weighting does to the index and its dimensions: before and after with intervals, and what raking alone does to the error."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.respondent_weights.raked_replicates import EffectRow, WeightingEffect
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, UNCLEAR, Form, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed


def weight_effect(effect: WeightingEffect, on: Canvas) -> Chart:
    """One row an indicator: grey with the weights as stored, blue with the new ones. Hidden indicators are left out and counted."""
    _ = translator(on.language)
    rows = [row for row in effect.rows if row.before.value is not None and row.after.value is not None]
    missing = [row.before if row.before.value is None else row.after for row in effect.rows if row not in rows]
    names = [on.title(row.code) for row in rows]
    moves = [
        f"{name} {on.number(row.before.value or 0.0)} → {on.number(row.after.value or 0.0)}" for name, row in zip(names, rows, strict=True)
    ]
    level = confidence_text(effect.provenance, on)
    told = _("Grey: with the weights as stored; blue: with the new ones, raked again in every replicate. Bars: {level} % intervals.")
    described = Description(
        title=_("Index before and after weighting"),
        caption=" ".join(
            [
                told.format(level=level),
                *([_("Hollow dot: small base, read with care.")] if any(row.after.marked for row in rows) else []),
                *left_out(missing, on.language),
            ]
        ),
        findings=_("Before and after weighting: {moves}.").format(moves=listed(moves, on.language)) if moves else "",
        body=Rows(_("Indicator"), names_of_rows(names), _columns(rows, on), strong_names=False),
    )
    return draw(described, on)


def _columns(rows: Sequence[EffectRow], on: Canvas) -> tuple[Column, ...]:
    _ = translator(on.language)
    before, after, change = ([getattr(row, side) for row in rows] for side in ("before", "after", "change"))
    return (
        Column(
            _("As stored"), numbers_of(before, on.language), ends=_ends(_("As stored"), on), place="wide",
            drawn=Drawn("dot", "comparison", (UNCLEAR,), lane=-0.16),
        ),
        Column(
            _("New"), numbers_of(after, on.language), ends=_ends(_("New"), on), drawn=Drawn("dot", lane=0.16), place="always", strong=True,
        ),
        Column(
            _("Change"), numbers_of(change, on.language), Form(2, signed=True, margin=False), _ends(_("Change"), on), place="always",
            tones=(INK,),
        ),
        Column(_("SE, weights as fixed"), tuple(row.fixed.se for row in rows), Form(3), place="wide", head=_("SE as fixed")),
        Column(_("SE, re-raked"), tuple(row.after.se for row in rows), Form(3), place="wide", head=_("SE re-raked"), tones=(INK,)),
        Column(_("Ratio, same replicates"), tuple(row.ratio for row in rows)),
        *base_columns(after, on.language),
    )  # fmt: skip


def _ends(header: str, on: Canvas) -> tuple[str, str]:
    _ = translator(on.language)
    return f"{header} · {_('Lower end')}", f"{header} · {_('Upper end')}"
