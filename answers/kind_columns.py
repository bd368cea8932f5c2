"""What data beside responses are grouped and narrowed by, in the words of a person: columns of the kind, and their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.selection import EVERYBODY, stored_value
from answers.topic import Topic
from survey_schema.columns import DIMENSIONS, Choice, Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.data_kinds.description import KindColumn, OneOf
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message
from words.lists import Listed
from words.periods import Period

#: What stands in a record where a row has an empty cell in a column it is grouped by: a group of its own, not everybody.
NOT_STATED = "none"


def kind_column_name(name: str, topic: Topic[Any, Any]) -> str:
    """The column of the topic's ``groups`` named by code or title; raises ManyiError naming what there is."""
    for code in topic.groups:
        column = kind_column(topic, code)
        if name in (code, *((column.title.zh_CN, column.title.en) if column else ())):
            return code
    raise ManyiError(message("{name} is nothing to group by. There are: {known}.", name=name, known=Listed(topic.groups)))


def _selecting_column(name: str, topic: Topic[Any, Any]) -> str:
    """The same for ``--where``, whose refusal speaks of selecting."""
    try:
        return kind_column_name(name, topic)
    except ManyiError as error:
        raise ManyiError(
            message("{name} does not narrow these data. They are narrowed by: {known}.", name=name, known=Listed(topic.groups))
        ) from error


def kind_conditions(texts: Sequence[str], topic: Topic[Any, Any], schema: SurveySchema) -> dict[str, str]:
    """``hall=中心营业厅`` … → column and stored value; ``COLUMN=all`` narrows nothing. ``operator=all`` is kept: ours is usual."""
    where: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not value:
            raise ManyiError(message("--where {text} is not of the form COLUMN=VALUE.", text=text))
        everybody = value.lower() in EVERYBODY
        if everybody and name in DIMENSIONS and name not in topic.groups:
            continue  # a dimension these data do not have
        code = _selecting_column(name, topic)
        column = kind_column(topic, code)
        stored = EVERYBODY[0] if everybody else stored_value(_choices(column, schema), value)
        if everybody and code != Role.OPERATOR:
            continue
        if where.setdefault(code, stored) != stored:
            raise ManyiError(message("--where names two values of {column}; name one, or compare them with --by {column}.", column=name))
    return where


def kind_column(topic: Topic[Any, Any], code: str) -> KindColumn | None:
    """The column of that code of the first of the topic's kinds that has it; None for what follows from others, as a month from a day."""
    return next((column for kind in topic.kinds for column in kind_of(kind).columns if column.code == code), None)


def kind_value_title(topic: Topic[Any, Any], code: str, value: str | None, schema: SurveySchema, language: Language) -> str:
    """A stored value of a column for a reader: the title the schema gives it, else the value itself; an empty cell is said to be one."""
    if value in (None, NOT_STATED):
        return message("(not stated)").text(language)
    period = Period.parse(str(value)) if kind_column(topic, code) is None else None  # what follows from a day is a period
    found = next((choice for choice in _choices(kind_column(topic, code), schema) if choice.code == value), None)
    return period.text(language) if period else found.title.text(language) if found else str(value)


def _choices(column: KindColumn | None, schema: SurveySchema) -> Sequence[Choice]:
    return known_choices(column.value, schema).choices if column and isinstance(column.value, OneOf) else ()
