"""A row a measure: what it is expected to bring on its own, what it costs, and all chosen ones together."""

from __future__ import annotations

from analysis.measure_choice.choose import MeasureChoice
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, Form, Reference, number_of, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measure_choice.choice_words import finding, measures_table
from words.language import translator
from words.money import money


def measure_rows(choice: MeasureChoice, on: Canvas) -> Chart:
    """The chosen measures, all of them together, then those left out; the largest first. There must be a set."""
    _ = translator(on.language)
    taken, left = choice.taken, choice.left
    together = [choice.best.points] if choice.best is not None and taken else []
    points = (*numbers_of([each.alone for each in taken], on.language), *(number_of(each, on.language) for each in together),
              *numbers_of([each.alone for each in left], on.language))  # fmt: skip
    costs = [*(each.cost for each in taken), *(choice.best.cost for _each in together if choice.best), *(each.cost for each in left)]
    numbers = [*map(str, range(1, len(taken) + 1)), *("" for _each in together), *map(str, range(len(taken) + 1, len(choice.found) + 1))]
    rows = [Row(each.candidate.name) for each in taken]
    rows += [Row(_("All chosen together"), kind="total") for _each in together]
    rows += [Row(each.candidate.name) for each in left]
    tones = (*(OURS for _each in taken), *(INK for _each in together), *(MUTED for _each in left))
    described = Description(
        title=_("What measures bring"),
        caption=_("Blue: chosen; grey: left out. Each on its own, with the interval of the coefficients; measures on one driver add up "
                  "to the end of its scale."),
        body=Rows(
            _("Measure to choose"),
            tuple(rows),
            (
                Column(_("No."), tuple(numbers), place="always", side="left", align="left", tones=(MUTED,)),
                Column(
                    _("Expected points"), points, Form(2, signed=True), (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones),
                    "always", tones=tones, strong=True,
                ),
                Column(
                    _("Cost, yuan"), tuple(costs), Form(0), place="wide", tones=tones, head=_("Costs"),
                    texts=tuple(money(cost).text(on.language) for cost in costs),
                ),
            ),
            heading=_("Expected points of {outcome}").format(outcome=on.title(choice.outcome)),
            references=(Reference(0.0, _("nothing"), dashed=False),),
        ),
        findings=finding(choice, on),
        table=measures_table(choice, on),
    )  # fmt: skip
    return draw(described, on)
