"""The interval of a level: that of its cases of its base where it is a share, else the one that was written down."""

from __future__ import annotations

from statsmodels.stats.proportion import proportion_confint

from projects.sections import Level

_CONFIDENCE = 0.95


def interval_of(level: Level) -> tuple[float, float] | None:
    """Its ends in per cent by Wilson's method (95 %) where cases and base are known, else as written; None where there is none."""
    if level.cases is not None and level.base and 0 <= level.cases <= level.base:
        low, high = proportion_confint(level.cases, level.base, alpha=1 - _CONFIDENCE, method="wilson")
        return 100 * float(low), 100 * float(high)
    return None if level.low is None or level.high is None else (level.low, level.high)
