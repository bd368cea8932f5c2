"""Figures of what a QC project holds itself: check sheets, levels against the target, countermeasures.

Their choices are the project's rows in plain values: ``title``, ``unit``, ``source`` and ``columns`` texts; ``rows`` lists of a name and
counts (None: not counted); ``levels`` lists of kind, period, value, low, high, cases, base; ``measures`` lists of what, cost, reach and
whether it was chosen.
"""

from __future__ import annotations

from charts.projects.counted_rows import Counted, sheet_columns, sheet_pareto
from charts.projects.levels import DrawnLevel, level_steps
from charts.projects.measure_costs import measure_costs
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message

_SHEET = frozenset({"title", "unit", "source", "columns", "rows"})
_LEVELS = frozenset({"quantity", "unit", "levels", "target", "higher_is_better"})
_MEASURES = frozenset({"measures", "budget"})


def pareto(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """A check sheet, most first."""
    found = _rows(choices)
    title, unit, source = (str(choices.get(name, "")) for name in ("title", "unit", "source"))
    return Drawn(lambda on: sheet_pareto(title, found, unit, on, source=source), ())


def columns(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """A check sheet, its columns side by side."""
    found, names = _rows(choices), [str(each) for each in choices.get("columns", ())]
    title, unit, source = (str(choices.get(name, "")) for name in ("title", "unit", "source"))
    return Drawn(lambda on: sheet_columns(title, found, names, unit, on, source=source), ())


def levels(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """Levels before, after and later, against the target."""
    found = [
        DrawnLevel(kind, value, period, low, high, cases, base) for kind, period, value, low, high, cases, base in choices.get("levels", ())
    ]
    if not found:
        raise nothing_to_draw(message("No level has been entered yet."))
    quantity, unit = str(choices.get("quantity", "")), str(choices.get("unit", ""))
    better = bool(choices.get("higher_is_better", True))
    return Drawn(lambda on: level_steps(quantity, unit, found, choices.get("target"), on, higher_is_better=better), ())


def costs(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """Countermeasures by cost."""
    found = [(str(what), cost, reach, bool(chosen)) for what, cost, reach, chosen in choices.get("measures", ())]
    if not any(cost is not None for _what, cost, _reach, _chosen in found):
        raise nothing_to_draw(message("No countermeasure has a cost yet."))
    return Drawn(lambda on: measure_costs(found, choices.get("budget"), on), ())


def _rows(choices: Choices) -> list[Counted]:
    found: list[Counted] = [(str(name), list(counts)) for name, counts in choices.get("rows", ())]
    if not any(count is not None for _name, counts in found for count in counts):
        raise nothing_to_draw(message("Nothing has been counted in this sheet yet."))
    return found


SHEET_PARETO = Figure("project-sheet-pareto", message("Check sheet, most first"), (), pareto, _SHEET)
SHEET_COLUMNS = Figure("project-sheet-columns", message("Check sheet by column"), (), columns, _SHEET)
LEVELS = Figure("project-levels", message("Before, target and after"), (), levels, _LEVELS)
COSTS = Figure("project-costs", message("Countermeasures: cost and reach"), (), costs, _MEASURES)
FIGURES = (SHEET_PARETO, SHEET_COLUMNS, LEVELS, COSTS)
