"""New branches, operators and classes: values of a closed list that a person said are values of their own, added to the survey."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from survey_schema.columns import Choice, Column
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded
from survey_schema.workbook.repair.repairs import Decision, Repair
from words.errors import ManyiError, shown_value
from words.language import message

#: A list of choices of a survey has at most so many.
MOST_CHOICES = 2_000
_LONGEST_CODE = 40
_NO_CODE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Widened:
    """A survey with choices added: ``added`` are pairs of column code and name; nothing where all of them were there."""

    schema: SurveySchema
    added: tuple[tuple[str, str], ...]


def with_new_choices(schema: SurveySchema, repairs: Sequence[Repair]) -> Widened:
    """The survey in which every value that was said to be new is a choice of its column.

    Columns that list no values, or take others too, need no choice: there a new value is kept as it stands. What is listed already, by
    code, name or alias, is left as it is, so doing it twice adds nothing.
    """
    columns = {column.code: column for column in schema.columns}
    added: list[tuple[str, str]] = []
    for repair in repairs:
        column = columns.get(repair.scope)
        if repair.decision is not Decision.NEW or column is None or not (column.choices and column.closed):
            continue
        if folded(repair.value) in choice_codes(column.choices):
            continue
        if len(column.choices) >= MOST_CHOICES:
            name = shown_value(repair.value)
            raise ManyiError(
                message("{name} is not added: {column} lists {most} values already.", name=name, column=column.title, most=MOST_CHOICES)
            )
        choice = Choice(code=_code(repair.value, column), title=LocalText(zh_CN=repair.value, en=repair.value))
        columns[column.code] = column.model_copy(update={"choices": [*column.choices, choice]})
        added.append((column.code, repair.value))
    if not added:
        return Widened(schema, ())
    return Widened(schema.model_copy(update={"columns": list(columns.values())}), tuple(added))


def _code(name: str, column: Column) -> str:
    """A code from the letters of a name where it has Latin ones, else the column's and the next free number."""
    taken = {choice.code.casefold() for choice in column.choices}
    plain = unicodedata.normalize("NFKD", name)
    latin = _NO_CODE.sub("_", plain.casefold()).strip("_")[:_LONGEST_CODE] if plain.isascii() else ""
    if latin[:1].isalpha() and latin not in taken:
        return latin
    number = len(column.choices) + 1
    while f"{column.code}_{number}".casefold() in taken:
        number += 1
    return f"{column.code}_{number}"
