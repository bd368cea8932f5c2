"""What is selected, in the words of a person: columns, values, waves; and whose figures are meant where nobody says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.source import Source
from storage.catalogue import period_order
from survey_schema.columns import DIMENSIONS, Choice, Column, Role
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded
from words.errors import ManyiError, no_responses, shown_value, unknown, what_there_is
from words.language import message
from words.periods import Period

#: What ``--where COLUMN=…`` calls no narrowing at all.
EVERYBODY = ("all", "全部")


def named_waves(named: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """The labels of waves written as people write periods, oldest first; raises ManyiError naming what there is."""
    chosen = []
    for text in named:
        period = Period.parse(text)
        label = text if text in labels or period is None else period.label
        if label not in labels:
            raise unknown(message("wave"), text, labels)
        chosen.append(label)
    return tuple(sorted(dict.fromkeys(chosen), key=period_order))


def column_name(name: str, schema: SurveySchema) -> str:
    """The stored column of a dimension or text attribute, named by code, role or title."""
    if name == Role.WAVE:
        return name
    column = _column(name, schema)
    if column is None or not _groups(column):
        there = [str(column.stored_as) for column in schema.columns if _groups(column)]
        found = message("{name} is nothing to group by.", name=shown_value(name))
        raise ManyiError(message("{found} {known}", found=found, known=what_there_is(name, there)))
    return column.stored_as


def conditions(texts: Sequence[str], schema: SurveySchema) -> tuple[dict[str, str], frozenset[str]]:
    """``branch=兰州`` … → stored column and value, and the columns said to be left open with ``COLUMN=all``.

    Raises ManyiError where one column is asked for two values, which no response has.
    """
    named: dict[str, str | None] = {}
    for text in texts:
        name, value = _condition(text, schema)
        if name == Role.WAVE:
            raise ManyiError(message("Waves are chosen with --wave {wave}, not with --where.", wave=value or "…"))
        if named.setdefault(name, value) != value:
            raise ManyiError(message("--where names two values of {column}; name one, or compare them with --by {column}.", column=name))
    where = {name: value for name, value in named.items() if value is not None}
    return where, frozenset(named.keys() - where.keys())


def stored_value(choices: Sequence[Choice], text: str) -> str:
    """The code of a value named by code, title or alias; the text itself where the schema lists no such value."""
    return choice_codes(list(choices)).get(folded(text), text)


def value_of(column: str, text: str, schema: SurveySchema) -> str:
    """The stored value of a column that a text names."""
    found = _column(column, schema)
    return stored_value(found.choices if found else [], text)


def item_code(text: str, schema: SurveySchema) -> str:
    """The item of that code, title or alias; raises :class:`ManyiError` naming what there is."""
    for item in schema.items:
        if text in (item.code, item.title.zh_CN, item.title.en, *item.aliases):
            return item.code
    found = message("{code} is no item.", code=shown_value(text))
    raise ManyiError(message("{found} {known}", found=found, known=what_there_is(text, [item.code for item in schema.items])))


def ours_where(source: Source, wave: str) -> dict[str, str]:
    """Our own customers, where the survey says who we are and some responses of the wave are of ours: the usual selection everywhere."""
    ours = source.schema.our_operator
    return {str(Role.OPERATOR): ours} if ours in source.values(wave).get(Role.OPERATOR, ()) and ours is not None else {}


def refuse_nobody(source: Source, where: dict[str, str], waves: Sequence[str]) -> None:
    """Raises ManyiError where no response has what is selected, naming what there is."""
    tallies = source.tallies(waves, (Role.WAVE, *where))
    for name, value in where.items():
        values = tallies.values(name)
        if value not in values:
            raise no_responses(value, values)
    if where and not tallies.where(where).rows.sum():
        raise ManyiError(message("No response has all that --where asks."))


def refuse_no_such_value(source: Source, where: Mapping[str, str]) -> None:
    """Raises ManyiError for a branch, operator, brand or business line that no wave has, as far as the user may see them."""
    for name, value in where.items():
        known = {each for wave in source.labels for each in source.values(wave).get(name, ())}
        if name in DIMENSIONS and value not in known:
            raise no_responses(value, sorted(known))


def _column(name: str, schema: SurveySchema) -> Column | None:
    for column in schema.columns:
        if name in (column.code, column.stored_as, column.title.zh_CN, column.title.en):
            return column
    return None


def _groups(column: Column) -> bool:
    return column.role in (Role.WAVE, *DIMENSIONS, Role.INTERVIEWER) or (column.role is Role.ATTRIBUTE and column.kind == "text")


def _condition(text: str, schema: SurveySchema) -> tuple[str, str | None]:
    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not value:
        raise ManyiError(message("--where {text} is not of the form COLUMN=VALUE.", text=text))
    if value.lower() in EVERYBODY and name in DIMENSIONS and _column(name, schema) is None:
        return name, None  # a survey without that column is of everybody
    stored = column_name(name, schema)
    found = value_of(stored if stored == Role.WAVE else name, value, schema)
    return stored, None if found.lower() in EVERYBODY else found
