"""Figures of Kano's classes."""

from __future__ import annotations

from answers.kano import KANO, KanoFound, KanoOptions, titles_of
from answers.topic import Answered
from charts.kano.better_worse import better_worse
from charts.kano.class_bars import class_bars
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message


def classes(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """The class of every feature with the answers that make it."""
    asked = _with_classes(ask)

    def draw(on: Canvas) -> Chart:
        return class_bars(asked.result.features, on, titles=titles_of(on.schema, on.language), both=asked.result.both)

    return Drawn(draw, (asked,), asked.sentence)


def effects(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """Better and worse of every feature."""
    asked = _with_classes(ask)

    def draw(on: Canvas) -> Chart:
        return better_worse(asked.result.features, on, titles=titles_of(on.schema, on.language))

    return Drawn(draw, (asked,), asked.sentence)


def _with_classes(ask: ScopedAsk) -> Answered[KanoOptions, KanoFound]:
    asked = ask(KANO)
    features = asked.result.features
    if not any(each.kind is not None for each in features):
        raise nothing_to_draw(next((each.reason for each in features if each.reason is not None), None))
    return asked


CLASSES = Figure("kano-classes", message("Kano's classes"), ("kano",), classes)
EFFECTS = Figure("kano-better-worse", message("Better and worse"), ("kano",), effects)
FIGURES = (CLASSES, EFFECTS)
