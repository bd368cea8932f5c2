"""Waves in time: which came before, which are too far apart to be compared or joined by a line, and where each lies on an axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from words.language import Message, message
from words.periods import Period

#: A wave follows another when it begins at most so many periods after it; of two kinds of periods the longer one counts.
MOST_PERIODS_APART = 2


def wave_before(labels: Sequence[str], now: str) -> str | None:
    """The latest wave that was over when ``now`` began, however long ago; None for the first, and where a label names no period.

    A wave that overlaps ``now`` (a year and a quarter of it) is not before it: the two may share respondents.
    """
    period = Period.parse(now)
    dated = [(found.ends, found.begins, label) for label in labels if (found := Period.parse(label))]
    earlier = [entry for entry in dated if period and entry[0] <= period.begins]
    return max(earlier)[-1] if earlier else None


def is_over(before: str, now: str) -> bool:
    """Whether ``before`` had ended when ``now`` began; False where one of them names no period."""
    later, earlier = Period.parse(now), Period.parse(before)
    return later is not None and earlier is not None and earlier.ends <= later.begins


def follows(now: str, before: str) -> bool:
    """Whether ``before`` was over when ``now`` began and began at most :data:`MOST_PERIODS_APART` periods earlier.

    The same period a year earlier follows too: a survey taken every spring has a rhythm, whatever its waves are called.
    """
    later, earlier = Period.parse(now), Period.parse(before)
    if later is None or earlier is None or not is_over(before, now):
        return False
    return later.begins - earlier.begins <= MOST_PERIODS_APART * max(later.months, earlier.months) or earlier == later.year_before()


def previous_wave(labels: Sequence[str], now: str) -> str | None:
    """The wave a change of ``now`` is counted from: the one before it, unless that is too far back; else None."""
    before = wave_before(labels, now)
    return before if before is not None and follows(now, before) else None


def why_no_previous_wave(labels: Sequence[str], now: str) -> Message:
    """Why :func:`previous_wave` finds none."""
    if Period.parse(now) is None:
        return message("“{label}” names no period, so it has no place in time and no earlier wave.", label=now)
    before = wave_before(labels, now)
    if before is None:
        return message("There is no earlier wave to compare with.")
    return message(
        "The wave before {now} is {before}, more than {most} periods earlier: too far apart to tell a change from wave to wave.",
        now=Period.parse(now), before=Period.parse(before), most=MOST_PERIODS_APART,
    )  # fmt: skip


def year_before(labels: Sequence[str], now: str) -> str | None:
    """The wave of the same period a year earlier; None when there is none."""
    period = Period.parse(now)
    return next((label for label in labels if period and Period.parse(label) == period.year_before()), None)


def waves_until(labels: Sequence[str], now: str) -> tuple[str, ...]:
    """The waves up to ``now`` by their first day, ``now`` the last one; one that names no period stands alone and is in no other's row."""
    end = Period.parse(now)
    if end is None:
        return (now,)
    dated = [(found.begins, label) for label in labels if (found := Period.parse(label))]
    return tuple(label for begins, label in sorted(dated) if (begins, label) <= (end.begins, now))


def steps(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Every wave that has a previous one, in the order given: (before, now)."""
    return [(before, now) for now in labels if (before := previous_wave(labels, now)) is not None]


def time_places(labels: Sequence[str]) -> list[float]:
    """Where the waves lie on an axis true to time: 0 is the first, 1 the shortest step between two of them.

    A label that names no period has no place in time; it is put one step after the wave listed before it.
    """
    known = [found.begins if (found := Period.parse(label)) else None for label in labels]
    dated = sorted({begins for begins in known if begins is not None})
    step = min((later - earlier for earlier, later in pairwise(dated)), default=1.0)
    places: list[float] = []
    for begins in known:
        places.append((places[-1] + 1 if places else 0.0) if begins is None else (begins - dated[0]) / step)
    return places


def place_in_time(day: date, labels: Sequence[str]) -> float | None:
    """Where a day lies on the axis of :func:`time_places`: a wave stands at its middle, so its first day lies half a wave before it.

    None before the first and after the last wave, and where a label names no period.

    >>> place_in_time(date(2026, 4, 1), ["2026Q1", "2026Q2"]), place_in_time(date(2027, 1, 1), ["2026Q1", "2026Q2"])
    (0.5, None)
    """
    periods = [found for label in labels if (found := Period.parse(label)) is not None]
    if len(periods) < len(labels) or not periods:
        return None
    begins = Period(day, "day").begins
    if not periods[0].begins <= begins < periods[-1].ends:
        return None
    places = time_places(labels)
    middles = [(period.begins + period.ends) / 2 for period in periods]
    step = next(((later - earlier) / (b - a) for (earlier, later), (a, b) in zip(pairwise(middles), pairwise(places), strict=True)), 1.0)
    after = next((number for number, middle in enumerate(middles) if middle > begins), len(middles))
    near = min(max(after - 1, 0), len(middles) - 1)
    if 0 < after < len(middles):
        share = (begins - middles[near]) / (middles[after] - middles[near])
        return places[near] + share * (places[after] - places[near])
    return places[near] + (begins - middles[near]) / step
