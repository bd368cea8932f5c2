"""Values from outside, each of a date and with its source, and which of them holds for a wave.

A benchmark is in force from its date on, until a later value of the same name and source takes its place; for a wave the latest one dated
before the wave's end counts. One dated after it says nothing about the wave, and a wave that names no period has none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from words.periods import Period


@dataclass(frozen=True)
class Benchmark:
    """One value: what it is called, who published it, the day it is of, and the indicator it is a benchmark of."""

    name: str
    source: str
    day: date
    value: float
    code: str

    @property
    def series(self) -> tuple[str, str]:
        """Values of one name and source follow one another."""
        return self.name, self.source


def in_force(benchmarks: Sequence[Benchmark], codes: Collection[str], wave: str) -> tuple[Benchmark, ...]:
    """The value of each series that holds for a wave, by name and source; ``codes`` are those that mean the indicator.

    Of several values of one day the last given counts.
    """
    period = Period.parse(wave)
    if period is None:
        return ()
    latest: dict[tuple[str, str], Benchmark] = {}
    for each in benchmarks:
        known = latest.get(each.series)
        if each.code in codes and _months(each.day) < period.ends and (known is None or each.day >= known.day):
            latest[each.series] = each
    return tuple(latest[series] for series in sorted(latest))


def _months(day: date) -> float:
    """A day in months, as periods count."""
    return 12 * day.year + day.month - 1 + (day.day - 1) / 31
