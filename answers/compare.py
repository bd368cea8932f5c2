"""Comparisons: groups with the rest, the best, a target or one another; ours with competitors; a wave with an earlier one.

One word, ``compare``; what it is set ``against`` decides what is found. Whoever knows the kind asks its own topic and gets its own result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from analysis.compare.compare_competitors import Duels
from analysis.compare.compare_waves import GROUPS_METHOD, METHOD, WaveChanges
from analysis.compare.comparison_sentences import group_changes_sentence
from analysis.compare.competitor_sentence import competitors_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.compared import (
    Compared,
    CompareOptions,
    change_figures,
    duel_figures,
    groups_of,
    one_change,
    pair_figures,
    plain,
    steps_of,
    with_best,
    with_competitors,
    with_group,
    with_rest,
    with_target,
)  # fmt: skip
from answers.compared_columns import compared_column
from answers.comparison_chapters import CHANGES, COMPETITORS, GROUPS
from answers.question import Question
from answers.selection import value_of
from answers.shares import in_shares, share_remark
from answers.source import Source
from answers.topic import Topic
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message

R = TypeVar("R")
_WORDS = {
    "first": message("first group"),
    "second": message("second group"),
    "ours": message("ours"),
    "theirs": message("theirs"),
    "gap": message("gap"),
    "composite": message("composite"),
}
Asking = Question[CompareOptions]
EARLIER = ("previous", "year_before")


def _settled(question: Asking, source: Source) -> Asking:
    """``against`` in the survey's codes, the columns and the indicators written out; raises ManyiError for what cannot be compared."""
    against = question.options.against or "rest"
    question = replace(question, options=replace(question.options, against=against))
    if question.options.share:
        if against == "target":
            raise ManyiError(message("Targets are scores; compare shares with the rest, the best, another group or an earlier wave."))
        question = in_shares(question, question.options.share, source)
    settle = {"rest": _groups, "best": _groups, "target": _target, "competitors": _competitors}
    found = settle.get(against, _earlier if against in EARLIER else _pair)(question, source)
    if found.options.sides and _kind(against) != "group":
        raise ManyiError(message("--sides is for the comparison with one other group."))
    return found


def _groups(question: Asking, source: Source) -> Asking:
    return replace(question, by=(compared_column(source.schema, question.by),), codes=question.codes or (source.schema.tree.code,))


def _target(question: Asking, source: Source) -> Asking:
    """The indicators that have a target."""
    codes = tuple(code for code in source.schema.comparison.targets if not question.codes or code in question.codes)
    if not codes:
        raise ManyiError(message("The survey's schema sets no target for what is asked."))
    return replace(question, codes=codes)


def _competitors(question: Asking, source: Source) -> Asking:
    """All operators and brands, whichever are selected."""
    whole = (Role.OPERATOR, Role.BRAND)
    if set(question.by) - set(whole):
        raise ManyiError(message("Competitors are compared as a whole and by brand; use --where instead of --by."))
    where = {name: value for name, value in question.selection.items() if name not in whole}
    return replace(question.with_where(where), by=(), codes=question.codes or (source.schema.tree.code,))


def _pair(question: Asking, source: Source) -> Asking:
    """The second group is the one named, the first the one of ``where``, or the only other one there is."""
    column = compared_column(source.schema, question.by)
    second = value_of(column, question.options.against or "", source.schema)
    where = question.selection
    first = where.pop(column, None)
    values = source.tallies(question.waves, (Role.WAVE, column, *where)).where(where).values(column)
    _refuse_word(second)
    if second not in values:
        raise ManyiError(message("There are no responses of {value} here. There are: {known}.", value=second, known=", ".join(values)))
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


def _kind(against: str | None) -> str:
    named = {None: "rest", "rest": "rest", "best": "best", "target": "target", "competitors": "competitors"}
    return "earlier" if against in EARLIER else named.get(against, "group")


def _columns(question: Asking, schema: SurveySchema) -> tuple[str, ...]:
    kind = _kind(question.options.against)
    if kind in ("earlier", "target"):
        return ()
    return (Role.OPERATOR, Role.BRAND) if kind == "competitors" else (compared_column(schema, question.by),)


