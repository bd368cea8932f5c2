"""What levels of a project's quantity say: their intervals, whether they reach the target, whether one is surely better than another."""

from __future__ import annotations

from analysis.inference.wilson_interval import wilson_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS
from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.stratified import Strata
from projects.sections import Level, Target


def interval_of(level: Level) -> tuple[float, float] | None:
    """Its ends in per cent by Wilson's method where cases and base are known, else as written; None where there is none."""
    if _is_counted(level):
        cases, base = level.cases or 0.0, level.base or 0.0
        low, high = wilson_interval(cases / base, None, int(base), base, max(base - 1, 1), DEFAULT_THRESHOLDS.confidence)
        return 100 * low, 100 * high
    return None if level.low is None or level.high is None else (level.low, level.high)


def is_percent(unit: str) -> bool:
    """Whether a unit is per cent, whichever sign it is written with."""
    return "%" in unit or "％" in unit


def reaches(level: Level, target: Target) -> bool | None:
    """Whether a level reaches the target or is beyond it; None where one of them has no value."""
    if level.value is None or target.value is None:
        return None
    return level.value >= target.value if target.higher_is_better else level.value <= target.value


def surely_better(before: Level, after: Level, *, higher_is_better: bool) -> bool:
    """Whether a level after is better than the one before beyond chance.

    Cases of their bases are compared as shares; other levels by whether their intervals lie apart, one without an interval counting as
    certain.
    """
    if before.value is None or after.value is None:
        return False
    if _is_counted(before) and _is_counted(after):
        rules = CauseRules()
        found = Strata(after.cases or 0.0, after.base or 0.0, before.cases or 0.0, before.base or 0.0).tested(rules).effect
        if found.p is not None and found.value is not None:
            return found.p < rules.thresholds.alpha and (found.value > 0) == higher_is_better
    ends_before, ends_after = interval_of(before) or (before.value,) * 2, interval_of(after) or (after.value,) * 2
    return ends_after[0] > ends_before[1] if higher_is_better else ends_after[1] < ends_before[0]


def _is_counted(level: Level) -> bool:
    return level.cases is not None and bool(level.base) and 0 <= level.cases <= (level.base or 0.0)
