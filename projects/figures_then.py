"""A live figure taken into a project as it is now, and set against the store again later: unchanged, changed, or gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from analysis.results.sentences import Segment, plain_text
from answers.records import record
from answers.sealing import inputs_of
from answers.source import StoreSource
from answers.topic import Answered
from projects.evidence import AsOfThen
from words.language import LANGUAGES, Language, Message, message

Sentence: TypeAlias = Callable[[Language], Sequence[Segment]]
State = Literal["not_taken", "unchanged", "changed", "gone"]
#: What a record says in words; the wording may change while the figures do not.
_WORDS = ("note", "reason")


@dataclass(frozen=True)
class ThenAndNow:
    """A figure of a project: as it was taken (None: never), as it is (None: it cannot be had), and ``why`` where these differ."""

    state: State
    then: AsOfThen | None
    now: AsOfThen | None
    why: Message | None = None

    def sentence(self, language: Language) -> str:
        """What the figure says: now where it can be had, else as of then."""
        said = self.now or self.then
        return "" if said is None else said.sentence.get(language, "")


def as_of_then(answers: Sequence[Answered[Any, Any]], sentence: Sentence, at: str) -> AsOfThen:
    """The figure as it is now: sentence in both languages, the records of its first answer, the data all of them read.

    ``at``: ISO time.
    """
    records = record(answers[0], "en")["estimates"] if answers else []
    assert isinstance(records, list)
    return AsOfThen(
        at=at,
        sentence={language: plain_text(sentence(language)) for language in LANGUAGES},
        records=tuple(records),
        content=tuple(dict.fromkeys(each for answered in answers for each in content_of(answered))),
    )


def content_of(answered: Answered[Any, Any]) -> tuple[str, ...]:
    """What an answer read: each wave and delivery with its version in the store and its weighting."""
    source = answered.asked.source
    if not isinstance(source, StoreSource):
        return ()
    read = inputs_of(answered.topic, answered.question, source)["data"]
    return tuple(f"{each['kind']} {each['label']} {each['id']} {each['weighting'] or ''}".rstrip() for each in read)


def then_and_now(then: AsOfThen | None, now: AsOfThen | None, why_gone: Message | None = None) -> ThenAndNow:
    """How a figure stands to what was taken; ``why_gone`` is why it cannot be had any more. What was taken is never touched."""
    if now is None:
        return ThenAndNow("gone", then, None, why_gone)
    if then is None:
        return ThenAndNow("not_taken", None, now)
    if _figures(then) == _figures(now):
        return ThenAndNow("unchanged", then, now)
    if then.content != now.content:
        return ThenAndNow("changed", then, now, message("The data were replaced, completed or weighted anew since."))
    return ThenAndNow("changed", then, now, message("The data are the same; the survey, the rules or the software changed since."))


def _figures(taken: AsOfThen) -> str:
    told: list[Mapping[str, Any]] = [{name: value for name, value in each.items() if name not in _WORDS} for each in taken.records]
    return json.dumps(told, sort_keys=True, ensure_ascii=False)
