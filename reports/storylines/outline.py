"""What a storyline tells of a scope: its figures in order, those that have nothing to draw left out with the reason, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from analysis.results.sentences import plain_text
from answers.importance_performance import IPA
from answers.index import INDEX
from answers.pool.telling import tell
from answers.question import pairs
from answers.topic import Answered
from reports.document import FigureItem, Item, Scope, Texts, WordsItem
from reports.figures.figure_list import FIGURES
from reports.figures.scoped_ask import ScopedAsk
from reports.narrative.find import findings
from reports.narrative.finding import Kind, leading
from reports.origins import origin_of
from reports.sealed import sealed_as
from survey_schema.columns import Role
from words.errors import ManyiError
from words.language import Language, Message, message, translator
from words.periods import wave_text

#: Findings on the first page.
MOST_FINDINGS = 3
#: What may stand there. The level is the headline, what to improve first has a line of its own; service gaps have their own storyline, and
#: what takes long to find stays on its page.
OF_ALL: tuple[Kind, ...] = ("change", "branches", "branch_changes", "competitors", "complaint_causes", "inspections", "kpis")
OF_A_BRANCH: tuple[Kind, ...] = ("change", "branch", "competitors", "complaint_causes", "kpis")


@dataclass(frozen=True)
class Wanted:
    """A figure a storyline would show: its code, its choices, and the id of its item, its code where it is shown once."""

    figure: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""

    @property
    def item_id(self) -> str:
        """The id of its item."""
        return self.id or self.figure


@dataclass(frozen=True)
class Outline:
    """The items of the figures that can be drawn, and of the others the title with the reason."""

    items: tuple[FigureItem, ...]
    missing: tuple[tuple[Message, Message], ...]


def outline(ask: ScopedAsk, wanted: Sequence[Wanted]) -> Outline:
    """Asks for every figure; the answers are kept, so that the file is made of them without computing again."""
    items, missing = [], []
    for place, each in enumerate(wanted, start=1):
        figure = FIGURES[each.figure]
        try:
            figure.drawn(ask, each.choices)
        except ManyiError as error:
            missing.append((figure.title, error.message))
        else:
            items.append(FigureItem(each.item_id, each.figure, scope_of(ask), each.choices))
        tell(place, len(wanted), figure.title)
    return Outline(tuple(items), tuple(missing))


def scope_of(ask: ScopedAsk) -> Scope:
    """The scope as a report keeps it."""
    return Scope(ask.survey, ask.wave, pairs(ask.where))


def first_page(ask: ScopedAsk, language: Language, made: datetime, by: str) -> WordsItem:
    """The page for people with little time: the headline, the leading findings, what to improve first, and where it comes from."""
    _ = translator(language)
    index = ask(INDEX)
    answers: list[Answered[Any, Any]] = [index]
    kinds = OF_A_BRANCH if Role.BRANCH in ask.where else OF_ALL
    told = leading(findings(_noting(ask, answers), kinds), MOST_FINDINGS, of_a_kind=1)
    headline = plain_text(index.sentence(language))
    paragraphs = [f"{place}. {each.sentence.text(language)}" for place, each in enumerate(told, start=1)]
    if not paragraphs:
        paragraphs.append(_("Nothing else stands out beyond chance."))
    paragraphs += [first for first in (_improve_first(ask, language, answers),) if first]
    origin = origin_of(answers[:1], ask.schema, language, made, sealed_as(answers, by))
    return WordsItem("first-page", tuple(paragraphs), Texts(headline, origin.line))


def appendix_page(title: str, found: Outline, language: Language) -> Iterator[Item]:
    """What is not there and why; nothing where all is."""
    if found.missing:
        colon = "：" if language == "zh_CN" else ": "
        told = tuple(f"{named.text(language)}{colon}{why.text(language)}" for named, why in found.missing)
        yield WordsItem("not-there", told, Texts(title))


def about(ask: ScopedAsk, language: Language) -> tuple[str, ...]:
    """The wave, and what is selected beside our own customers: what stands below the title of a cover."""
    chosen = [
        f"{ask.schema.column_title(name, language)} {ask.schema.value_title(name, value, language)}"
        for name, value in ask.where.items()
        if name != Role.OPERATOR
    ]
    return (wave_text(ask.wave, language), *chosen)


def _improve_first(ask: ScopedAsk, language: Language, answers: list[Answered[Any, Any]]) -> str:
    """The sentence of the map of importance; nothing where the survey has none."""
    try:
        found = ask(IPA)
    except ManyiError:
        return ""
    if found.result.map.reason is not None:
        return ""
    answers.append(found)
    return plain_text(found.sentence(language))


def _noting(ask: ScopedAsk, answers: list[Answered[Any, Any]]) -> Any:
    """The same door, which writes down what it answered."""

    def noted(topic: Any, options: Any = None, **question: Any) -> Answered[Any, Any]:
        answered = ask(topic, options, **question)
        answers.append(answered)
        return answered

    return noted


NOT_THERE = message("What is not in this report")
