"""Promised against achieved: what a plan said a measure would bring, beside what it brought.

Both are figures with an interval (a promise may be a single number); their difference has the variances of both, and Student's t with the
degrees of freedom of what was achieved, which is the shorter of the two. Four answers: achieved *more* or *less* than promised; *as
promised*, where the difference cannot be told from chance and what was achieved can be told from nothing; and *open*, where it agrees
with the promise and with nothing alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.effects.target import Better
from analysis.inference.figures import two_sided_p
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds


@dataclass(frozen=True)
class Promise:
    """What was promised: a change in the unit of the figure, with the ends of its interval where it has one."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PromiseCheck:
    """``promised``, ``achieved``, and ``difference`` (achieved − promised) with its ``verdict``: more, less, as_promised or open.

    ``of_effect``: whether what was achieved is an effect; else it is a change.
    """

    promised: Estimate
    achieved: Estimate
    difference: Estimate
    of_effect: bool


def check_promise(
    promise: Promise, achieved: Estimate, better: Better, *, of_effect: bool, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> PromiseCheck:
    """Sets an effect, or a change, against the promise."""
    share = (1 + thresholds.confidence) / 2
    reach = 0.0 if promise.low is None or promise.high is None else (promise.high - promise.low) / 2
    error = reach / float(stats.norm.ppf(share))
    code = achieved.code
    promised = Estimate({"figure": "promised"}, code, promise.value, error or None, promise.low, promise.high)
    keys = {"figure": "achieved_minus_promised"}
    kept = achieved._replace(keys={"figure": "achieved"})
    if achieved.value is None:
        return PromiseCheck(promised, kept, Estimate(keys, code, None, reason=achieved.reason), of_effect)
    gap = achieved.value - promise.value
    entry = Estimate(keys, code, gap, n=achieved.n, n_eff=achieved.n_eff)
    if achieved.se is None:
        return PromiseCheck(promised, kept, entry._replace(verdict="open", note=achieved.note), of_effect)
    df = achieved.df or float("inf")
    se = float(np.hypot(achieved.se, error))
    half = float(stats.t.ppf(share, df)) * se
    p = two_sided_p(gap, se, df)
    entry = entry._replace(se=se, low=gap - half, high=gap + half, df=achieved.df, p=p)
    return PromiseCheck(promised, kept, entry._replace(verdict=_verdict(entry, achieved, better, thresholds)), of_effect)


def _verdict(gap: Estimate, achieved: Estimate, better: Better, thresholds: Thresholds) -> str:
    if gap.p is not None and gap.p <= thresholds.alpha:
        return "more" if ((gap.value or 0.0) > 0) == (better == "higher") else "less"
    return "open" if achieved.verdict in (None, "unclear") else "as_promised"
