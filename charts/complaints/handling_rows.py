"""How tickets are handled: the shares solved at first contact and escalated with their intervals, and hand-overs a ticket."""

from __future__ import annotations

from analysis.complaints.ticket_sums import ESCALATED, FIRST_CONTACT, HAND_OVERS
from analysis.results.estimates import Estimate, Result
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Axis, Form, number_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from words.language import translator


def handling_rows(found: Result, on: Canvas) -> Chart:
    """One row a figure that some ticket tells; hand-overs are a mean and stand beside the plot only."""
    _ = translator(on.language)
    names = {FIRST_CONTACT: _("Solved at first contact, %"), ESCALATED: _("Escalated, %"), HAND_OVERS: _("Hand-overs a ticket")}
    told = [entry for entry in found.estimates if entry.value is not None]
    described = Description(
        title=_("How are tickets handled?"),
        caption=_("Of the tickets that tell it; bars: {level}% intervals. Hand-overs are a mean and have no place on the scale.").format(
            level=level_text(found, on)
        ),
        body=Rows(
            _("What is measured"),
            names_of_rows([names[entry.code] for entry in told]),
            (
                Column(
                    _("Share, %"), tuple(number_of(entry, on.language) if entry.code != HAND_OVERS else None for entry in told),
                    drawn=Drawn("dot"), in_table=False,
                ),
                Column(
                    _("Value"), tuple(number_of(entry, on.language) for entry in told), ends=(_("Lower end"), _("Upper end")),
                    place="always", texts=tuple(_text(entry, on) for entry in told), head="", tones=(INK,), strong=True,
                ),
                Column(_("Tickets"), tuple(entry.n for entry in told), Form(0), place="wide"),
            ),
            axis=Axis(ends=(0.0, 100.0)),
            headed=True,
        ),
    )  # fmt: skip
    return draw(described, on)


def _text(entry: Estimate, on: Canvas) -> str:
    value = entry.value or 0.0
    return on.number(value, 2) if entry.code == HAND_OVERS else on.percent(value)
