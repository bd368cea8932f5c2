"""What a selection and a scope mean for the files: columns, filters, and which waves can be read as one."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from storage.records import Scope, Selection
from storage.stored_columns import stored_types
from survey_schema.errors import ManyiError
from survey_schema.language import message
from survey_schema.models import DIMENSIONS, SurveySchema


def column_types(schemas: Mapping[str, SurveySchema]) -> dict[str, pa.DataType]:
    """Columns of several waves together. An attribute that is text in one wave and a number in another is text."""
    types: dict[str, pa.DataType] = {}
    for schema in schemas.values():
        for name, kind in stored_types(schema).items():
            types[name] = kind if types.get(name, kind) == kind else pa.string()
    types["replicate_group"] = types.pop("replicate_group")
    return types


def filters(selection: Selection, scope: Scope) -> list[tuple[str, frozenset[str]]]:
    """Allowed values by dimension: what was selected, and what the user may see."""
    for name in [*selection.where, *scope.allowed]:
        if name not in DIMENSIONS:
            raise ManyiError(message("{name} is not a dimension; expected one of {known}.", name=name, known=", ".join(DIMENSIONS)))
    return [*((name, frozenset([value])) for name, value in selection.where.items()), *scope.allowed.items()]


def refuse_changed_scales(schemas: Mapping[str, SurveySchema]) -> None:
    """Refuse waves (label → schema) that ask the same item on different scales: their grades do not mean the same."""
    first: dict[str, tuple[str, tuple[float, float, bool]]] = {}
    for label, schema in schemas.items():
        for item in schema.items:
            scale = schema.scales[item.scale]
            ends = (scale.minimum, scale.maximum, item.reversed)
            seen_in, seen = first.setdefault(item.code, (label, ends))
            if seen != ends:
                raise ManyiError(
                    message(
                        "Item {item} has one scale in wave {first} and another in wave {second}. Select waves that ask it alike.",
                        item=item.code, first=seen_in, second=label,
                    )
                )  # fmt: skip
