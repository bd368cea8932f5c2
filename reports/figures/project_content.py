"""Figures of what a QC project holds itself: check sheets, levels against the target, countermeasures.

Their choices are what ``projects/plain_choices.py`` makes of the project in plain values: nothing is added up or judged here.
"""

from __future__ import annotations

from charts.projects.counted_rows import DrawnSheet, sheet_columns, sheet_pareto
from charts.projects.levels import DrawnLevel, level_steps
from charts.projects.measure_costs import measure_costs
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message

_PARETO = frozenset({"title", "unit", "source", "rows", "total"})
_COLUMNS = _PARETO | {"columns"}
_LEVELS = frozenset({"quantity", "unit", "levels", "target"})
_MEASURES = frozenset({"measures", "cost", "budget"})
_NOTHING_COUNTED = message("Nothing has been counted in this sheet yet.")


def pareto(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """A check sheet, most first."""
    found = [(str(name), total, share, running) for name, total, share, running in choices.get("rows", ())]
    if not found or choices.get("total") is None:
        raise nothing_to_draw(_NOTHING_COUNTED)
    return Drawn(lambda on: sheet_pareto(_sheet(choices), found, on), ())


def columns(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """A check sheet, its columns side by side."""
    found = [(str(name), list(counts), total) for name, counts, total in choices.get("rows", ())]
    names = [str(each) for each in choices.get("columns", ())]
    if not any(count is not None for _name, counts, _total in found for count in counts):
        raise nothing_to_draw(_NOTHING_COUNTED)
    return Drawn(lambda on: sheet_columns(_sheet(choices), found, names, on), ())


def levels(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """Levels before, after and later, against the target."""
    found = [
        DrawnLevel(kind, value, period, low, high, cases, base, met)
        for kind, period, value, low, high, cases, base, met in choices.get("levels", ())
    ]
    if not found:
        raise nothing_to_draw(message("No level has been entered yet."))
    quantity, unit = str(choices.get("quantity", "")), str(choices.get("unit", ""))
    return Drawn(lambda on: level_steps(quantity, unit, found, choices.get("target"), on), ())


def costs(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """Countermeasures by cost."""
    found = [(str(what), cost, reach, bool(chosen)) for what, cost, reach, chosen in choices.get("measures", ())]
    if not any(cost is not None for _what, cost, _reach, _chosen in found):
        raise nothing_to_draw(message("No countermeasure has a cost yet."))
    return Drawn(lambda on: measure_costs(found, float(choices.get("cost") or 0.0), choices.get("budget"), on), ())


def _sheet(choices: Choices) -> DrawnSheet:
    title, unit, source = (str(choices.get(name, "")) for name in ("title", "unit", "source"))
    return DrawnSheet(title, unit, source, choices.get("total"))


SHEET_PARETO = Figure("project-sheet-pareto", message("Check sheet, most first"), (), pareto, _PARETO)
SHEET_COLUMNS = Figure("project-sheet-columns", message("Check sheet by column"), (), columns, _COLUMNS)
LEVELS = Figure("project-levels", message("Before, target and after"), (), levels, _LEVELS)
COSTS = Figure("project-costs", message("Countermeasures: cost and reach"), (), costs, _MEASURES)
FIGURES = (SHEET_PARETO, SHEET_COLUMNS, LEVELS, COSTS)
