"""What a selection and a scope mean for the files: columns, filters, and which waves can be read as one."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from storage.records import Scope, Selection
from storage.stored_columns import stored_types
from survey_schema.columns import DIMENSIONS
from survey_schema.data_kinds.description import DataKind
from survey_schema.models import SurveySchema
from survey_schema.questions import Item
from words.errors import unknown
from words.language import message


def column_types(schemas: Mapping[str, SurveySchema]) -> dict[str, pa.DataType]:
    """Columns of several waves together. An attribute that is text in one wave and a number in another is text."""
    types: dict[str, pa.DataType] = {}
    for schema in schemas.values():
        for name, kind in stored_types(schema).items():
            types[name] = kind if types.get(name, kind) == kind else pa.string()
    types["replicate_group"] = types.pop("replicate_group")
    return types


def filters(selection: Selection, scope: Scope) -> list[tuple[str, frozenset[str | None]]]:
    """Allowed values by dimension: what was selected, and what the user may see."""
    for name in [*selection.where, *scope.allowed]:
        if name not in DIMENSIONS:
            raise unknown(message("dimension"), name, DIMENSIONS)
    chosen: list[tuple[str, frozenset[str | None]]] = [(name, frozenset([value])) for name, value in selection.where.items()]
    return [*chosen, *((name, frozenset(values)) for name, values in scope.allowed.items())]


def kind_filters(kind: DataKind, where: Mapping[str, str], scope: Scope) -> list[tuple[str, frozenset[str | None]]]:
    """The same for rows of a kind. A dimension the kind has not hides nothing; a row for all branches is everybody's."""
    columns = {column.code: column for column in kind.columns}
    for name in where:
        if name not in columns:
            raise unknown(message("column"), name, list(columns))
    chosen: list[tuple[str, frozenset[str | None]]] = [(name, frozenset([value])) for name, value in where.items()]
    for name, values in scope.allowed.items():
        if name in columns:
            chosen.append((name, frozenset([*values, *([None] if columns[name].blank_means_all else [])])))
    return chosen


def asked_otherwise(schemas: Mapping[str, SurveySchema], like: SurveySchema) -> dict[str, tuple[str, ...]]:
    """The waves (label → schema) in which an item of ``like`` had another scale or was turned, by the item's code.

    Its grades do not mean the same there: it is another question, as if the wave had not asked it.
    """
    meant = {item.code: _ends(like, item) for item in like.items}
    found: dict[str, list[str]] = {}
    for label, schema in schemas.items():
        for item in schema.items:
            if item.code in meant and meant[item.code] != _ends(schema, item):
                found.setdefault(item.code, []).append(label)
    return {code: tuple(labels) for code, labels in found.items()}


def _ends(schema: SurveySchema, item: Item) -> tuple[float, float, bool]:
    scale = schema.scales[item.scale]
    return scale.minimum, scale.maximum, item.reversed
