"""Every measure by what it costs and what it is expected to bring on its own, the chosen ones in colour."""

from __future__ import annotations

from analysis.measure_choice.choose import MeasureChoice
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, Axis, Form, Number, number_of
from charts.kit.description.planes import Points, Spot
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measure_choice.choice_words import cost_unit, finding, measures_table
from words.language import translator


def points_against_cost(choice: MeasureChoice, on: Canvas) -> Chart:
    """Cost to the right, points upwards; measures in the top left bring most for their money. There must be a set."""
    _ = translator(on.language)
    unit = cost_unit(choice, on.language)
    ordered = [*choice.taken, *choice.left]
    spots = tuple(
        Spot(
            each.candidate.name, Number(each.cost / unit.yuan), number_of(each.alone, on.language) or Number(None),
            OURS if each.units else MUTED, first=float(len(ordered) - place), note=_("chosen") if each.units else _("left out"),
            mark=str(place + 1),
        )
        for place, each in enumerate(ordered)
    )  # fmt: skip
    described = Description(
        title=_("What measures cost and bring"),
        caption=_(
            "Blue: chosen; grey: left out. Each on its own; whiskers are the intervals of the coefficients. Numbers are those of the list."
        ),
        body=Points(
            Axis(_("Cost, {unit}").format(unit=unit.name), numbered=True, holds=(0.0,)),
            Axis(_("Expected points of {outcome}").format(outcome=on.title(choice.outcome)), numbered=True, holds=(0.0,)),
            spots,
            forms=(Form(1), Form(2, signed=True)),
        ),
        findings=finding(choice, on),
        table=measures_table(choice, on),
    )
    return draw(described, on)
