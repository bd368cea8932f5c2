"""Which deliveries of data beside responses belong to a question: the months that lie within the waves it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from answers.question import Question
from answers.source import Source, nothing_of
from storage.catalogue import period_order
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.data_kinds.description import WHOLE
from words.errors import unknown
from words.language import message
from words.periods import Period


def lies_within(label: str, wave: str) -> bool:
    """Whether a period lies within another: 2026-05 in 2026Q2, and each in itself. A list stored as a whole lies within any."""
    if label in (wave, WHOLE):
        return True
    inner, outer = Period.parse(label), Period.parse(wave)
    return inner is not None and outer is not None and outer.begins <= inner.begins and inner.ends <= outer.ends


def within_wave(labels: Sequence[str], wave: str) -> tuple[str, ...]:
    """The periods that lie within one wave of the survey."""
    return tuple(label for label in labels if lies_within(label, wave))


def survey_wave(question: Question[Any], labels: Sequence[str]) -> tuple[str, ...]:
    """The wave whose answers stand beside deliveries: the latest that one of their periods lies in, else the latest."""
    beside = [label for label in labels if within_wave(question.waves, label)]
    return tuple((beside or list(labels))[-1:])


def latest_wave_with(kind: str) -> Callable[[Source], tuple[str, ...]]:
    """What is usual to look at: the latest wave of the survey with deliveries of a kind; nothing, for all, where no wave has any."""

    def opens_on(source: Source) -> tuple[str, ...]:
        there = [each.label for each in source.deliveries(kind)]
        return tuple(label for label in source.labels if within_wave(there, label))[-1:]

    return opens_on


def periods_of(source: Source, kinds: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """The periods of all deliveries of these kinds that lie within those named (none named: all), oldest first.

    Raises ManyiError where there are no deliveries, naming the sheet, and for a period that holds none, naming what there is.
    """
    there = sorted({each.label for kind in kinds for each in source.deliveries(kind)}, key=period_order)
    if not there or (WHOLE in named and WHOLE not in there):
        raise nothing_of(kinds[0])
    dated = [label for label in there if label != WHOLE] or there  # a list beside what is asked about is of no period
    for wave in named:
        if wave not in there and not any(lies_within(label, wave) for label in dated):
            raise unknown(message("period"), wave, dated, place=kind_of(kinds[0]).title)
    return tuple(label for label in there if not named or any(lies_within(label, wave) for wave in named))


def periods_within(source: Source, kind: str, waves: Sequence[str]) -> tuple[str, ...]:
    """The deliveries of one kind within the waves of a question, passing over waves without; raises ManyiError where all are."""
    there = [each.label for each in source.deliveries(kind)]
    if not there:
        raise nothing_of(kind)
    found = tuple(label for label in there if not waves or any(lies_within(label, wave) for wave in waves))
    if not found:
        raise unknown(message("period"), waves[-1], there, place=kind_of(kind).title)
    return found
