"""Cells of heat tables that compare: coloured only where a difference is more than chance, grey elsewhere."""

from __future__ import annotations

from analysis.results.estimates import Estimate
from charts.kit.description.grid import HeatCell
from charts.kit.description.numbers import INK, MUTED, Form, Number, Tone, number_of, verdict_tone
from charts.kit.description.texts import with_margin
from charts.kit.layout import Canvas
from words.language import translator

#: Sign of a cell nobody was asked about; one whose base is too small has a dot.
NOT_ASKED = "–"
_UNCLEAR_FILL = Tone("unclear", 0.16)


def compared_cell(
    value: Number | None, difference: Estimate | None, words: str, on: Canvas, *, full_colour_at: float, asked: bool = True
) -> HeatCell:
    """The cell of a figure and its comparison with all others, whose verdict colours it and is said in ``words`` on hovering.

    A difference of ``full_colour_at`` takes the full colour. A hidden figure has neither colour nor comparison.
    """
    if value is None or value.value is None:
        return HeatCell(value, ink=MUTED, texts=() if asked else (NOT_ASKED,))
    notes = list[str]()
    if difference is not None and difference.value is not None:
        notes = [f"{_against(difference, on)} · {words}"]
    elif difference is not None and difference.reason is not None:
        notes = [difference.reason.text(on.language)]
    if difference is not None and difference.questions is not None:
        notes.append(difference.questions.told.text(on.language))
    if difference is None or difference.value is None or difference.verdict not in ("higher", "lower"):
        return HeatCell(value, _UNCLEAR_FILL, MUTED, notes=tuple(notes))
    strength = 0.38 + 0.42 * min(abs(difference.value) / full_colour_at, 1.0)
    return HeatCell(value, Tone(verdict_tone(difference.verdict).hue, strength), INK, notes=tuple(notes))


def _against(difference: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    number = number_of(difference, on.language)
    return _("against the rest: {difference}").format(difference=with_margin(number, Form(1, signed=True), on) if number else "")
