"""Comparisons: groups with the rest, the best, a target or one another; ours with competitors; a wave with an earlier one.

One word, ``compare``; what it is set ``against`` decides what is found. Whoever knows the kind asks its own topic and gets its own result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from analysis.compare.compare_competitors import Duels
from analysis.compare.compare_groups import PairOfGroups
from analysis.compare.compare_waves import GROUPS_METHOD, METHOD, WaveChanges
from analysis.compare.comparison_sentences import group_changes_sentence
from analysis.compare.competitor_sentence import competitors_sentence
from analysis.results.estimates import Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment
from answers.compare_question import columns, kind_of, reads, settled, settled_as
from answers.compared import (
    Compared,
    CompareOptions,
    change_figures,
    duel_figures,
    gap_figures,
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
from answers.comparison_chapters import CHANGES, COMPETITORS, GROUPS
from answers.provenance import ValueName
from answers.shares import share_remark
from answers.topic import Topic
from survey_schema.columns import Role
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


def _over_time(asked: Compared) -> WaveChanges:
    """Grouped by wave, the change of every wave that has an earlier one, each kept as the answer it is by itself."""
    if Role.WAVE not in asked.by:
        return one_change(asked)
    groups = groups_of(asked.question)
    nows = [now for _before, now in steps_of(asked.question, asked.source.labels)]
    found = [asked.ask(WITH_EARLIER, options=asked.options, waves=(now,), by=groups) for now in nows]
    return WaveChanges(
        tuple(step for one in found for step in one.steps), Provenance(GROUPS_METHOD if groups else METHOD, asked.thresholds)
    )


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


def _with_other(asked: Compared, found: PairOfGroups) -> Result:
    """The figures of two groups; that the second one is in them is said beside the selection, which names the first."""
    result, column, other = pair_figures(asked, found), asked.by[0], str(asked.options.against)
    beside = Fact("compared_with", other, message("Compared with"), ValueName(asked.schema, column, other))
    return Result(result.estimates, result.provenance.plus(beside))


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
        settle=partial(settled_as, kind) if kind else settled,
        columns=columns,
        reads=reads,
        takes=frozenset({"by", "where", "codes", "population"}),
        signed=True,
        chapters=(GROUPS, CHANGES, COMPETITORS),
        figure_words=_WORDS,
    )


#: One topic a kind, all of the same word: a page asks the one whose result it draws.
WITH_REST = _topic("rest", with_rest, plain)
TO_BEST = _topic("best", with_best, gap_figures)
TO_TARGET = _topic("target", with_target, gap_figures)
WITH_GROUP = _topic("group", with_group, _with_other)
WITH_COMPETITORS = _topic("competitors", with_competitors, duel_figures, _duel_sentence)
WITH_EARLIER = _topic("earlier", _over_time, change_figures, _change_sentence)
_KINDS: dict[str, Topic[CompareOptions, Any]] = {
    "rest": WITH_REST, "best": TO_BEST, "target": TO_TARGET, "group": WITH_GROUP, "competitors": WITH_COMPETITORS, "earlier": WITH_EARLIER,
}  # fmt: skip


def _of_kind(asked: Compared) -> Topic[CompareOptions, Any]:
    return _KINDS[kind_of(asked.options.against)]


COMPARE: Topic[CompareOptions, Any] = _topic(
    "",
    lambda asked: _of_kind(asked).compute(asked),
    lambda asked, found: _of_kind(asked).figures(asked, found),
    lambda asked, found, language: _of_kind(asked).sentence(asked, found, language),
)
TOPICS = {COMPARE.name: COMPARE}
