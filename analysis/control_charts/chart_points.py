"""What is put on a control chart: a value per period, with the base it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.results.estimates import Estimate
from words.errors import ManyiError
from words.language import Message, message

NO_BASE = message("No base in this period.")
NO_VALUE = message("No figure in this period.")


@dataclass(frozen=True)
class ChartPoint:
    """One period: ``value`` in the unit of the chart (None with a ``reason``), its ``base`` (effective respondents, customers; 1 for a
    measured value) and ``n``, the count behind it."""

    period: str
    value: float | None
    base: float = 1.0
    n: int = 0
    reason: Message | None = None


def points_from_counts(
    periods: Sequence[str], counts: Sequence[float | None], bases: Sequence[float | None], *, per: float = 1.0, share: bool = True
) -> list[ChartPoint]:
    """Counts out of bases, as ``per · count/base``: ``per`` 100 for per cent, 10,000 for complaints per ten thousand customers.

    A period without base or count has no point but a reason. Raises ManyiError for a negative count and, with ``share``, for one
    above its base.
    """
    points = []
    for period, count, base in zip(periods, counts, bases, strict=True):
        if count is None or base is None or not base > 0:
            reason = NO_BASE if base is None or not base > 0 else NO_VALUE
            points.append(ChartPoint(period, None, 0.0, int(count or 0), reason))
            continue
        if count < 0 or (share and count > base):
            raise ManyiError(
                message(
                    "Period {period}: {count} of {base} cannot be; correct the count or the base.", period=period, count=count, base=base
                )
            )
        points.append(ChartPoint(period, per * count / base, base, int(count)))
    return points


def points_from_estimates(
    estimates: Sequence[Estimate], *, key: str = "wave", per: float = 1.0, measured: bool = False
) -> list[ChartPoint]:
    """Weighted figures, one per value of ``key``, in the order given; shares on 0-1 times ``per``, on their effective base.

    ``measured`` is for figures that are no shares (index, NPS, KPI): their base does not set the limits. A hidden figure keeps its reason.
    """
    return [
        ChartPoint(
            str(entry.keys[key]),
            None if entry.value is None else entry.value * per,
            1.0 if measured else entry.n_eff,
            entry.n,
            None if entry.value is not None else (entry.reason or NO_VALUE),
        )
        for entry in estimates
    ]
