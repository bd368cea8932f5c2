"""End causes by their influence on the problem: a dot with its interval each, the least influence as a line, the verdict in a word."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.root_causes.sentence import cause_texts
from analysis.root_causes.verdicts import RootCauses, Verdict
from charts.causes.cause_marks import MARKS, WORDS
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, UNCLEAR, Axis, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator

_TONES: Mapping[Verdict, Tone] = {"confirmed": OURS, "not_confirmed": MUTED, "not_enough_data": UNCLEAR}
_INKS: Mapping[Verdict, Tone] = {**_TONES, "not_enough_data": MUTED}


def influence_rows(found: RootCauses, on: Canvas, *, problem: str = "", names: Mapping[str, str] | None = None) -> Chart:
    """The tested causes, the most influential first; ``names`` gives their texts where their ids are none."""
    _ = translator(on.language)
    causes = found.by_influence
    parts = [cause.test.influence for cause in causes]
    tones = tuple(_TONES[cause.verdict] for cause in causes)
    inks = tuple(_INKS[cause.verdict] for cause in causes)
    words = tuple(f"{MARKS[cause.verdict]} {WORDS[cause.verdict].text(on.language)}" for cause in causes)
    least = on.number(found.rules.least_influence, 0 if float(found.rules.least_influence).is_integer() else 1)
    described = Description(
        title=_("Which causes are root causes? {problem}").format(problem=problem) if problem else _("Which causes are root causes?"),
        caption=_(
            "Share of the problem that goes with each cause, bar: {level}% interval; line: the least influence, {least} %. Confirmed: the "
            "test rejects and the whole bar reaches the line; not confirmed: all of it lies below."
        ).format(level=confidence_text(found.provenance, on), least=least),
        body=Rows(
            _("End cause"),
            tuple(Row(name) for name in cause_texts(causes, names or {})),
            (
                Column(
                    _("Influence, % of the problem"), numbers_of(parts, on.language), Form(1), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tones), "always", head=_("Influence, %"), tones=inks, strong=True,
                ),
                Column(_("Verdict"), words, place="always", tones=inks, align="left", reads="verdict"),
                Column(_("Tested by"), tuple(cause.test.test.text(on.language) for cause in causes)),
                Column(_("Adjusted p"), tuple(cause.test.effect.p_adjusted for cause in causes)),
                Column(_("Cases"), tuple(part.n for part in parts)),
                Column(_("Cases that would tell"), tuple(cause.needed for cause in causes)),
            ),
            heading=_("Influence on the problem, %"),
            references=(Reference(found.rules.least_influence, _("least influence")),),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)
