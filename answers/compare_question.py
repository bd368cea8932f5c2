"""What a comparison is asked: the kinds of them, and a question with everything usual written out in the survey's codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answers.compared import CompareOptions, groups_of, steps_of
from answers.compared_columns import compared_column
from answers.question import Question
from answers.selection import value_of
from answers.shares import in_shares
from answers.source import Source
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import message

Asking = Question[CompareOptions]
EARLIER = ("previous", "year_before")
_GROUP_WORDS = ("rest", "best", "target", "competitors")


def settled(question: Asking, source: Source) -> Asking:
    """``against`` in the survey's codes, the columns and the indicators written out; raises ManyiError for what cannot be compared."""
    against = question.options.against or "rest"
    question = replace(question, options=replace(question.options, against=against))
    if question.options.share:
        if against == "target":
            raise ManyiError(message("Targets are scores; compare shares with the rest, the best, another group or an earlier wave."))
        question = in_shares(question, question.options.share, source)
    settle = {"rest": _groups, "best": _groups, "target": _target, "competitors": _competitors}
    found = settle.get(against, _earlier if against in EARLIER else _pair)(question, source)
    if found.options.sides and kind_of(against) != "group":
        raise ManyiError(message("--sides is for the comparison with one other group."))
    return found


def _groups(question: Asking, source: Source) -> Asking:
    return replace(question, by=(_column(question, source),), codes=question.codes or (source.schema.tree.code,))


def _column(question: Asking, source: Source) -> str:
    """The column whose groups are compared; raises ManyiError for waves, which follow each other in time and are no such groups."""
    column = compared_column(source.schema, question.by)
    if column == Role.WAVE:
        raise ManyiError(message("A wave is compared with an earlier one: --against previous or year_before."))
    return column


def _target(question: Asking, source: Source) -> Asking:
    """The indicators that have a target."""
    codes = tuple(code for code in source.schema.comparison.targets if not question.codes or code in question.codes)
    if not codes:
        raise ManyiError(message("The survey's schema sets no target for what is asked."))
    return replace(question, codes=codes)


def _competitors(question: Asking, source: Source) -> Asking:
    """All operators and brands; raises ManyiError where some of them are selected, beside ours."""
    whole = (Role.OPERATOR, Role.BRAND)
    if set(question.by) - set(whole):
        raise ManyiError(message("Competitors are compared as a whole and by brand; use --where instead of --by."))
    ours = {str(Role.OPERATOR): source.schema.our_operator}
    if any(name in whole and ours.get(name) != value for name, value in question.where):
        told = message("Our customers are compared with each competitor, as a whole and by brand; leave operator and brand out of --where.")
        raise ManyiError(told)
    where = {name: value for name, value in question.selection.items() if name not in whole}
    return replace(question.with_where(where), by=(), codes=question.codes or (source.schema.tree.code,))


def _pair(question: Asking, source: Source) -> Asking:
    """The second group is the one named, the first the one of ``where``, or the only other one there is."""
    column = _column(question, source)
    second = value_of(column, question.options.against or "", source.schema)
    where = question.selection
    first = where.pop(column, None)
    values = source.tallies(question.waves, (Role.WAVE, column, *where)).where(where).values(column)
    _refuse_word(second)
    if second not in values:
        raise unknown(message("group or comparison"), second, [*_GROUP_WORDS, *EARLIER, *values])
    if first == second:
        raise ManyiError(message("{value} is compared with itself; name another group with --against.", value=second))
    if first is None:
        others = [value for value in values if value != second]
        if len(others) != 1:
            raise ManyiError(message("Say what is compared with {other}: add --where {dimension}=….", dimension=column, other=second))
        first = others[0]
    return replace(question.with_where({**where, column: first}), by=(column,), options=replace(question.options, against=second))


def _earlier(question: Asking, source: Source) -> Asking:
    """The headline of every group, where groups are asked for; raises ManyiError for a single wave that has no earlier one."""
    groups = groups_of(question)
    if groups:
        compared_column(source.schema, groups)  # one at most
        question = replace(question, codes=question.codes or (source.schema.tree.code,))
    if Role.WAVE not in question.by and not steps_of(question, source.labels):
        raise ManyiError(message("There is no earlier wave to compare {wave} with.", wave=question.waves[-1]))
    along = (str(Role.WAVE),) if Role.WAVE in question.by else ()
    return replace(question, by=(*along, *groups))


def kind_of(against: str | None) -> str:
    """rest, best, target, competitors, earlier, or group for what is none of their words."""
    named = {None: "rest", "rest": "rest", "best": "best", "target": "target", "competitors": "competitors"}
    return "earlier" if against in EARLIER else named.get(against, "group")


def columns(question: Asking, schema: SurveySchema) -> tuple[str, ...]:
    """The columns a comparison groups by beside those that are named."""
    kind = kind_of(question.options.against)
    if kind in ("earlier", "target"):
        return ()
    return (Role.OPERATOR, Role.BRAND) if kind == "competitors" else (compared_column(schema, question.by),)


def reads(question: Asking, labels: Sequence[str]) -> tuple[str, ...]:
    """A change needs the earlier wave too."""
    if kind_of(question.options.against) != "earlier":
        return question.waves
    nows = question.waves if Role.WAVE in question.by else question.waves[-1:]
    needed = {*nows, *(before for before, _now in steps_of(question, labels))}
    return tuple(label for label in labels if label in needed)


def _refuse_word(group: str) -> None:
    """Raises ManyiError for a group that is called like a kind of comparison, which its code would be taken for."""
    if kind_of(group) != "group":
        raise ManyiError(message("The group {name} is called like a comparison, so nothing can be set against it; rename it.", name=group))


def settled_as(kind: str, question: Asking, source: Source) -> Asking:
    """As :func:`settled`, for who asks one kind of comparison alone; ValueError where the question is of another."""
    if kind == "group":
        _refuse_word(question.options.against or "")
    if kind_of(question.options.against) != kind:
        raise ValueError(f"against {question.options.against} is not of the kind {kind}")
    return settled(question, source)
