"""Customers of categories, from a population table in which totals and their parts may stand side by side.

The table has ``customers`` and any columns as text, blank meaning "all". What is known of a category may stand in one row (a branch) or
in several (the operators of a branch), or in both; each customer must count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from survey_schema.columns import Role
from survey_schema.models import SurveySchema

CUSTOMERS = "customers"
#: One value of each column a category is made of.
Category = tuple[str, ...]


def customers_of(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> dict[Category, float]:
    """Customers of every category of ``columns`` that the rows state; without columns there is one category, everybody.

    A category's customers are taken from one breakdown only: the one with the fewest further columns, so a branch's own row goes before
    the sum of its operators. Of several with as many, by operator and by brand, the one that states most categories goes first, then the
    one with most customers: the other names a part. Rows without a number are left out.
    """
    breakdowns: dict[Category, dict[Category, float]] = {}
    for row in rows:
        filled = tuple(sorted(name for name, value in row.items() if name != CUSTOMERS and _told(value)))
        customers = row[CUSTOMERS]
        if set(columns) <= set(filled) and isinstance(customers, int | float) and _told(customers):
            stated, category = breakdowns.setdefault(filled, {}), tuple(str(row[name]) for name in columns)
            stated[category] = stated.get(category, 0.0) + float(customers)
    found: dict[Category, float] = {}
    for filled in sorted(breakdowns, key=lambda one: (len(one), -len(breakdowns[one]), -sum(breakdowns[one].values()), one)):
        found = breakdowns[filled] | found
    return found


def customers_by(
    population: pd.DataFrame | None, schema: SurveySchema, dimension: str | None, where: Mapping[str, str]
) -> dict[str | None, float]:
    """Customers of each group (key None: of everybody) under a selection; empty where the population does not tell.

    Rows that name no operator are ours where none names us.
    """
    if population is None or not len(population):
        return {}
    rows = population.to_dict("records")
    found = _selected(rows, dimension, where)
    if not found and where.get(Role.OPERATOR) == schema.our_operator:
        unnamed = [row for row in rows if not _told(row.get(Role.OPERATOR))]
        found = _selected(unnamed, dimension, {name: value for name, value in where.items() if name != Role.OPERATOR})
    return found


def _selected(rows: Sequence[Mapping[str, object]], dimension: str | None, where: Mapping[str, str]) -> dict[str | None, float]:
    columns = tuple(dict.fromkeys([*where, *([dimension] if dimension else [])]))
    found: dict[str | None, float] = {}
    for category, customers in customers_of(rows, columns).items():
        values = dict(zip(columns, category, strict=True))
        if where.items() <= values.items():
            found[values[dimension] if dimension else None] = customers
    return found


def _told(value: object) -> bool:
    return value is not None and value == value
