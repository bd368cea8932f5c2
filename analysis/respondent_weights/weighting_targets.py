"""What respondent weights are to reach: population shares of the categories of columns, or of combinations of columns.

A target over one column is a **margin** (branch); over several columns it gives **joint cells** (operator × brand). Targets come from a
population table: customers by branch, operator, brand, business line and attribute, as the population sheet of a workbook has them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from analysis.sums.customers import CUSTOMERS, Category, customers_of
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message
from words.lists import Listed

#: So many categories are named in a refusal; the rest is counted.
_NAMED = 5


@dataclass(frozen=True)
class Target:
    """Wanted shares of the categories of one column, or of the combinations of several.

    ``shares`` may be given as counts or shares; they are kept as shares of sum 1. Every key has one value per column.
    Raises ManyiError when there is no column or category, a key does not fit, a number is negative or none, or all are 0.
    """

    columns: tuple[str, ...]
    shares: Mapping[Category, float]

    def __post_init__(self) -> None:
        if not self.columns or len(set(self.columns)) < len(self.columns):
            raise ManyiError(message("A weighting target needs one or more different columns."))
        for category, share in self.shares.items():
            if len(category) != len(self.columns):
                raise ManyiError(
                    message("{category} is not one value for each of {columns}.", category=" × ".join(category), columns=self.name)
                )
            if not (math.isfinite(share) and share >= 0):
                raise ManyiError(
                    message(
                        "The target of {category} is {found}; expected a number of at least 0.", category=" × ".join(category), found=share
                    )
                )
        total = math.fsum(self.shares.values())
        if total <= 0:
            raise ManyiError(message("The targets for {columns} are all 0 or missing.", columns=self.name))
        object.__setattr__(self, "shares", {category: share / total for category, share in self.shares.items()})

    @property
    def name(self) -> str:
        """The columns as text, such as ``operator × brand``."""
        return " × ".join(self.columns)


@dataclass(frozen=True)
class CategoryName:
    """A category as the reader knows it: the titles of the schema where there is one, joined by ×."""

    columns: tuple[str, ...]
    values: Category
    schema: SurveySchema | None = None

    def text(self, language: Language) -> str:
        """The name in one language."""
        return " × ".join(self._value(column, value, language) for column, value in zip(self.columns, self.values, strict=True))

    def _value(self, name: str, value: str, language: Language) -> str:
        return self.schema.value_title(name, value, language) if self.schema else value


@dataclass(frozen=True)
class ColumnsName:
    """The columns of a target as the reader knows them."""

    columns: tuple[str, ...]
    schema: SurveySchema | None = None

    def text(self, language: Language) -> str:
        """The titles in one language, joined by ×."""
        return " × ".join(self.schema.column_title(name, language) if self.schema else name for name in self.columns)


def columns_told_apart(population: pa.Table | None, schema: SurveySchema) -> tuple[str, ...]:
    """The stored columns a survey asks for and the population tells apart: what there is to weight by."""
    asked = {column.stored_as for column in schema.columns}
    told = [] if population is None else [name for name in population.column_names if population[name].null_count < population.num_rows]
    return tuple(name for name in told if name in asked and name != CUSTOMERS)


def targets_from_population(population: pa.Table | None, margins: Sequence[Sequence[str]]) -> tuple[Target, ...]:
    """One target per entry of ``margins`` (each one column or several) from customers per cell.

    ``population`` has ``customers`` and any of the columns as text, null meaning "all"; totals and their parts in one sheet do not count
    twice, see ``customers_of``. Raises ManyiError when there is no population, no margin, or a column the population does
    not tell apart.
    """
    if population is None or not population.num_rows:
        raise ManyiError(message("There is no population. A population sheet with customers by branch, operator or brand would bring it."))
    if not margins:
        raise ManyiError(message("Name at least one margin, such as branch."))
    present = [name for name in population.column_names if name != CUSTOMERS]
    told = [name for name in present if population[name].null_count < population.num_rows]
    for name in dict.fromkeys(name for margin in margins for name in margin):
        if name not in told:
            raise ManyiError(message("The population does not tell {column} apart. It has: {known}.", column=name, known=Listed(told)))
    rows = population.select([*present, CUSTOMERS]).to_pylist()
    return tuple(_target(tuple(margin), rows) for margin in margins)


def _target(columns: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> Target:
    stated = customers_of(rows, columns)
    if not stated:
        raise ManyiError(message("The population has no row that states {columns} together.", columns=" × ".join(columns)))
    return Target(columns, stated)


def refuse_unmatched(target: Target, respondents: Sequence[Category], schema: SurveySchema | None = None) -> None:
    """Refuse by name what cannot be weighted: a target without respondents, respondents without a target or with a target of 0.

    ``respondents`` has the categories that occur. A target of 0 nobody belongs to asks for nothing and is let through.
    """
    occurring, columns = set(respondents), ColumnsName(target.columns, schema)
    faults = (
        ([category for category, share in target.shares.items() if share > 0 and category not in occurring], _LONELY),
        ([category for category in respondents if category not in target.shares], _UNKNOWN),
        ([category for category in respondents if target.shares.get(category) == 0], _EMPTY),
    )
    for found, sentence in faults:
        if found:
            named = Listed([CategoryName(target.columns, category, schema) for category in sorted(found)], _NAMED)
            raise ManyiError(Message(sentence.template, {"categories": named, "columns": columns}))


_LONELY = message(
    "{categories} ({columns}): there is a target but no respondent. Merge it with another category, or leave this margin out."
)
_UNKNOWN = message(
    "{categories} ({columns}): there are respondents but no target. Add the customers to the population, or leave this margin out."
)
_EMPTY = message("{categories} ({columns}): there are respondents but the target is 0 customers.")
