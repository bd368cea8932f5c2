"""Whether recovery helped: how satisfaction of the contacted and of the comparable others changed, and the difference between them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.recovery.recovery_effect import RecoveryEffect
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.results.sentences import p_equals_text
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, MUTED, OURS, UNCLEAR, WORSE, Axis, Form, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator

_TONES = {"higher": BETTER, "lower": WORSE}


def two_sides(effects: Sequence[RecoveryEffect], on: Canvas, how: Provenance) -> Chart:
    """Three rows for each way satisfaction was asked again: the change of either side, and the effect at equal starting points."""
    _ = translator(on.language)
    sides = {"contacted": (_("contacted"), OURS), "not_contacted": (_("not contacted, same list"), MUTED)}
    where = {"survey": _("asked again in the next wave"), "sheet": _("asked again as the sheet says")}
    rows: list[Row] = []
    figures: list[Estimate] = []
    tones: list[Tone] = []
    for found in effects:
        asked = f"{where[found.asked_in]}: " if len(effects) > 1 else ""
        told = [(f"{asked}{name}", found.changed(side), tone) for side, (name, tone) in sides.items()]
        told.append((f"{asked}{_('difference at equal starting points')}", found.effect, _TONES.get(found.effect.verdict or "", UNCLEAR)))
        for name, figure, tone in told:
            if figure is not None:
                rows.append(Row(name))
                figures.append(figure)
                tones.append(tone)
    header = _("Change of satisfaction, points")
    caption = _("Very low answers rise by themselves when asked again, so the difference is what counts; bars are {level}% intervals.")
    caption = caption.format(level=confidence_text(how, on))
    if spans := [_span(each, on) for each in effects if each.effect.value is not None]:
        gap = "" if on.language == "zh_CN" else " "
        caption = gap.join([*spans, caption])
    if len(effects) == 1:
        caption = f"{where[effects[0].asked_in].capitalize()}{_('.')}{'' if on.language == 'zh_CN' else ' '}{caption}"
    described = Description(
        title=_("Did contact help?"),
        caption=caption,
        body=Rows(
            _("Customers of the list"),
            tuple(rows),
            (
                Column(
                    header, numbers_of(figures, on.language), Form(1, signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tuple(tones)), "always", head="", tones=tuple(tones), strong=True,
                ),
                Column(_("Asked again"), tuple(each.n for each in figures), Form(0), place="wide"),
            ),
            heading=header,
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


def _span(found: RecoveryEffect, on: Canvas) -> str:
    effect = found.effect
    points, low, high = (on.number(value or 0.0, 1, signed=True) for value in (effect.value, effect.low, effect.high))
    told = translator(on.language)("Difference at equal starting points: {points} ({low} to {high}, {p}).")
    return told.format(points=points, low=low, high=high, p=p_equals_text(effect.p, on.language))
