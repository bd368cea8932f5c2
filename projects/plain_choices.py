"""What a project holds as plain values: the choices its figures are drawn by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.cause_words import written_test
from projects.check_sheets import most_first, summed
from projects.evidence import CheckSheet
from projects.levels import interval_of, reaches
from projects.sections import Causes, Countermeasures, Level, Plan, Target


def column_choices(sheet: CheckSheet) -> dict[str, Any]:
    """A check sheet as it was counted: rows of name, counts by column and total."""
    found = summed(sheet)
    rows = [[row.name, list(row.counts), row.total] for row in found.rows]
    return {**_told(sheet), "columns": list(sheet.columns), "rows": rows, "total": found.total}


def pareto_choices(sheet: CheckSheet) -> dict[str, Any]:
    """A check sheet most first: rows of name, total, share and running share (proportions of the whole)."""
    found = summed(most_first(sheet))
    return {**_told(sheet), "rows": [[row.name, row.total, row.share, row.running] for row in found.rows], "total": found.total}


def _told(sheet: CheckSheet) -> dict[str, Any]:
    return {"title": sheet.title, "unit": sheet.unit, "source": sheet.source}


def cause_choices(tree: Causes) -> dict[str, Any]:
    """The tree of causes and the tests of its end causes, as far as their numbers are there."""
    tests = [
        told
        for cause in tree.end_causes
        if cause.test is not None and (told := written_test(cause.id, cause.test.kind, cause.test.choices)) is not None
    ]
    return {"problem": tree.problem, "causes": [[cause.id, cause.text, cause.parent] for cause in tree.causes], "tests": tests}


def level_choices(target: Target, after: Level | None = None, held: tuple[Level, ...] = ()) -> dict[str, Any]:
    """The levels that have a value, against the target."""
    named = [("baseline", target.baseline), *([("after", after)] if after else []), *(("held", each) for each in held)]
    levels = []
    for kind, level in named:
        if level.value is not None:
            low, high = interval_of(level) or (None, None)
            levels.append([kind, level.period, level.value, low, high, level.cases, level.base, reaches(level, target)])
    return {"quantity": target.quantity, "unit": target.unit, "levels": levels, "target": target.value}


def cost_choices(table: Countermeasures) -> dict[str, Any]:
    """The countermeasures with cost and reach, and the budget."""
    rows = [[each.what, each.cost, each.reach, each.chosen] for each in table.measures]
    return {"measures": rows, "cost": table.cost, "budget": table.budget}


def plan_choices(plan: Plan, titles: Mapping[str, str]) -> dict[str, Any]:
    """The activity plan: a row a step with planned and actual days; ``titles`` are those of the steps."""
    rows = [
        [titles[each.step], each.planned_from, each.planned_to, each.actual_from, each.actual_to]
        for each in plan.activities
        if (each.planned_from and each.planned_to) or each.actual_from
    ]
    return {"rows": rows}
