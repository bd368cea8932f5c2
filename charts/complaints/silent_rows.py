"""The unhappy customers who do not complain: by the rule of thumb, and by the survey's own estimate with its interval."""

from __future__ import annotations

from analysis.complaints.silent_unhappy import SilentUnhappy
from analysis.results.provenance import Provenance
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, OURS, UNCLEAR, Axis, Form, number_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator


def silent_rows(found: SilentUnhappy, on: Canvas, *, how: Provenance) -> Chart:
    """Two rows on one scale of customers; ``how`` says at which level the interval is."""
    _ = translator(on.language)
    both = (found.by_rule, found.by_survey)
    names = [_("Rule of thumb: complaints × {ratio}").format(ratio=on.number(found.ratio, 0)), _("The survey's own estimate")]
    described = Description(
        title=_("How many unhappy customers stand behind the complaints?"),
        caption=_("Customers dissatisfied, in the wave beside; bars: {level}% intervals. The rule is a published rule of thumb.").format(
            level=confidence_text(how, on)
        ),
        body=Rows(
            _("Estimate"),
            names_of_rows(names),
            (
                Column(
                    _("Unhappy customers"), tuple(number_of(each, on.language) for each in both), Form(0),
                    ends=(_("Lower end"), _("Upper end")), drawn=Drawn("dot", tones=(UNCLEAR, OURS)), place="always",
                    tones=(INK,), strong=True,
                ),
            ),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)
