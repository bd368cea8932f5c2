"""The countermeasures of a project as measures to choose among for its budget."""

from __future__ import annotations

from typing import Any

from answers.candidate_measures import candidate_text
from projects.sections import Countermeasures
from survey_schema.measure_rows import MeasureRow, candidates_of_rows


def measures_to_choose(table: Countermeasures) -> tuple[MeasureRow, ...]:
    """A row for every countermeasure with a name, complete or not; costs are taken as yuan."""
    return tuple(
        MeasureRow(name=" ".join(each.what.split()), driver=each.driver, shift=each.shift, reach=each.reach, cost=each.cost)
        for each in table.measures
        if each.what.strip()
    )


def budget_choices(table: Countermeasures) -> dict[str, Any] | None:
    """What the figures of a choice of measures are told (``reports.figures.measure_choice``): the complete ones and the budget.

    None where no countermeasure is complete, or no budget is named. Measures that cannot be are refused when the figure asks.
    """
    complete = [row for row in measures_to_choose(table) if not row.lacking]
    if not complete or table.budget is None:
        return None
    return {"measures": [candidate_text(each) for each in candidates_of_rows(complete)], "budget": table.budget}
