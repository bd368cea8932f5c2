"""The verdict an interval gives by itself: does all of it lie above or below a level, such as zero or the index?"""

from __future__ import annotations

from typing import Literal

from analysis.results.estimates import Estimate

Verdict = Literal["higher", "lower", "unclear"]


def interval_verdict(estimate: Estimate, level: float | None = 0.0) -> Verdict:
    """``higher`` when the whole interval lies above ``level``, ``lower`` when below, else ``unclear``; in the estimate's unit.

    A touching end, an estimate without interval or value, and a missing level are unclear. The level is taken as known: where it is an
    estimate itself (the index an item belongs to), the verdict says only where the interval lies, it is no test of a difference.
    """
    if level is None or estimate.value is None or estimate.low is None or estimate.high is None:
        return "unclear"
    return "higher" if estimate.low > level else "lower" if estimate.high < level else "unclear"
