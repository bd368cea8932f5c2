"""What data beside responses are grouped and narrowed by, in the words of a person: columns of the kind, and their values."""

from __future__ import annotations

from collections.abc import Sequence

from answers.selection import EVERYBODY, stored_value
from answers.topic import Topic
from survey_schema.columns import DIMENSIONS
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.data_kinds.description import KindColumn, OneOf
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


def kind_column_name(name: str, topic: Topic[object, object]) -> str:
    """The column of the topic's ``groups`` named by code or title; raises ManyiError naming what there is."""
    for code in topic.groups:
        column = kind_column(topic, code)
        if name in (code, *((column.title.zh_CN, column.title.en) if column else ())):
            return code
    raise ManyiError(message("{name} is nothing to group by. There are: {known}.", name=name, known=", ".join(topic.groups)))


def kind_conditions(texts: Sequence[str], topic: Topic[object, object], schema: SurveySchema) -> dict[str, str]:
    """``hall=中心营业厅`` … → column and stored value; ``COLUMN=all`` narrows nothing."""
    where: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not value:
            raise ManyiError(message("--where {text} is not of the form COLUMN=VALUE.", text=text))
        if value.lower() in EVERYBODY and name in (*DIMENSIONS, *topic.groups):
            continue  # also a dimension these data do not have
        code = kind_column_name(name, topic)
        column = kind_column(topic, code)
        choices = known_choices(column.value, schema).choices if column and isinstance(column.value, OneOf) else ()
        stored = stored_value(choices, value)
        if where.setdefault(code, stored) != stored:
            raise ManyiError(message("--where names two values of {column}; name one, or compare them with --by {column}.", column=name))
    return where


def kind_column(topic: Topic[object, object], code: str) -> KindColumn | None:
    """The column of that code of the first of the topic's kinds that has it; None for what follows from others, as a month from a day."""
    return next((column for kind in topic.kinds for column in kind_of(kind).columns if column.code == code), None)
