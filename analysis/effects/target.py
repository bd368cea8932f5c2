"""Was the target reached? What the interval of the level after the measure says, and how far the way was that was gone.

A target is a floor where higher is better, else a ceiling. It is *reached* where the whole interval lies on its good side (the target
itself counts as reached), *missed* where the whole interval lies on the other, and cannot be told where the interval holds both. The share
of the way gone is (level after − baseline) / (target − baseline), the baseline taken as given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.effects.levels import Levels
from analysis.results.estimates import Estimate
from words.language import message

Better = Literal["higher", "lower"]
NO_WAY = message("Baseline and target are the same, so there is no way to go.")
NO_LEVEL = message("There is no level to set against the target.")


@dataclass(frozen=True)
class TargetCheck:
    """``level`` is the level after with its ``verdict``: reached, missed or open; ``way`` the share of the way gone, 1 is all of it.

    ``stated``: whether the baseline was named; else it is the level before. ``apart``: whether the level before, with its interval, is
    another than the baseline that was named.
    """

    target: float
    baseline: float | None
    stated: bool
    level: Estimate
    way: Estimate
    apart: bool


def check_target(levels: Levels, target: float, better: Better, baseline: float | None = None) -> TargetCheck:
    """Sets the level after against a target in the unit of the figure."""
    after, before = levels.after, levels.before
    start = before.value if baseline is None else baseline
    apart = baseline is not None and before.low is not None and before.high is not None and not before.low <= baseline <= before.high
    level = after._replace(keys={"figure": "target"}, verdict=_verdict(after, target, better))
    return TargetCheck(target, start, baseline is not None, level, _way(after, start, target), apart)


def _verdict(after: Estimate, target: float, better: Better) -> str | None:
    if after.value is None:
        return None
    if after.low is None or after.high is None:
        return "open"
    worse, best = (after.low, after.high) if better == "higher" else (-after.high, -after.low)
    aim = target if better == "higher" else -target
    return "reached" if worse >= aim else "missed" if best < aim else "open"


def _way(after: Estimate, start: float | None, target: float) -> Estimate:
    keys, code = {"figure": "way_gone"}, after.code
    if after.value is None or start is None:
        return Estimate(keys, code, None, reason=after.reason or NO_LEVEL)
    if start == target:
        return Estimate(keys, code, None, reason=NO_WAY)
    length = target - start
    ends = [None if end is None else (end - start) / length for end in (after.low, after.high)]
    low, high = (ends[0], ends[1]) if length > 0 else (ends[1], ends[0])
    return Estimate(keys, code, (after.value - start) / length, None, low, high, n=after.n, n_eff=after.n_eff)
