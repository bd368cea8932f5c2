"""Figures of measures: planned and done, how they stand by branch, project and owner, and what their targets did since."""

from __future__ import annotations

from functools import partial

from analysis.measures.board import GROUPS, Group
from answers.measure_figures import Measures
from answers.measure_rows import target_title
from answers.measures import MEASURES, MeasureOptions
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.measures.changes_since import changes_since
from charts.measures.done_bars import done_bars
from charts.measures.state_bars import state_bars
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message

CHOICES = frozenset({"on", "project", "owner"})


def asked_measures(ask: ScopedAsk, choices: Choices) -> Answered[MeasureOptions, Measures]:
    """The board on the day ``on`` (usually today), of a branch that is selected, of a ``project`` and an ``owner``."""
    options = MeasureOptions(choices.get("on"), choices.get("project"))
    owner = {"owner": str(choices["owner"])} if choices.get("owner") else {}
    return ask(MEASURES, options, where={**ask.of_branch(), **owner}, periods=())


def bars(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Planned and done, those overdue first."""
    asked = _some(ask, choices)
    return Drawn(partial(done_bars, asked.result.board), (asked,), asked.sentence)


def states(ask: ScopedAsk, choices: Choices) -> Drawn:
    """How many stand how, ``by`` branch (usual), project or owner."""
    asked = _some(ask, choices)
    by: Group = next((group for group in GROUPS if group == choices.get("by")), "branch")
    return Drawn(partial(state_bars, asked.result.board, by), (asked,), asked.sentence)


def scores(ask: ScopedAsk, choices: Choices) -> Drawn:
    """What targets that are scores did since the measures began; KPIs, which have no interval, are in the table."""
    return _changes(ask, choices, complaints=False)


def complaints(ask: ScopedAsk, choices: Choices) -> Drawn:
    """What complaints did since measures against them began."""
    return _changes(ask, choices, complaints=True)


def _changes(ask: ScopedAsk, choices: Choices, *, complaints: bool) -> Drawn:
    asked = _some(ask, choices)
    named = [each for each in asked.result.changes if each.measure.target is not None and each.of_complaints is complaints]
    if not any(each.has_interval for each in named):
        raise nothing_to_draw(message("No measure names a target that was measured before it began and since."))

    def drawn(on: Canvas) -> Chart:
        return changes_since(named, on, lambda code: target_title(code, on.schema, on.language), percent=complaints)

    return Drawn(drawn, (asked,), asked.sentence)


def _some(ask: ScopedAsk, choices: Choices) -> Answered[MeasureOptions, Measures]:
    asked = asked_measures(ask, choices)
    if not asked.result.board.measures:
        raise nothing_to_draw(message("There is no measure in this selection."))
    return asked


DONE = Figure("measures-done", message("Measures: planned and done"), ("measures",), bars, CHOICES)
STATES = Figure("measures-states", message("Measures: how they stand"), ("measures",), states, CHOICES | {"by"})
CHANGES = Figure("measures-changes", message("Measures: what their targets did since"), ("measures",), scores, CHOICES)
COMPLAINTS = Figure("measures-complaints", message("Measures: what complaints did since"), ("measures",), complaints, CHOICES)
FIGURES = (DONE, STATES, CHANGES, COMPLAINTS)
