"""What each countermeasure costs, and how many customers it reaches."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, Form
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

#: A countermeasure: what it is, its cost, the share of customers it reaches (0-1), and whether it was chosen.
Costed = tuple[str, float | None, float | None, bool]


def measure_costs(measures: Sequence[Costed], spent: float, budget: float | None, on: Canvas) -> Chart:
    """A bar a countermeasure; those not chosen are pale. ``spent`` is what the chosen ones cost together, told against the budget."""
    _ = translator(on.language)
    told = _("The chosen ones cost {cost} together.").format(cost=on.number(spent, 0))
    if budget is not None:
        told = _("The chosen ones cost {cost} of {budget}.").format(cost=on.number(spent, 0), budget=on.number(budget, 0))
    described = Description(
        title=_("Countermeasures: cost and reach"),
        caption=told,
        findings=told,
        body=Rows(
            _("Countermeasure"),
            names_of_rows([what for what, _cost, _reach, _chosen in measures]),
            (
                Column(
                    _("Cost"), tuple(cost for _what, cost, _reach, _chosen in measures), Form(0), place="always",
                    drawn=Drawn("bar", tones=tuple(OURS if chosen else MUTED for *_rest, chosen in measures)), head="", strong=True,
                ),
                Column(
                    _("Customers reached, %"), tuple(None if reach is None else 100 * reach for _what, _cost, reach, _chosen in measures),
                    Form(0, percent=True), place="always",
                ),
                Column(_("Chosen"), tuple(_("yes") if chosen else _("no") for *_rest, chosen in measures)),
            ),
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)
