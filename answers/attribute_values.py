"""Which attributes of respondents can be selected and compared in a wave: those kept as text that have few values there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw

from answers.source import StoreSource
from survey_schema.columns import Role
from survey_schema.models import SurveySchema

#: An attribute of more values is a list of names, not a grouping, and is offered nowhere.
MOST_VALUES = 60


def attribute_values(source: StoreSource, wave: str) -> Mapping[str, tuple[str, ...]]:
    """Attribute → the values it has among the responses of a wave the user may see, in the order of the schema, the others sorted.

    Attributes of one value or none, and of more than ``MOST_VALUES``, are left out: they tell nobody apart. Missing values are no value.
    """
    names = tuple(column.stored_as for column in source.schema.columns if column.role is Role.ATTRIBUTE and column.kind == "text")
    return source.kept.get(("attribute values", names, source.key((wave,))), lambda: _found(source, wave, names)) if names else {}


def _found(source: StoreSource, wave: str, names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    frame, found = source.frame((wave,)), {}
    there = set(frame.collect_schema().names())
    for name in names:
        if name in there:
            counted = frame.group_by(name).agg(nw.len().alias("n")).head(MOST_VALUES + 2).collect()
            values = {str(value) for value in counted[name].to_list() if value is not None}
            if 1 < len(values) <= MOST_VALUES:
                found[name] = in_schema_order(source.schema, name, values)
    return found


def in_schema_order(schema: SurveySchema, column: str, values: Iterable[str]) -> tuple[str, ...]:
    """Values of a column as the schema lists them; those it does not list come last, sorted."""
    listed = next((each.choices for each in schema.columns if each.stored_as == column), [])
    places = {choice.code: place for place, choice in enumerate(listed)}
    return tuple(sorted(values, key=lambda value: (places.get(value, len(places)), value)))
