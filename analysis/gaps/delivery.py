"""Delivery as inspections find it, as a side of gap 3: shares of points scored of the checklist items that stand for an item.

A share of several checklist items is Σ scored / Σ available; of an indicator Σ weight × share. Visits are sampling units, so with the
influence u = Σ weight (scored − R·available)/Σ available of a visit, var = v/(v − 1) Σ u² over the v visits of the group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from analysis.gaps.sides import Group, MeasuredSide, Wanted
from analysis.inspections.estimate_inspections import FEW
from analysis.inspections.inspection_sums import InspectionSums
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.reasons import not_asked
from analysis.sums.tallies import Array

#: Below this many points visits differ by rounding only.
_ALIKE = 1e-9


def inspection_side(
    sums: InspectionSums,
    checklist: Mapping[str, Sequence[str]],
    by: Sequence[str] = (),
    where: Mapping[str, str | None] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> MeasuredSide:
    """Scores of inspections (0–100) by item of the survey; ``checklist`` names the checklist items that stand for each.

    A group with a single visit, or whose visits all scored alike, has a level and no standard error: how visits differ is not known from
    it, and full marks at four visits prove no more than one would. Figures of fewer than five visits are marked.
    """
    chosen = sums.where(where or {})
    keys, number = chosen.groups(by)
    rows = {frozenset(key.items()): np.flatnonzero(number == g) for g, key in enumerate(keys)}
    columns = {item: [chosen.items.index(each) for each in own if each in chosen.items] for item, own in checklist.items()}
    available: dict[Group, list[str]] = {
        group: [item for item, own in columns.items() if chosen.available[visits][:, own].sum() > 0] for group, visits in rows.items()
    }

    def combined(wanted: Wanted) -> Estimate:
        group = frozenset(wanted.keys.items())
        if group not in rows or not set(wanted.weights) <= set(available[group]):
            return Estimate(wanted.keys, wanted.code, None, reason=not_asked())
        value, influence, seen = 0.0, np.zeros(len(rows[group])), np.zeros(len(rows[group]), dtype=bool)
        for item, weight in wanted.weights.items():
            there, scored = (points[rows[group]][:, columns[item]].sum(axis=1) for points in (chosen.available, chosen.scored))
            ratio = scored.sum() / there.sum()
            value += weight * ratio
            influence += weight * (scored - ratio * there) / there.sum()
            seen |= there > 0
        return _estimate(wanted, 100 * value, 100 * influence, int(seen.sum()), thresholds)

    return MeasuredSide(available, combined)


def _estimate(wanted: Wanted, value: float, influence: Array, visits: int, thresholds: Thresholds) -> Estimate:
    plain = Estimate(wanted.keys, wanted.code, value, n=visits, n_eff=float(visits), marked=visits < FEW)
    if visits < 2:
        return plain
    se = float(np.sqrt(visits / (visits - 1) * (influence**2).sum()))
    if se < _ALIKE:
        return plain
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, visits - 1)) * se
    return plain._replace(se=se, low=max(value - half, 0.0), high=min(value + half, 100.0), df=visits - 1.0)
