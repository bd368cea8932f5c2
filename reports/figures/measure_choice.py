"""Figures of which measures to take for a budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from analysis.measure_choice.choose import MeasureChoice
from analysis.measure_choice.sentence import cost_sentence
from analysis.results.sentences import Segment
from answers.budget import BUDGET, BudgetOptions
from answers.budget_figures import BudgetFound
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.measure_choice.hinge_rows import hinge_rows
from charts.measure_choice.measure_rows import measure_rows
from charts.measure_choice.points_against_cost import points_against_cost
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import Language, message

CHOICES = frozenset({"measures", "budget", "at_least", "per_branch", "outcome", "drivers"})
_BRINGS = message("Name measures with what they act on, shift, share reached and cost, and a budget.")


def asked_budget(ask: ScopedAsk, choices: Choices) -> Answered[BudgetOptions, BudgetFound]:
    """The choice among ``measures``, a line each, within a ``budget``; raises ManyiError for measures that cannot be."""
    options = BudgetOptions(
        outcome=choices.get("outcome"), drivers=tuple(choices.get("drivers", ())), measures=tuple(choices.get("measures", ())),
        budget=choices.get("budget"), at_least=tuple((code, float(points)) for code, points in choices.get("at_least", ())),
        per_branch=int(choices.get("per_branch", 0)),
    )  # fmt: skip
    return ask(BUDGET, options)


def _drawn(chart: Callable[[MeasureChoice, Canvas], Chart], ask: ScopedAsk, choices: Choices) -> Drawn:
    if not choices.get("measures"):
        raise nothing_to_draw(message("There is no measure to choose from."), _BRINGS)
    asked = asked_budget(ask, choices)
    found = asked.result.choice
    if found is None or found.best is None:
        raise nothing_to_draw(asked.result.reason or asked.result.drivers.regression.reason)

    def told(language: Language) -> Sequence[Segment]:
        """A report has no remarks beside a figure, so what the set costs is told with it."""
        gap = "" if language == "zh_CN" else " "
        cost = cost_sentence(found, language)
        return [*asked.sentence(language), *([Segment(gap + cost)] if cost else [])]

    return Drawn(partial(chart, found), (asked,), told)


POINTS = Figure("measure-points", message("What measures bring"), ("budget",), partial(_drawn, measure_rows), CHOICES)
COSTS = Figure("measure-costs", message("What measures cost and bring"), ("budget",), partial(_drawn, points_against_cost), CHOICES)
HINGES = Figure("measure-hinges", message("What the choice of measures hinges on"), ("budget",), partial(_drawn, hinge_rows), CHOICES)
FIGURES = (POINTS, COSTS, HINGES)