def _reads(question: Asking, labels: Sequence[str]) -> tuple[str, ...]:
    """A change needs the earlier wave too."""
    if _kind(question.options.against) != "earlier":
        return question.waves
    nows = question.waves if Role.WAVE in question.by else question.waves[-1:]
    needed = {*nows, *(before for before, _now in steps_of(question, labels))}
    return tuple(label for label in labels if label in needed)


def _over_time(asked: Compared) -> WaveChanges:
    """Grouped by wave, the change of every wave that has an earlier one, each kept as the answer it is by itself."""
    if Role.WAVE not in asked.by:
        return one_change(asked)
    groups = groups_of(asked.question)
    nows = [now for _before, now in steps_of(asked.question, asked.source.labels)]
    found = [asked.ask(WITH_EARLIER, options=asked.options, waves=(now,), by=groups) for now in nows]
    return WaveChanges(tuple(step for one in found for step in one.steps), GROUPS_METHOD if groups else METHOD)


def _remarks(asked: Compared, found: object, _language: Language) -> Sequence[Message]:
    alone = isinstance(found, WaveChanges) and not found.steps
    told = [message("There is no earlier wave to compare {wave} with.", wave=asked.wave)] if alone else []
    return [*share_remark(asked.options.share), *told]


def _change_sentence(asked: Compared, found: WaveChanges, language: Language) -> Sequence[Segment]:
    """Which groups really changed in the latest wave, where one indicator is asked for."""
    groups = groups_of(asked.question)
    if not groups or found.last is None or len({entry.code for entry in found.last.differences.estimates}) != 1:
        return ()
    return group_changes_sentence(found.last.differences, asked.schema, language, groups[0])


def _duel_sentence(asked: Compared, found: Duels, language: Language) -> Sequence[Segment]:
    return competitors_sentence(found, asked.schema, language)


def _refuse_word(group: str) -> None:
    """Raises ManyiError for a group that is called like a kind of comparison, which its code would be taken for."""
    if _kind(group) != "group":
        raise ManyiError(message("The group {name} is called like a comparison, so nothing can be set against it; rename it.", name=group))


def _settled_as(kind: str, question: Asking, source: Source) -> Asking:
    if kind == "group":
        _refuse_word(question.options.against or "")
    if _kind(question.options.against) != kind:
        raise ValueError(f"against {question.options.against} is not of the kind {kind}")
    return _settled(question, source)


def _no_sentence(_asked: Compared, _found: Any, _language: Language) -> Sequence[Segment]:
    return ()


def _topic(
    kind: str,
    compute: Callable[[Compared], R],
    figures: Callable[[Compared, R], Result],
    sentence: Callable[[Compared, R, Language], Sequence[Segment]] = _no_sentence,
) -> Topic[CompareOptions, R]:
    return Topic(
        name="compare",
        options=CompareOptions,
        compute=compute,
        figures=figures,
        sentence=sentence,
        remarks=_remarks,
        settle=partial(_settled_as, kind) if kind else _settled,
        columns=_columns,
        reads=_reads,
        takes=frozenset({"by", "where", "codes", "population"}),
        signed=True,
        chapters=(GROUPS, CHANGES, COMPETITORS),
        figure_words=_WORDS,
    )


#: One topic a kind, all of the same word: a page asks the one whose result it draws.
WITH_REST = _topic("rest", with_rest, plain)
TO_BEST = _topic("best", with_best, plain)
TO_TARGET = _topic("target", with_target, plain)
WITH_GROUP = _topic("group", with_group, pair_figures)
WITH_COMPETITORS = _topic("competitors", with_competitors, duel_figures, _duel_sentence)
WITH_EARLIER = _topic("earlier", _over_time, change_figures, _change_sentence)
_KINDS: dict[str, Topic[CompareOptions, Any]] = {
    "rest": WITH_REST, "best": TO_BEST, "target": TO_TARGET, "group": WITH_GROUP, "competitors": WITH_COMPETITORS, "earlier": WITH_EARLIER,
}  # fmt: skip


def _of_kind(asked: Compared) -> Topic[CompareOptions, Any]:
    return _KINDS[_kind(asked.options.against)]


COMPARE: Topic[CompareOptions, Any] = _topic(
    "",
    lambda asked: _of_kind(asked).compute(asked),
    lambda asked, found: _of_kind(asked).figures(asked, found),
    lambda asked, found, language: _of_kind(asked).sentence(asked, found, language),
)
TOPICS = {COMPARE.name: COMPARE}
