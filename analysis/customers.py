"""Customers of categories, from a population table in which totals and their parts may stand side by side.

The table has ``customers`` and any columns as text, blank meaning "all". What is known of a category may stand in one row (a branch) or
in several (the operators of a branch), or in both; each customer must count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from survey_schema.models import Role, SurveySchema

CUSTOMERS = "customers"
#: One value of each column a category is made of.
Category = tuple[str, ...]


def customers_of(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> dict[Category, float]:
    """Customers of every category of ``columns`` that the rows state; without columns there is one category, everybody.

    A category's customers are taken from one breakdown only: the one with the fewest further columns, so a branch's own row goes before
    the sum of its operators; of several with as many (by operator, by brand) the first by name. Rows without a number are left out.
    """
    stated: dict[Category, dict[Category, float]] = {}
    for row in rows:
        filled = tuple(sorted(name for name, value in row.items() if name != CUSTOMERS and _told(value)))
        customers = row[CUSTOMERS]
        if not set(columns) <= set(filled) or not isinstance(customers, int | float) or not _told(customers):
            continue
        breakdowns = stated.setdefault(tuple(str(row[name]) for name in columns), {})
        breakdowns[filled] = breakdowns.get(filled, 0.0) + float(customers)
    return {category: breakdowns[min(breakdowns, key=lambda filled: (len(filled), filled))] for category, breakdowns in stated.items()}


def customers_by(
    population: pd.DataFrame | None, schema: SurveySchema, dimension: str | None, where: Mapping[str, str]
) -> dict[str | None, float]:
    """Customers of each group (key None: of everybody) under a selection; empty where the population does not tell.

    A population that does not tell operators apart is ours.
    """
    if population is None or not len(population):
        return {}
    tells_operators = bool(population[Role.OPERATOR].notna().any())
    asked = {name: value for name, value in where.items() if tells_operators or (name, value) != (Role.OPERATOR, schema.our_operator)}
    columns = tuple(dict.fromkeys([*asked, *([dimension] if dimension else [])]))
    if not set(columns) <= set(population.columns):
        return {}
    found: dict[str | None, float] = {}
    for category, customers in customers_of(population.to_dict("records"), columns).items():
        values = dict(zip(columns, category, strict=True))
        if asked.items() <= values.items():
            found[values[dimension] if dimension else None] = customers
    return found


def _told(value: object) -> bool:
    return value is not None and value == value
