"""The index as sheets that add up: each indicator is a formula over its parts and their indicator weights, down to the questions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.results.estimates import Estimate
from answers.figure_names import FigureNames
from answers.topic import Answered
from reports.data_tables import FIGURES, WHOLE
from reports.office.formulas import WeightedMean
from reports.office.sheets import SheetColumn, TableSheet
from reports.storylines.figure_sheets import told_by
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.language import Language, message

_WEIGHT, _FIRST_SCORE = 2, 3
#: What a formula may differ from the figure; more, and the figure itself is written.
_NEAR = 1e-9
_ADDS_UP = message(
    "Indicators are formulas: their parts by indicator weights. Where a part is not shown or was not asked of all, it is the figure itself."
)
Formulas = dict[tuple[int, int], WeightedMean]


@dataclass(frozen=True)
class TreeRow:
    """An indicator with its weight among its siblings (None: the top), how deep it lies, and the rows of its parts."""

    code: str
    depth: int
    weight: float | None
    parts: tuple[int, ...] = ()


def tree_rows(schema: SurveySchema) -> tuple[TreeRow, ...]:
    """The tree from the top, each indicator before its parts."""
    rows: list[TreeRow] = []

    def add(node: Indicator, depth: int, weight: float | None) -> int:
        place = len(rows)
        rows.append(TreeRow(node.code, depth, weight))
        weights, parts = node.child_weights(), []
        for child in node.children:
            if isinstance(child, Indicator):
                parts.append(add(child, depth + 1, weights[child.code]))
            else:
                parts.append(len(rows))
                rows.append(TreeRow(child.item, depth + 1, weights[child.item]))
        rows[place] = TreeRow(node.code, depth, weight, tuple(parts))
        return place

    add(schema.tree, 0, None)
    return tuple(rows)


def index_sheet(name: str, title: str, index: Answered[Any, Any], language: Language) -> TableSheet:
    """The index of one selection: weights, scores, intervals and bases; the scores add up."""
    schema = index.asked.schema
    rows = tree_rows(schema)
    found = [index.figures.find(row.code) for row in rows]
    scores, formulas = _adding_up(rows, [found])
    columns = [
        *_named(rows, index, language),
        *scores_as_columns(scores, [message("Score").text(language)]),
        *(
            SheetColumn(heading.text(language), tuple(_field(each, field) for each in found), form)
            for field, heading, form in (
                ("low", message("Interval from"), FIGURES), ("high", message("Interval to"), FIGURES),
                ("n", message("Base"), WHOLE), ("n_eff", message("Effective base"), "#,##0.0"), ("rank", message("Rank"), WHOLE),
            )
        ),
        SheetColumn(message("Note").text(language), tuple(_note(each, language) for each in found), right=False),
    ]  # fmt: skip
    return TableSheet(name, title, f"{told_by(index, language)} {_ADDS_UP.text(language)}".strip(), tuple(columns), formulas=formulas)


def index_by_group_sheet(
    name: str, title: str, index: Answered[Any, Any], column: str, groups: Sequence[str], language: Language
) -> TableSheet:
    """The index of groups side by side, a column each; every column adds up. Intervals and bases stand on the sheet of all figures."""
    schema, names = index.asked.schema, FigureNames.of(index, language)
    rows = tree_rows(schema)
    by_group: Mapping[tuple[str | None, str], Estimate] = {(each.keys.get(column), each.code): each for each in index.figures.estimates}
    found = [[by_group.get((group, row.code)) for row in rows] for group in groups]
    scores, formulas = _adding_up(rows, found)
    columns = [*_named(rows, index, language), *scores_as_columns(scores, [names.value(column, group) for group in groups])]
    return TableSheet(name, title, _ADDS_UP.text(language), tuple(columns), formulas=formulas)


def scores_as_columns(scores: Sequence[Sequence[float | None]], headings: Sequence[str]) -> list[SheetColumn]:
    """A column of scores under each heading."""
    return [SheetColumn(heading, tuple(values), FIGURES) for heading, values in zip(headings, scores, strict=True)]


def _named(rows: Sequence[TreeRow], index: Answered[Any, Any], language: Language) -> list[SheetColumn]:
    names = FigureNames.of(index, language)
    return [
        SheetColumn(message("Code").text(language), tuple(row.code for row in rows), right=False),
        SheetColumn(message("Indicator").text(language), tuple("　" * row.depth + names.indicator(row.code) for row in rows), right=False),
        SheetColumn(message("Indicator weight").text(language), tuple(row.weight for row in rows), "0.0000"),
    ]


def _adding_up(rows: Sequence[TreeRow], columns: Sequence[Sequence[Estimate | None]]) -> tuple[list[list[float | None]], Formulas]:
    """The scores of each column, and the formula of every indicator whose shown parts make it."""
    weights = [row.weight for row in rows]
    scores, formulas = [], Formulas()
    for number, estimates in enumerate(columns):
        values = [None if each is None else each.value for each in estimates]
        scores.append(values)
        for place, row in enumerate(rows):
            known = tuple(part for part in row.parts if values[part] is not None)
            formula, value = WeightedMean(_FIRST_SCORE + number, _WEIGHT, known), values[place]
            computed = formula.of(values, weights) if known else None
            if value is not None and computed is not None and math.isclose(value, computed, rel_tol=0, abs_tol=_NEAR):
                formulas[place, _FIRST_SCORE + number] = formula
    return scores, formulas


def _field(estimate: Estimate | None, field: str) -> float | int | None:
    if estimate is None or (estimate.value is None and field != "n"):
        return None
    found: float | int | None = getattr(estimate, field)
    return found


def _note(estimate: Estimate | None, language: Language) -> str | None:
    if estimate is None:
        return None
    told = [each.text(language) for each in (estimate.reason, estimate.note) if each is not None]
    told += [estimate.questions.told.text(language)] if estimate.questions else []
    return "; ".join([*(["*"] if estimate.marked else []), *told]) or None
