"""Inspections beside the standard of each item, and beside the satisfaction of the same halls or branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.inspections.estimate_inspections import Inspections, Points
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.interval_verdict import Verdict, interval_verdict
from words.language import message


@dataclass(frozen=True)
class AgainstStandard:
    """Points of one item beside its standard (0–100): the difference in points, and whether the whole interval lies on one side."""

    points: Points
    standard: float
    difference: float
    verdict: Verdict


@dataclass(frozen=True)
class Place:
    """A hall or branch: share of points scored beside its satisfaction, both with their intervals."""

    name: str | None
    inspections: Estimate
    satisfaction: Estimate


@dataclass(frozen=True)
class BesideSatisfaction:
    """Places with both, and their rank correlation (Spearman) with interval; it says how the two go together, not what causes what."""

    dimension: str
    places: tuple[Place, ...]
    correlation: Estimate


def against_standard(found: Inspections, standards: Mapping[str, float]) -> tuple[AgainstStandard, ...]:
    """Every figure with a standard, those furthest below first."""
    rows = []
    for row in found.rows:
        if row.code in standards:
            level = standards[row.code]
            rows.append(AgainstStandard(row, level, (row.share.value or 0.0) - level, interval_verdict(row.share, level)))
    return tuple(sorted(rows, key=lambda row: row.difference))


def beside_satisfaction(
    shares: Result, satisfaction: Result, dimension: str, *, code: str, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> BesideSatisfaction:
    """Places by ``dimension`` that have the total of inspections and a shown figure ``code`` of satisfaction.

    Spearman's ρ with Fisher's interval, standard error √((1 + ρ²/2)/(places − 3)) (Bonett and Wright 2000); from five places on.
    """
    places = []
    for entry in shares.estimates:
        other = satisfaction.find(code, **{dimension: entry.keys.get(dimension)})
        if entry.code == "total" and entry.value is not None and other is not None and other.value is not None:
            places.append(Place(entry.keys.get(dimension), entry, other))
    return BesideSatisfaction(dimension, tuple(places), _spearman(places, thresholds))


def _spearman(places: list[Place], thresholds: Thresholds) -> Estimate:
    count = len(places)
    plain = Estimate({}, "correlation", None, n=count, n_eff=float(count))
    if count < 5:
        return plain._replace(reason=message("Only {n} places have both figures; at least {minimum} are needed.", n=count, minimum=5))
    ranks = [stats.rankdata([getattr(place, side).value for place in places]) for side in ("inspections", "satisfaction")]
    if any(np.ptp(each) == 0 for each in ranks):
        return plain._replace(reason=message("All places have the same figure, so there is nothing to relate."))
    rho = float(np.corrcoef(*ranks)[0, 1])
    if abs(rho) > 1 - 1e-12:
        return plain._replace(value=float(np.sign(rho)))
    half = float(stats.norm.ppf((1 + thresholds.confidence) / 2) * np.sqrt((1 + rho**2 / 2) / (count - 3)))
    return plain._replace(value=rho, low=float(np.tanh(np.arctanh(rho) - half)), high=float(np.tanh(np.arctanh(rho) + half)))
