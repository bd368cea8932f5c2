"""Figures of what moves satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.results.sentences import Segment
from answers.drivers import DRIVERS, DriversOptions, one_selection
from answers.importance_performance import IPA, ImportanceFound
from answers.importance_performance_options import IpaOptions
from answers.topic import Answered
from charts.drivers.driver_importance import driver_importance
from charts.importance_performance.importance_map_chart import importance_map_chart
from charts.importance_performance.map_words import MapWords
from charts.importance_performance.priority_rows import priority_rows
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from survey_schema.path_presets import path_models_for
from words.language import Language, message, translator
from words.periods import wave_text

BRINGS_IMPORTANCE = message("Choose other drivers, a wider selection or another wave.")
_TOLD = frozenset({"codes", "importance", "cross", "competitor", "outcome", "model", "level"})
Mapped = Answered[IpaOptions, ImportanceFound]


def asked_map(ask: ScopedAsk, choices: Choices) -> Mapped:
    """The map of importance and performance: ``codes`` are its questions, the other choices fields of its options."""
    told = {name: value for name, value in choices.items() if name != "codes" and value is not None}
    return ask(IPA, IpaOptions(**told), codes=choices.get("codes", ()))


def importance_map(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Importance by performance, a point each question."""
    asked = _with_points(ask, choices)

    def draw(on: Canvas) -> Chart:
        found, options = asked.result, asked.question.options
        words = MapWords(
            translator(on.language)("Importance and performance"),
            _of(options, on),
            on.value(Role.OPERATOR, options.competitor) if options.competitor else None,
            wave_text(found.before, on.language) if found.before else None,
        )
        return importance_map_chart(found.map, on, words=words, moved=found.movements)

    return Drawn(draw, (asked,), asked.sentence)


def priorities(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The same questions in the order of improving."""
    asked = _with_points(ask, choices)

    def draw(on: Canvas) -> Chart:
        rival = asked.question.options.competitor
        named = on.value(Role.OPERATOR, rival) if rival else None
        return priority_rows(asked.result.map, on, moved=asked.result.movements, competitor=named)

    return Drawn(draw, (asked,), asked.sentence)


def _with_points(ask: ScopedAsk, choices: Choices) -> Mapped:
    asked = asked_map(ask, choices)
    if asked.result.map.reason is not None:
        raise nothing_to_draw(asked.result.map.reason, BRINGS_IMPORTANCE)
    return asked


def _of(options: IpaOptions, on: Canvas) -> str | None:
    """What importance is importance for."""
    if options.importance == "effects":
        return on.title(path_models_for(on.schema)[str(options.model)].satisfaction)
    return on.title(options.outcome) if options.outcome else None


def importance(ask: ScopedAsk, choices: Choices) -> Drawn:
    """How much each driver moves ``outcome``: shares of what all explain; ``codes`` are the drivers."""
    asked = ask(DRIVERS, DriversOptions(choices.get("outcome"), tuple(choices.get("codes", ()))))
    found = one_selection(asked)
    if found.reason or found.importance.reason:
        raise nothing_to_draw(found.reason or found.importance.reason, BRINGS_IMPORTANCE)

    def words(language: Language) -> Sequence[Segment]:
        return drivers_sentence(found, ask.schema, language)

    return Drawn(partial(driver_importance, found.importance), (asked,), words)


MAP = Figure("importance-map", message("Map of importance and performance"), ("ipa",), importance_map, _TOLD)
PRIORITIES = Figure("improve-first", message("What to improve first"), ("ipa",), priorities, _TOLD)
IMPORTANCE = Figure("driver-importance", message("What moves satisfaction"), ("drivers",), importance, frozenset({"outcome", "codes"}))
FIGURES = (MAP, PRIORITIES, IMPORTANCE)
