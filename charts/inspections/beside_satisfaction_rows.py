"""Halls or branches: the share of points scored at inspections, and beside it the satisfaction of their customers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.inspections.beside import BesideSatisfaction
from analysis.results.provenance import Provenance
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Form, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator

MOST_ROWS = 20


def beside_satisfaction_rows(
    found: BesideSatisfaction, on: Canvas, *, how: Provenance, name: Callable[[str | None], str], name_header: str, index: str, wave: str
) -> Chart:
    """Fewest points scored first; ``index`` names what satisfaction is, ``wave`` whose answers it is of."""
    _ = translator(on.language)
    places = sorted(found.places, key=lambda place: place.inspections.value or 0.0)
    scored, satisfied = [place.inspections for place in places], [place.satisfaction for place in places]
    ends = (_("Lower end"), _("Upper end"))
    caption = [
        _("Fewest points scored first. Bars: {level}% intervals. Satisfaction: {wave}.").format(level=confidence_text(how, on), wave=wave)
    ]
    if any(entry.marked for entry in (*scored, *satisfied)):
        caption.append(_("Hollow dot: fewer than five visits, or a small base of answers; read with care."))
    if len(places) > MOST_ROWS:
        caption.append(_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(places)))
    described = Description(
        title=_("Do places that score more points have more satisfied customers?"),
        caption=" ".join(caption),
        body=Rows(
            name_header,
            names_of_rows([name(place.name) for place in places], most=MOST_ROWS),
            (
                Column(
                    _("Points scored, %"), numbers_of(scored, on.language), ends=ends, drawn=Drawn("dot", panel=0), place="always",
                    tones=(INK,), strong=True,
                ),
                Column(
                    index, numbers_of(satisfied, on.language), ends=(_("Satisfaction, lower end"), _("Satisfaction, upper end")),
                    drawn=Drawn("dot", role="comparison", panel=1, tones=(Tone("line2"),)), place="always", tones=(INK,), strong=True,
                ),
                Column(_("Visits"), tuple(entry.n for entry in scored), Form(0)),
                Column(_("Base"), tuple(entry.n for entry in satisfied), Form(0)),
            ),
            panels=(_("Points scored, %"), index),
        ),
    )  # fmt: skip
    return draw(described, on)
