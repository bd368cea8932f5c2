"""The tables of a wave: which answers a wave workbook holds, each with the name of its sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from answers.compare import WITH_COMPETITORS, WITH_EARLIER, WITH_REST
from answers.compared import CompareOptions
from answers.complaints import COMPLAINTS
from answers.data_quality import DATA_QUALITY
from answers.drivers import DRIVERS
from answers.gaps import GAPS_TOPIC
from answers.importance_performance import IPA
from answers.index import INDEX, TREND
from answers.inspections import INSPECTIONS
from answers.items import DISPERSION, DISTRIBUTION, RATES
from answers.kpis import KPIS
from answers.league import LEAGUE
from answers.measurement import RELIABILITY
from answers.pareto import PARETO
from answers.topic import Answered
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import DIMENSIONS, Role
from words.errors import ManyiError
from words.language import Language, Message, message

Form = Literal["index", "groups", "figures"]


@dataclass(frozen=True)
class WaveTable:
    """One sheet. ``name`` in words; ``ask`` asks for its answer and raises ManyiError where the wave has nothing for it.

    ``form``: an index that adds up, of the whole or of the groups of ``column`` side by side, or plain figures.
    """

    name: str
    ask: Callable[[ScopedAsk], Answered[Any, Any]]
    form: Form = "figures"
    column: str = ""


def wave_tables(ask: ScopedAsk, language: Language) -> Iterator[WaveTable]:
    """Every table there can be, in the order of the sheets."""

    def said(words: Message) -> str:
        return words.text(language)

    yield WaveTable(said(message("Index")), lambda ask: ask(INDEX), "index")
    yield from _by_group(ask, language)
    for words, topic in (
        (message("Shares of the answers"), RATES), (message("Dispersion"), DISPERSION), (message("Answers by grade"), DISTRIBUTION),
    ):  # fmt: skip
        yield WaveTable(said(words), _plain(topic))
    yield WaveTable(said(message("Change since the wave before")), _earlier("previous"))
    yield WaveTable(said(message("Change since a year before")), _earlier("year_before"))
    yield WaveTable(said(message("Over the waves")), _over_time)
    yield WaveTable(said(message("League of the branches")), _across(LEAGUE))
    yield WaveTable(said(message("Branches against the rest")), _across(WITH_REST, CompareOptions("rest"), whole_tree=True))
    yield WaveTable(said(message("Competitors")), _competitors)
    yield WaveTable(said(message("Drivers")), _plain(DRIVERS))
    yield WaveTable(said(message("What to improve first")), _plain(IPA))
    yield WaveTable(said(message("Service gaps")), _plain(GAPS_TOPIC))
    yield WaveTable(said(message("Complaints")), _delivered(COMPLAINTS))
    yield WaveTable(said(message("Pareto chart of causes")), _delivered(PARETO))
    yield WaveTable(said(message("KPIs")), _delivered(KPIS))
    yield WaveTable(said(message("Inspections")), _delivered(INSPECTIONS))
    yield WaveTable(said(message("Reliability")), _plain(RELIABILITY))
    yield WaveTable(said(message("Data quality")), _plain(DATA_QUALITY))


def _by_group(ask: ScopedAsk, language: Language) -> Iterator[WaveTable]:
    """The index by each dimension of the wave that has two values or more: side by side, and with intervals and bases."""
    for column in map(str, DIMENSIONS):
        if ask.has(column) and column not in (name for name in ask.where if name != Role.OPERATOR):
            title = ask.schema.column_title(column, language)
            asks = _grouped(column)
            yield WaveTable(message("Index by {column}", column=title).text(language), asks, "groups", column)
            yield WaveTable(message("Intervals by {column}", column=title).text(language), asks)


def _grouped(column: str) -> Callable[[ScopedAsk], Answered[Any, Any]]:
    return lambda ask: ask(INDEX, where=ask.without(column), by=[column])


def _plain(topic: Any) -> Callable[[ScopedAsk], Answered[Any, Any]]:
    return lambda ask: ask(topic)


def _earlier(against: str) -> Callable[[ScopedAsk], Answered[Any, Any]]:
    def asks(ask: ScopedAsk) -> Answered[Any, Any]:
        if (ask.previous if against == "previous" else ask.year_before) is None:
            raise ManyiError(message("The survey has no such earlier wave."))
        return ask(WITH_EARLIER, CompareOptions(against), codes=ask.schema.indicator_codes())

    return asks


def _over_time(ask: ScopedAsk) -> Answered[Any, Any]:
    return ask(TREND, waves=ask.waves_so_far, codes=ask.schema.indicator_codes())


def _across(topic: Any, options: Any = None, *, whole_tree: bool = False) -> Callable[[ScopedAsk], Answered[Any, Any]]:
    def asks(ask: ScopedAsk) -> Answered[Any, Any]:
        if not ask.has(Role.BRANCH):
            raise ManyiError(message("This wave has fewer than two branches."))
        codes: Sequence[str] = ask.schema.indicator_codes() if whole_tree else ()
        return ask(topic, options, where=ask.without(Role.BRANCH), by=[Role.BRANCH], codes=codes)

    return asks


def _competitors(ask: ScopedAsk) -> Answered[Any, Any]:
    if not ask.has(Role.OPERATOR):
        raise ManyiError(message("This wave has the customers of one operator only, so there is no competitor to compare with."))
    where = ask.without(Role.OPERATOR)
    return ask(WITH_COMPETITORS, CompareOptions("competitors"), where=where, codes=ask.schema.indicator_codes())


def _delivered(topic: Any) -> Callable[[ScopedAsk], Answered[Any, Any]]:
    """Of data beside responses: what lies within the wave, of the branch in the scope."""

    def asks(ask: ScopedAsk) -> Answered[Any, Any]:
        where = {name: value for name, value in ask.where.items() if name in topic.groups and name == Role.BRANCH}
        return ask(topic, where=where, periods=[ask.wave])

    return asks
