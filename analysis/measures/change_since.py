"""What changed since a measure began: its target before it and lately. No effect: nobody knows what would have been without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.inference.poisson_rates import compare_rates
from analysis.measures.measure import Measure
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.language import Message, message
from words.periods import Period


@dataclass(frozen=True)
class ChangeSince:
    """The target of a measure in the last period before it began and in the latest one; ``change`` has the reason where there is none.

    Scores change in points, KPIs in their unit, complaints in per cent of what they were.
    """

    measure: Measure
    change: Estimate
    before: str | None = None
    latest: str | None = None
    values: tuple[Estimate, Estimate] | None = None
    of_complaints: bool = False

    @property
    def has_interval(self) -> bool:
        """Whether there is a change with an interval: of scores and complaints; a value of a KPI has none."""
        return self.change.value is not None and self.change.low is not None


def no_change(measure: Measure, reason: Message) -> ChangeSince:
    """What stands where nothing can be said, and why."""
    return ChangeSince(measure, Estimate({}, measure.target or "", None, reason=reason))


def around(labels: Sequence[str], start: date, on: date, *, over: bool) -> tuple[str, str] | Message:
    """The last period that ended before the start, and the latest of the same kind that ends after it; or the reason why there are none.

    ``on``: what began later was not known then; ``over``: what was not over by then neither, as of numbers that still grow.
    """
    known = [(label, period) for label in labels if (period := Period.parse(label)) is not None]
    first, last = Period(start, "day").begins, Period(on + timedelta(days=1), "day").begins
    before = [(label, period) for label, period in known if period.ends <= first]
    if not before:
        return message("There are no figures from before it began.")
    label, period = max(before, key=lambda each: each[1].ends)
    since = [
        each
        for each in known
        if each[1].kind == period.kind and each[1].ends > first and (each[1].ends <= last if over else each[1].begins < last)
    ]
    if not since:
        return message("There are no figures from after it began.")
    return label, max(since, key=lambda each: each[1].ends)[0]


def complaint_change(before: float, latest: float, *, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Estimate:
    """The change of a number of complaints in per cent, periods of the same length, with the exact interval of a ratio of two counts.

    ``n`` is both numbers together. Raises nothing; without a complaint before there is a reason.
    """
    n = round(before + latest)
    if before <= 0:
        return Estimate({}, "complaints", None, n=n, reason=message("There was no complaint before it began, so there is no change in %."))
    found = compare_rates(round(latest), 1.0, round(before), 1.0, thresholds.confidence)
    low, high = ((None if end is None else 100 * (end - 1)) for end in (found.low, found.high))
    return Estimate({}, "complaints", 100 * (latest / before - 1), low=low, high=high, n=n, n_eff=float(n))
