"""The report of a presentation told of another wave: its figures, and what each was told of time.

A figure may name months or waves of data beside responses, such as complaints. They go along: the wave itself becomes the new one, a month
of it the month at the same place of the new one. What lies outside of the wave was chosen on purpose and stays, which is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answers.periods import lies_within
from answers.topics import topic_named
from reports.document import FigureItem, Report
from reports.figures.figure_list import FIGURES
from reports.making.reader import Reader
from storage.catalogue import period_order
from survey_schema.data_kinds.description import WHOLE
from words.errors import unknown
from words.language import message
from words.periods import Period, wave_text

#: What a figure is told of time: several periods, and an earlier one it is set beside.
_PERIODS, _BEFORE = "periods", "before"


@dataclass(frozen=True)
class AtWave:
    """``report`` is about the new wave; ``stayed`` gives for the ids of figures the periods they are still about, by their labels."""

    report: Report
    stayed: Mapping[str, tuple[str, ...]]


def at_wave(report: Report, reader: Reader, wave: str) -> AtWave:
    """The report about another wave, the latest where none is named.

    A figure that was about an older wave than the others on purpose stays about it. Raises ManyiError for a wave that is not there.
    """
    items = [item for item in report.items if isinstance(item, FigureItem)]
    newest = max((item.scope.wave for item in items if item.scope.wave), key=period_order, default="")
    labels = {item.scope.survey: [each.label for each in reader.store.waves(item.scope.survey)] for item in items}
    for known in labels.values():
        if wave and known and wave not in known:
            raise unknown(message("wave"), wave, known)
    moved, stayed = list[FigureItem](), dict[str, tuple[str, ...]]()
    for item in items:
        known = labels[item.scope.survey]
        if not _goes_along(item, newest) or not known:
            moved.append(item)
            continue
        moved.append(told := _moved(item, newest, wave, known, reader))
        left = _left_behind(told, wave or known[-1])
        if left and told.choices == item.choices:
            stayed[item.id] = left
    latest = max((label for known in labels.values() for label in known), key=period_order, default="")
    return AtWave(_with_cover(replace(report, items=tuple(moved)), newest, wave or latest), stayed)


def _goes_along(item: FigureItem, newest: str) -> bool:
    return not item.scope.wave or item.scope.wave == newest or lies_within(item.scope.wave, newest)


def _moved(item: FigureItem, newest: str, wave: str, known: Sequence[str], reader: Reader) -> FigureItem:
    scope, now = replace(item.scope, wave=wave), wave or known[-1]
    then = item.scope.wave or newest or _wave_of(item.choices, known)
    if not then or not {_PERIODS, _BEFORE} & set(item.choices):
        return replace(item, scope=scope)
    return replace(item, scope=scope, choices=_choices(item, then, now, _delivered(item, reader)))


def _wave_of(choices: Mapping[str, Any], known: Sequence[str]) -> str:
    """The wave a figure was about that named none: the latest that its periods lie in."""
    named = list(choices.get(_PERIODS) or ())
    return next((label for label in reversed(known) if any(lies_within(each, label) for each in named)), "")


def _delivered(item: FigureItem, reader: Reader) -> tuple[str, ...]:
    """The periods of the data beside responses that a figure is made of."""
    figure = FIGURES.get(item.figure)
    kinds = [kind for name in (figure.topics if figure else ()) for kind in topic_named(name).kinds]
    source = reader.ask(replace(item.scope, wave="")).source
    return tuple(sorted({each.label for kind in kinds for each in source.deliveries(kind)} - {WHOLE}, key=period_order))


def _choices(item: FigureItem, then: str, now: str, delivered: Collection[str]) -> dict[str, Any]:
    """What a figure is told, with its periods as they are in the new wave."""
    told, named = dict(item.choices), item.choices.get(_PERIODS)
    if named:
        told[_PERIODS] = type(named)(_periods(list(named), then, now, delivered))
    if (before := told.get(_BEFORE)) and not lies_within(then, before):
        told[_BEFORE] = _shifted(before, then, now) or before
    return told


def _periods(named: list[str], then: str, now: str, delivered: Collection[str]) -> list[str]:
    within = [lies_within(each, then) for each in named]
    if all(within):
        places = [_shifted(each, then, now) for each in named]
        there = [each for each in places if each is not None and any(lies_within(one, each) for one in delivered)]
        fits = all(each is not None and lies_within(each, now) for each in places) and there
        return there if fits else [now]
    if any(within):  # all there were so far
        end = _end(now)
        return [*named, *(each for each in delivered if each not in named and _end(then) < _end(each) <= end)]
    return named


def _end(label: str) -> float:
    period = Period.parse(label)
    return period.ends if period else 0.0


def _shifted(label: str, then: str, now: str) -> str | None:
    """The period that lies to ``now`` as ``label`` lies to ``then``; None where these are of different lengths or no periods."""
    period, old, new = Period.parse(label), Period.parse(then), Period.parse(now)
    if period is None or old is None or new is None or old.kind != new.kind or period.kind == "day":
        return None
    months = round(period.begins + new.begins - old.begins)
    return Period(period.first_day.replace(year=months // 12, month=months % 12 + 1), period.kind).label


def _left_behind(item: FigureItem, now: str) -> tuple[str, ...]:
    """The periods of a figure that do not belong to the wave."""
    named = tuple(map(str, item.choices.get(_PERIODS) or ()))
    return () if any(lies_within(each, now) for each in named) else named


def _with_cover(report: Report, then: str, now: str) -> Report:
    """The cover of a storyline names the wave."""
    if not report.storyline or not then:
        return report
    told, new = (wave_text(label, report.language) for label in (then, now))
    return replace(report, cover=replace(report.cover, subtitle=report.cover.subtitle.replace(told, new)))
