"""What inspections find beside the standard that was set: the share of points scored of each item with its interval, and its standard."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.inspections.beside import AgainstStandard
from analysis.results.provenance import Provenance
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Axis, Form, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from charts.kit.words import verdict_word
from words.language import translator


def against_standards(rows: Sequence[AgainstStandard], on: Canvas, *, how: Provenance) -> Chart:
    """Rows in the order given, which is from furthest below the standard to furthest above; ``how`` says the level of the intervals."""
    _ = translator(on.language)
    tones = tuple(verdict_tone(row.verdict) for row in rows)
    parts = [
        _("Dot: points scored with its {level}% interval over visits; upright line: the standard.").format(level=confidence_text(how, on))
    ]
    if any(row.points.share.marked for row in rows):
        parts.append(_("Hollow dot: fewer than five visits, read with care."))
    described = Description(
        title=_("Is the standard kept?"),
        caption=" ".join(parts),
        body=Rows(
            _("Checklist item"),
            names_of_rows([on.title(row.points.code) for row in rows]),
            (
                Column(
                    _("Scored, %"), numbers_of([row.points.share for row in rows], on.language), ends=(_("Lower end"), _("Upper end")),
                    drawn=Drawn("dot", tones=tones), place="always", tones=(INK,), strong=True,
                ),
                Column(
                    _("Standard"), tuple(row.standard for row in rows), drawn=Drawn("tick", role="target", tones=(INK,)), place="always",
                ),
                Column(_("Difference"), tuple(row.difference for row in rows), Form(signed=True), place="wide"),
                Column(
                    _("Verdict"), tuple(verdict_word(row.verdict, on.language) for row in rows), place="wide",
                    tones=tuple(ink_tone(row.verdict) for row in rows), reads="verdict",
                ),
                Column(_("Visits"), tuple(row.points.visits for row in rows), Form(0)),
            ),
            heading=_("Points scored, % of those available"),
            axis=Axis(holds=(100.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)
