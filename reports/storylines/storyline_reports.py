"""The storylines that are reports of figures: monthly, one branch, competitors, gaps. Each is a report that can be edited afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.compare.competitor_sentence import rivals
from analysis.gaps.gap_result import GapAnalysis
from analysis.results.sentences import plain_text
from answers.gaps import GAPS_TOPIC, ServiceGaps, sentences_below
from answers.index import INDEX
from answers.source import BROUGHT_BY_TEMPLATE
from answers.topic import Answered
from reports.document import Cover, Item, Report, Texts, WordsItem
from reports.figures.competitors import BRINGS_RIVALS, NO_RIVALS, asked_competitors, sentence_against
from reports.figures.figure import nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from reports.origins import origin_of
from reports.sealed import sealed_as
from reports.storylines.outline import NOT_THERE, Outline, Wanted, about, appendix_page, first_page, outline
from words.errors import ManyiError
from words.language import Language, Message, message


def _monthly(ask: ScopedAsk) -> tuple[Wanted, ...]:
    """The figures behind the two pages; of data beside responses those of the wave."""
    wave = {"periods": [ask.wave]}
    return (
        Wanted("branch-league"), Wanted("trend"), Wanted("branch-heat-map"), Wanted("indicator-ranking"), Wanted("importance-map"),
        Wanted("competitor-brands"), Wanted("competitor-dimensions"), Wanted("competitor-indicators"), Wanted("complaint-rates", wave),
        Wanted("complaint-pareto", wave), Wanted("kpi-means", wave), Wanted("kpi-two-indices", wave),
    )  # fmt: skip


def _branch(ask: ScopedAsk) -> tuple[Wanted, ...]:
    """The figures of one branch."""
    wave = {"periods": [ask.wave]}
    return (
        Wanted("branch-league"), Wanted("trend"), Wanted("indicator-ranking"), Wanted("improve-first"), Wanted("competitor-dimensions"),
        Wanted("complaint-pareto", wave), Wanted("kpi-means", wave),
    )  # fmt: skip


#: The second page for people with little time.
_SECOND = Wanted("improve-first")
#: Of a scope, the name that stands with the seals, a language and the time.
ReportOf = Callable[[ScopedAsk, str, Language, datetime], Report]


def monthly(ask: ScopedAsk, by: str, language: Language, made: datetime) -> Report:
    """Two pages for people with little time, then the figures behind them."""
    found = outline(ask, [_SECOND, *_monthly(ask)])
    title = message("Customer satisfaction: monthly report")
    return _report("monthly", title, ask, language, (first_page(ask, language, made, by), *found.items, *_appendix(found, language)))


def branch(ask: ScopedAsk, by: str, language: Language, made: datetime) -> Report:
    """One branch, the one selected. Raises ManyiError where its index may not be shown."""
    index = ask(INDEX).result.find(ask.schema.tree.code)
    if index is None or index.value is None:
        raise ManyiError(index.reason if index and index.reason else message("There are no answers in this selection."))
    found = outline(ask, _branch(ask))
    title = message("Customer satisfaction of one branch")
    return _report("branch", title, ask, language, (first_page(ask, language, made, by), *found.items, *_appendix(found, language)))


def competitor(ask: ScopedAsk, by: str, language: Language, made: datetime) -> Report:
    """Us against each competitor. Raises ManyiError where the wave has none, with what would bring them."""
    asked = asked_competitors(ask)
    named = rivals(asked.result)
    if not named:
        raise nothing_to_draw(NO_RIVALS, BRINGS_RIVALS)
    wanted = [Wanted("competitor-matrix"), Wanted("competitor-brands")]
    for rival in named:
        for level in ("dimensions", "indicators"):
            wanted.append(Wanted(f"competitor-{level}", {"rival": rival}, f"{level}-{rival}"))
    each = tuple(plain_text(sentence_against(asked, rival, language)) for rival in named)
    told = _told(asked, each, ask, by, language, made)
    found = outline(ask, wanted)
    return _report(
        "competitor", message("Our customers and those of competitors"), ask, language, (*found.items, *_appendix(found, language)), told
    )


def gaps(ask: ScopedAsk, by: str, language: Language, made: datetime) -> Report:
    """Every service gap there is. Raises ManyiError where none is, naming the sheets that would bring them."""
    asked = ask(GAPS_TOPIC)
    if not asked.result.known:
        raise ManyiError(message("{why} {how}", why=_Reasons(asked.result), how=BROUGHT_BY_TEMPLATE))
    wanted = []
    for each in asked.result.known:
        levels = ("dimensions", "services") if _has_dimensions(each) else ("services",)
        wanted += [Wanted(f"gap-{level}", {"kind": each.kind}, f"{level}-{each.kind}") for level in levels]
    found = outline(ask, wanted)
    below = tuple(plain_text(sentence) for sentence in sentences_below(asked.result, language))
    told = _told(asked, below, ask, by, language, made)
    missing = tuple(each.reason.text(language) for each in asked.result.analyses if each.reason is not None)
    left = (WordsItem("not-there", missing, Texts(NOT_THERE.text(language))),) if missing else ()
    return _report("gaps", message("Service gaps"), ask, language, (*found.items, *left), told)


def _told(asked: Answered[Any, Any], below: tuple[str, ...], ask: ScopedAsk, by: str, language: Language, made: datetime) -> WordsItem:
    """The page of words: the answer, a sentence of each of its parts, and where they come from."""
    origin = origin_of([asked], ask.schema, language, made, sealed_as([asked], by))
    return WordsItem("answer", below, Texts(plain_text(asked.sentence(language)), origin.line))


def _has_dimensions(of: GapAnalysis) -> bool:
    """Whether a gap is told of anything between its services and the whole."""
    return any(gap.gap.code not in (*of.items, of.survey.tree.code) for gap in of.gaps)


@dataclass(frozen=True)
class _Reasons:
    """Why there is none of the gaps."""

    found: ServiceGaps

    def text(self, language: Language) -> str:
        """A sentence a gap."""
        return " ".join(dict.fromkeys(each.reason.text(language) for each in self.found.analyses if each.reason is not None))


def _appendix(found: Outline, language: Language) -> tuple[Item, ...]:
    return tuple(appendix_page(NOT_THERE.text(language), found, language))


def _report(
    code: str, title: Message, ask: ScopedAsk, language: Language, items: tuple[Item, ...], first: WordsItem | None = None
) -> Report:  # fmt: skip
    words = title.text(language)
    lines = " · ".join((ask.schema.title.text(language), *about(ask, language)))
    return Report(words, language, (*((first,) if first else ()), *items), Cover(words, lines), code)
