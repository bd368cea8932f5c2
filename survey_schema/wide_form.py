"""The form of a survey in which competitors stand as columns: its questions are those of each operator, and it has no operator column."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from survey_schema.columns import Choice, Column
from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.models import SurveySchema
from survey_schema.questions import Item


def side_by_side_items(schema: SurveySchema) -> list[Item]:
    """Every question of every operator or brand that is scored side by side; none where the survey asks so nothing."""
    repeat = schema.repeat
    return list(repeat.side_by_side(schema.items, repeated_column(schema).choices)) if repeat else []


def repeated_column(schema: SurveySchema) -> Column:
    """The operator or brand column of a survey with side-by-side questions."""
    assert schema.repeat is not None
    return next(column for column in schema.columns if column.code == schema.repeat.by)


def repeated_values(schema: SurveySchema) -> list[Choice]:
    """The operators or brands that are scored side by side, ours first, for what is said of the person goes with that row."""
    assert schema.repeat is not None
    wanted = schema.repeat.values
    found = [choice for choice in repeated_column(schema).choices if not wanted or choice.code in wanted]
    return sorted(found, key=lambda choice: not choice.ours)


def repeated_items(schema: SurveySchema) -> list[str]:
    """Codes of the items asked of each of them."""
    assert schema.repeat is not None
    return [item.code for item in schema.items if not schema.repeat.items or item.code in schema.repeat.items]


def form_of(schema: SurveySchema, targets: Collection[str]) -> SurveySchema:
    """The form a workbook is in, by the columns found: competitors as columns, or the survey as it is with a row for each."""
    if schema.repeat is None or not any(item.code in targets for item in side_by_side_items(schema)):
        return schema
    return wide_form(schema)


@lru_cache(maxsize=16)
def _wide(text: str) -> SurveySchema:
    schema = SurveySchema.model_validate_json(text)
    repeated = set(repeated_items(schema))
    first = repeated_values(schema)[0].code
    items = [item for item in schema.items if item.code not in repeated] + side_by_side_items(schema)
    columns = [column for column in schema.columns if column.code != repeated_column(schema).code]
    tree = _with_items(schema, schema.tree, repeated, first)
    return schema.model_copy(update={"items": items, "columns": columns, "tree": tree})


def wide_form(schema: SurveySchema) -> SurveySchema:
    """The survey as its workbook asks it; its tree stands for the first operator, ours where there is one. Used for checking only."""
    return _wide(schema.model_dump_json())


def _with_items(schema: SurveySchema, node: Indicator, repeated: Collection[str], value: str) -> Indicator:
    assert schema.repeat is not None
    children: list[Indicator | Leaf] = []
    for child in node.children:
        if isinstance(child, Indicator):
            children.append(_with_items(schema, child, repeated, value))
        else:
            code = schema.repeat.column_of(child.item, value) if child.item in repeated else child.item
            children.append(child.model_copy(update={"item": code}))
    return node.model_copy(update={"children": children})
