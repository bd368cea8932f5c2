"""How far the choice stands: in which share of draws a measure is chosen, up to which cost and from which strength on."""

from __future__ import annotations

from analysis.measure_choice.choose import CandidateFound, MeasureChoice
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, Axis, Form
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measure_choice.choice_words import measures_table
from words.language import Language, number_text, translator
from words.money import money


def hinge_rows(choice: MeasureChoice, on: Canvas) -> Chart:
    """A row a measure, those chosen most often first. There must be a set."""
    _ = translator(on.language)
    ordered = sorted(choice.found, key=lambda each: (-each.share_of_draws, not each.units))
    tones = tuple(OURS if each.units else MUTED for each in ordered)
    described = Description(
        title=_("What the choice hinges on"),
        caption=_(
            "Bars: in how many of {draws} draws of the coefficients a measure is in the best set. Beside them the highest cost of a unit "
            "and the smallest shift with which it is, everything else as it is."
        ).format(draws=choice.draws),
        body=Rows(
            _("Measure to choose"),
            tuple(Row(each.candidate.name) for each in ordered),
            (
                Column(
                    _("Chosen in % of draws"), tuple(100 * each.share_of_draws for each in ordered), Form(0),
                    drawn=Drawn("bar", tones=tones), place="always", tones=tones, strong=True, head=_("% of draws"),
                ),
                Column(
                    _("Chosen up to this cost of a unit"), tuple(_cost(each, on.language) for each in ordered), place="wide", tones=tones,
                    head=_("Up to"),
                ),
                Column(
                    _("Chosen from this shift on"), tuple(_shift(each, on.language) for each in ordered), place="wide", tones=tones,
                    head=_("From shift"),
                ),
            ),
            heading=_("Chosen in % of draws"),
            axis=Axis(ends=(0.0, 100.0)),
        ),
        table=measures_table(choice, on),
    )  # fmt: skip
    return draw(described, on)


def _cost(each: CandidateFound, language: Language) -> str:
    """The limit beside what it costs."""
    _ = translator(language)
    if each.hinge.cost is None:
        return _("not for nothing")
    if each.hinge.needed:
        return _("needed")
    return _("{limit} (now {now})").format(limit=money(each.hinge.cost).text(language), now=money(each.candidate.cost).text(language))


def _shift(each: CandidateFound, language: Language) -> str:
    _ = translator(language)
    if each.hinge.shift is None:
        return _("by none")
    limit, now = (number_text(value, 1, language) for value in (each.hinge.shift, each.candidate.shift))
    return _("{limit} (now {now})").format(limit=limit, now=now)
