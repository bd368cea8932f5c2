"""Figures of customer tiers."""

from __future__ import annotations

from functools import partial

from answers.tiers import TIERS, TierOptions, rules_of
from charts.tiers.tier_cells import tier_cells, tier_rows
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message


def cells(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Customers by value and risk; ``model``: the rules (usually the first)."""
    return _drawn(ask, choices, rows=False)


def unhappy(ask: ScopedAsk, choices: Choices) -> Drawn:
    """How many are unhappy in each of the cells."""
    return _drawn(ask, choices, rows=True)


def _drawn(ask: ScopedAsk, choices: Choices, *, rows: bool) -> Drawn:
    if not ask.schema.tiers:
        raise nothing_to_draw(message("There are no tier rules."))
    model = choices.get("model") or ask.schema.tiers[0].code
    asked = ask(TIERS, TierOptions(model=model))
    if not asked.result.layers.layered:
        raise nothing_to_draw(message("No respondent of this selection has the columns the rules need."))
    draw = tier_rows if rows else tier_cells
    return Drawn(partial(draw, asked.result.layers, rules_of(ask.schema, model)), (asked,), asked.sentence)


CELLS = Figure("tier-cells", message("Customers by value and risk"), ("tiers",), cells, frozenset({"model"}))
UNHAPPY = Figure("tier-unhappy", message("The unhappy by value and risk"), ("tiers",), unhappy, frozenset({"model"}))
FIGURES = (CELLS, UNHAPPY)
