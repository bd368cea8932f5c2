"""The pair of Pareto charts before and after a measure: what became rarer, per month or per customer, beyond chance.

Shares cannot say that: when one cause falls, the shares of the others rise. So each cause is compared by its rate on the exposure (months,
customers) of either period: ratio with exact Poisson interval, p values by Holm over the causes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.inference.adjusted_tests import adjusted_p
from analysis.inference.poisson_rates import RateRatio, compare_rates
from analysis.pareto.estimate_pareto import Pareto
from analysis.results.estimates import DEFAULT_THRESHOLDS, Thresholds
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class CauseChange:
    """One cause before and after; ``expected`` cases after had nothing changed; ``verdict`` by the adjusted p: higher, lower or unclear.

    ``share_change`` in points of the shares on the two charts, for the eye only.
    """

    cause: str | None
    before: int
    after: int
    expected: float
    ratio: RateRatio
    p_adjusted: float
    verdict: str
    share_change: float


@dataclass(frozen=True)
class ParetoPair:
    """Two charts side by side with the change of each cause in the order of the first; ``total`` is the change of all cases together."""

    before: Pareto
    after: Pareto
    total: CauseChange
    causes: tuple[CauseChange, ...]


def compare_paretos(
    before: Pareto, after: Pareto, exposure_before: float, exposure_after: float, *, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> ParetoPair:
    """The pair. Cases are compared whatever the charts measure, since costs are no counts.

    Raises ManyiError for charts of two classifications and exposures that are not positive.
    """
    if before.by != after.by:
        raise ManyiError(
            message(
                "The two charts are by {first} and by {second}; compare charts of one classification.", first=before.by, second=after.by
            )
        )
    if not (exposure_before > 0 and exposure_after > 0):
        raise ManyiError(message("Give the length of both periods (months) or their customers, both above zero."))
    first, second = ({row.cause: row for row in chart.rows} for chart in (before, after))
    causes = list(dict.fromkeys([*first, *second]))
    found = []
    for cause in causes:
        counts = [round(rows[cause].count) if cause in rows else 0 for rows in (first, second)]
        shares = [rows[cause].share.value or 0.0 if cause in rows else 0.0 for rows in (first, second)]
        ratio = compare_rates(counts[1], exposure_after, counts[0], exposure_before, thresholds.confidence)
        found.append((cause, counts, ratio, shares[1] - shares[0]))
    adjusted = adjusted_p(np.array([ratio.p for _, _, ratio, _ in found], dtype=np.float64), "holm")
    scale = exposure_after / exposure_before
    rows = tuple(
        _change(cause, counts, scale, ratio, float(p), moved, thresholds)
        for (cause, counts, ratio, moved), p in zip(found, adjusted, strict=True)
    )
    bases = [round(before.base), round(after.base)]
    whole = compare_rates(bases[1], exposure_after, bases[0], exposure_before, thresholds.confidence)
    return ParetoPair(before, after, _change(None, bases, scale, whole, whole.p, 0.0, thresholds), rows)


def _change(
    cause: str | None, counts: list[int], scale: float, ratio: RateRatio, p: float, moved: float, thresholds: Thresholds
) -> CauseChange:
    expected = counts[0] * scale
    verdict = "unclear" if p >= thresholds.alpha else "higher" if counts[1] > expected else "lower"
    return CauseChange(cause, counts[0], counts[1], expected, ratio, p, verdict, moved)
