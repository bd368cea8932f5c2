"""Where every page asks for its numbers: the one door, with what the bar above the page selects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from answers.question import Question
from answers.source import Customers, StoreSource
from answers.topic import Answered, Topic, answer
from pages._shared.selection.choices import Chosen
from pages._shared.session.asked_here import note
from pages._shared.session.store_access import responses_of
from reports.figures.scoped_ask import ScopedAsk
from storage.records import Wave
from survey_schema.loading import schema_hash
from survey_schema.models import SurveySchema

O = TypeVar("O")  # noqa: E741
R = TypeVar("R")


def source_of(here: Chosen, draft: SurveySchema | None = None) -> StoreSource:
    """The responses of the chosen survey, as far as the user may see them, reported by the chosen wave's schema, or by a ``draft``."""
    return responses_of(here.survey, here.schema_hash, here.waves, draft)


def ask(
    topic: Topic[O, R],
    here: Chosen,
    options: O | None = None,
    *,
    waves: Sequence[Wave] | None = None,
    where: Mapping[str, str] | None = None,
    by: Sequence[str] = (),
    codes: Sequence[str] = (),
    draft: SurveySchema | None = None,
    periods: Sequence[str] | None = None,
) -> Answered[O, R]:
    """The answer for the chosen wave and selection, or for others; raises ManyiError for what cannot be asked.

    ``periods`` are those of data beside responses, in the place of waves; none of them: all there are.
    """
    labels = None if waves is None else [wave.label for wave in waves]
    return scoped(here, draft)(topic, options, where=where, by=by, codes=codes, waves=labels, periods=periods)


def scoped(here: Chosen, draft: SurveySchema | None = None) -> ScopedAsk:
    """The door bound to what the bar above the page selects, as figures of reports ask it."""
    return ScopedAsk(source_of(here, draft), here.survey, here.wave.label, here.where, note)


def ask_wave(topic: Topic[O, R], wave: Wave, options: O, *, codes: Sequence[str] = (), brought: Customers | None = None) -> Answered[O, R]:
    """The answer for one whole wave, whatever the bar above selects; ``brought`` are customers from a workbook of their own."""
    source = replace(responses_of(wave.survey, wave.schema_hash, (wave,)), brought=brought)
    question = Question(topic.name, wave.survey, options, (wave.label,), codes=tuple(codes))
    return note(answer(topic, question, source))


def ask_tree(topic: Topic[O, R], survey: str, schema: SurveySchema, options: O) -> Answered[O, R]:
    """The answer from a survey alone, of which no wave is stored or none fits; raises ManyiError for what needs answers."""
    return note(answer(topic, Question(topic.name, survey, options), responses_of(survey, schema_hash(schema), (), draft=schema)))
