"""Repairs: what a value means that the survey does not know, decided once by a person for every row that holds it.

A repair is about one column, by its code, or about one scale, by its name. The same repairs come from the screen, from the store, which
remembers them for the next workbook of the survey, and from a file of ``--repairs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from survey_schema.columns import Column
from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from survey_schema.workbook.check.value_answers import LONGEST_WORD, ValueAnswers, value_key
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded, parse_number
from words.errors import ManyiError, shown_value, unknown
from words.language import message

#: So many repairs are taken at once and remembered of a survey.
MOST_REPAIRS = 5_000


class Decision(StrEnum):
    """is: the value is another one that is known. new: it is one of its own. not_known: it says nothing."""

    IS = "is"
    NEW = "new"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Repair:
    """One decision. ``scope``: the code of a column or the name of a scale; ``value``: what stands in the cells; ``target``: the code of
    a choice, a name where the survey lists none, or a grade; empty unless the decision is ``is``."""

    scope: str
    value: str
    decision: Decision
    target: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two repairs share of which only one can hold."""
        return self.scope, value_key(self.value)


def settled_repair(repair: Repair, schema: SurveySchema) -> Repair:
    """A repair with its target written as the store keeps it. Raises ManyiError for one that does not fit the survey."""
    value = " ".join(repair.value.split())
    if not value or len(value) > LONGEST_WORD:
        raise ManyiError(message("A repair names a value of 1 to {longest} characters.", longest=LONGEST_WORD))
    repair = replace(repair, value=value, target=" ".join(repair.target.split()))
    if repair.scope in schema.scales:
        return _of_scale(repair, schema.scales[repair.scope])
    column = next((column for column in schema.columns if column.code == repair.scope), None)
    if column is None:
        known = [*(each.code for each in schema.columns), *schema.scales]
        raise unknown(message("column or scale"), repair.scope, known, place=schema.name)
    return _of_column(repair, column)


def _of_scale(repair: Repair, scale: Scale) -> Repair:
    if repair.decision is Decision.NEW:
        raise ManyiError(message("{value}: a scale has no new grades here; name the grade it is.", value=shown_value(repair.value)))
    if repair.decision is Decision.NOT_KNOWN:
        return replace(repair, target="")
    number = parse_number(repair.target)
    if number is None or not scale.is_grade(number):
        text, grade = shown_value(repair.value), shown_value(repair.target)
        raise ManyiError(message("{text}: {grade} is not a grade of the scale.", text=text, grade=grade))
    return replace(repair, target=f"{number:g}")


def _of_column(repair: Repair, column: Column) -> Repair:
    if repair.decision is not Decision.IS:
        return replace(repair, target="")
    if not repair.target or len(repair.target) > LONGEST_WORD:
        raise ManyiError(message("{value}: say which known value it is.", value=shown_value(repair.value)))
    names = choice_codes(column.choices)
    code = names.get(folded(repair.target))
    if code is None and column.choices and (column.closed or folded(repair.target) == folded(repair.value)):
        raise unknown(message("value of {column}", column=column.title), repair.target, [choice.code for choice in column.choices])
    return replace(repair, target=code or repair.target)


def fitting(repairs: Iterable[Repair], schema: SurveySchema) -> tuple[Repair, ...]:
    """Those of remembered repairs that the survey, which may have changed since, still allows; of two about the same the later one."""
    held: dict[tuple[str, str], Repair] = {}
    for repair in repairs:
        try:
            settled = settled_repair(repair, schema)
        except ManyiError:
            continue
        held[settled.key] = settled
    return tuple(held.values())


def settled_repairs(repairs: Sequence[Repair], schema: SurveySchema) -> tuple[Repair, ...]:
    """All of them, of two about the same the later one; raises ManyiError for one that does not fit, or for too many."""
    if len(repairs) > MOST_REPAIRS:
        raise ManyiError(message("There are {count} repairs; at most {most} are taken.", count=len(repairs), most=MOST_REPAIRS))
    settled = (settled_repair(repair, schema) for repair in repairs)
    return tuple({repair.key: repair for repair in settled}.values())


def with_repairs(answers: ValueAnswers, repairs: Iterable[Repair], schema: SurveySchema) -> ValueAnswers:
    """The answers with the repairs of words beside them; what was answered goes first."""
    words: dict[str, dict[str, float | None]] = {}
    for repair in repairs:
        if repair.scope in schema.scales:
            grade = float(repair.target) if repair.decision is Decision.IS else None
            words.setdefault(repair.scope, {})[value_key(repair.value)] = grade
    for scope, said in answers.words.items():
        words.setdefault(scope, {}).update(said)
    return replace(answers, words=words)


def names_by_column(repairs: Iterable[Repair], schema: SurveySchema) -> dict[str, Mapping[str, str | None]]:
    """What names mean by the code of their column: folded name → the name or code it is, None where it is not known."""
    columns = {column.code for column in schema.columns}
    found: dict[str, dict[str, str | None]] = {}
    for repair in repairs:
        if repair.scope in columns:
            meant = repair.value if repair.decision is Decision.NEW else repair.target or None
            found.setdefault(repair.scope, {})[folded(repair.value)] = meant
    return {code: dict(names) for code, names in found.items()}
