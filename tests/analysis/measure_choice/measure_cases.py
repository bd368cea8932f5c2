"""Candidates, coefficients and a search through all sets, which the tests of choosing measures share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from analysis.measure_choice.effects import Effects
from analysis.measure_choice.programme import Requirements
from analysis.results.estimates import Thresholds
from survey_schema.measure_candidates import Candidate

DRIVERS = ("P1", "P2", "P3", "P4")


def effects_of(slopes: Sequence[float], room: Sequence[float], branches: dict[str, float] | None = None) -> Effects:
    """Coefficients with a covariance that ties them together."""
    size = len(slopes)
    spread = np.linspace(0.02, 0.05, size)
    correlation = np.full((size, size), -0.3 / max(size - 1, 1)) + np.eye(size) * (1 + 0.3 / max(size - 1, 1))
    return Effects(
        "Q1", DRIVERS[:size], np.array(slopes, dtype=float), correlation * np.outer(spread, spread), 400.0, np.array(room, dtype=float),
        branches or {}, 500, 480.0, Thresholds(),
    )  # fmt: skip


def value_by_hand(candidates: Sequence[Candidate], units: Sequence[int], effects: Effects) -> float:
    """Points of the outcome: customers of each branch apart, the rise of each driver cut at its room. Written without the analysis."""
    named = {each.branch for each in candidates if each.branch}
    shares = {branch: effects.branches.get(branch, 0.0) for branch in named}
    total = 0.0
    for place, driver in enumerate(effects.drivers):
        for segment, share in [*shares.items(), (None, 1 - sum(shares.values()))]:
            rise = sum(
                each.shift * each.reach * taken
                for each, taken in zip(candidates, units, strict=True)
                if each.driver == driver and each.branch in (None, segment)
            )
            total += effects.slopes[place] * share * min(rise, effects.room[place])
    return float(total)


def allowed(candidates: Sequence[Candidate], units: Sequence[int], effects: Effects, required: Requirements) -> bool:
    """Whether a set keeps to what is required, written without the analysis."""
    taken = {each.name for each, count in zip(candidates, units, strict=True) if count}
    if sum(each.cost * count for each, count in zip(candidates, units, strict=True)) > required.budget:
        return False
    for each in candidates:
        if each.name in taken and (not set(each.needs) <= taken or set(each.excludes) & taken):
            return False
    for code, least in required.rises.items():
        only = effects.with_slopes(np.array([1.0 if driver == code else 0.0 for driver in effects.drivers]))
        if value_by_hand(candidates, units, only) < least - 1e-9:
            return False
    branches = {each.branch for each in candidates if each.branch}
    return all(sum(each.branch == branch and each.name in taken for each in candidates) >= required.per_branch for branch in branches)


def best_by_search(candidates: Sequence[Candidate], effects: Effects, required: Requirements) -> tuple[float, tuple[int, ...]] | None:
    """The value of the best set and the set, found by trying all; None where none keeps to what is required."""
    tried = product(*([0, *range(each.fewest, each.most + 1)] for each in candidates))
    kept = [(value_by_hand(candidates, units, effects), units) for units in tried if allowed(candidates, units, effects, required)]
    return max(kept, default=None)
