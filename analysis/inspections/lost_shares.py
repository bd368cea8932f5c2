"""Points lost in Pareto order: the share each row has in what all lost, and the share of the first rows together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.inspections.estimate_inspections import Points
from analysis.results.estimates import Estimate


@dataclass(frozen=True)
class LostShare:
    """One row: its points, ``lost_percent`` of its own points available (interval as that of the share scored), ``share`` and
    ``cumulative`` share of what all rows lost, in per cent; None where nothing was lost."""

    points: Points
    lost_percent: Estimate
    share: float | None
    cumulative: float | None


def lost_shares(rows: Sequence[Points]) -> tuple[LostShare, ...]:
    """Rows that are parts of one whole, most points lost first; rows that lost the same keep their order."""
    ordered = sorted(rows, key=lambda row: -row.lost)
    whole, reached, found = sum(row.lost for row in ordered), 0.0, []
    for row in ordered:
        reached += row.lost
        shares = (100 * row.lost / whole, 100 * reached / whole) if whole > 0 else (None, None)
        found.append(LostShare(row, lost_percent(row.share), *shares))
    return tuple(found)


def lost_percent(scored: Estimate) -> Estimate:
    """Per cent of the points available that were lost, from the per cent scored."""
    low, high = (None if end is None else 100 - end for end in (scored.high, scored.low))
    return scored._replace(value=None if scored.value is None else 100 - scored.value, low=low, high=high)
