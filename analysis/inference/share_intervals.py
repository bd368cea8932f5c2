"""The interval of one share or net promoter score, wherever one is shown: in rates, over the waves, in a league."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from analysis.inference.wilson_interval import wilson_interval
from analysis.results.estimates import Estimate, Result, Thresholds
from survey_schema.answer_shares import Share

AnyResult = TypeVar("AnyResult", bound=Result)


def share_interval(entry: Estimate, share: Share, thresholds: Thresholds, points: float = 100.0) -> Estimate:
    """The estimate with Wilson's interval where it is a proportion times ``points``; a net promoter score stays within −100…100.

    Where all are of one kind a net promoter score gets the widest interval that Wilson's of the shares allow.
    """
    if entry.value is None or not entry.df or entry.se is None or entry.low is None or entry.high is None:
        return entry
    if share != "nps":
        value, se = entry.value / points, entry.se / points
        low, high = wilson_interval(value, se, entry.n, entry.n_eff, entry.df, thresholds.confidence)
        return entry._replace(low=points * low, high=points * high)
    low, high = entry.low, entry.high
    if not entry.se:
        _, others = wilson_interval(0.0, 0.0, entry.n, entry.n_eff, entry.df, thresholds.confidence)
        reach = 200 * others if abs(entry.value) > 50 else 100 * others  # a passive one moves by 100, a promoter to a detractor by 200
        low, high = entry.value - reach, entry.value + reach
    return entry._replace(low=max(low, -100.0), high=min(high, 100.0))


def with_share_intervals(result: AnyResult, share: Share, thresholds: Thresholds) -> AnyResult:
    """The shares of a result, in points, each with its own interval; not for changes and gaps, which are differences."""
    return replace(result, estimates=tuple(share_interval(entry, share, thresholds) for entry in result.estimates))
