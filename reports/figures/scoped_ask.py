"""The one door as a figure asks it: bound to a survey, a wave, a selection and what the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from analysis.compare.wave_order import previous_wave, waves_until, year_before
from answers.periods import within_wave
from answers.question import Question, pairs
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema

O = TypeVar("O")  # noqa: E741
R = TypeVar("R")


def _unheard(_answered: Answered[Any, Any]) -> None:
    """Nobody has to know."""


@dataclass(frozen=True)
class ScopedAsk:
    """Asks within a scope: ``wave`` is the one looked at, ``where`` the dimensions that are narrowed.

    ``source`` cuts the rows to what the reader may see and knows the schema figures are reported by; ``note`` hears of every answer.
    """

    source: StoreSource
    survey: str
    wave: str
    where: Mapping[str, str]
    note: Callable[[Answered[Any, Any]], object] = _unheard

    def __call__(
        self,
        topic: Topic[O, R],
        options: O | None = None,
        *,
        where: Mapping[str, str] | None = None,
        by: Sequence[str] = (),
        codes: Sequence[str] = (),
        waves: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> Answered[O, R]:
        """The answer for the scope, or for another selection or other waves (labels); raises ManyiError for what cannot be asked.

        ``periods`` are those of data beside responses, in the place of waves; none of them: all there are.
        """
        labels = ((self.wave,) if waves is None else tuple(waves)) if periods is None else tuple(periods)
        question = Question(
            topic=topic.name,
            survey=self.survey,
            options=topic.options() if options is None else options,
            waves=labels,
            where=pairs(self.where if where is None else where),
            by=tuple(map(str, by)),
            codes=tuple(codes),
        )
        answered = answer(topic, question, self.source)
        self.note(answered)
        return answered

    @property
    def schema(self) -> SurveySchema:
        """The survey figures are reported by."""
        return self.source.schema

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values each dimension has in the wave, in the order of the schema; those it does not list come last."""
        found, ordered = self.source.values(self.wave), {}
        for dimension in map(str, DIMENSIONS):
            places = {choice.code: place for place, choice in enumerate(self.schema.choices(Role(dimension)))}
            ordered[dimension] = tuple(sorted(found.get(dimension, ()), key=lambda value: (places.get(value, len(places)), value)))
        return ordered

    def has(self, dimension: str, at_least: int = 2) -> bool:
        """Whether the wave has that many values of a dimension."""
        return len(self.values.get(dimension, ())) >= at_least

    def without(self, *dimensions: str) -> dict[str, str]:
        """The selection without some dimensions: what a comparison across them needs."""
        return {name: value for name, value in self.where.items() if name not in dimensions}

    @property
    def waves_so_far(self) -> tuple[str, ...]:
        """The waves up to this one that have a place in time, oldest first."""
        return tuple(waves_until(self.source.labels, self.wave))

    @property
    def previous(self) -> str | None:
        """The wave a change is counted from."""
        return previous_wave(self.source.labels, self.wave)

    def wave_with(self, kind: str) -> tuple[str, ...]:
        """The latest wave so far with deliveries of a kind, as the periods of a question; none, for all, where no wave has any."""
        there = [each.label for each in self.source.deliveries(kind)]
        return next(((wave,) for wave in reversed(self.waves_so_far) if within_wave(there, wave)), ())

    def of_branch(self) -> dict[str, str]:
        """The selection as far as it narrows data beside responses, which come by branch."""
        return {name: value for name, value in self.where.items() if name == Role.BRANCH}

    @property
    def year_before(self) -> str | None:
        """The wave of the same period a year earlier."""
        return year_before(self.source.labels, self.wave)
