"""What one more point brings, and the cheapest mix of improvements that reaches a target.

Shifting driver means by δ moves the outcome by b'δ; its variance is δ'Vδ with V the robust covariance of the regression.
The inverse is a linear programme: least cost c'δ with b'δ at least the wanted gain, 0 ≤ δ ≤ the room each driver has.
An association read as an effect: what would change *if* the regression described causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import linprog

from analysis.drivers.regression import Regression
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.cross_moments import GroupMoments
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed


@dataclass(frozen=True)
class WhatIf:
    """The change of the outcome for a set of shifts, and the level it would reach (both with interval)."""

    outcome: str
    shifts: Mapping[str, float]
    current: float | None
    change: Estimate | None
    reached: float | None
    provenance: Provenance
    notes: tuple[Message, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True)
class GoalSeek:
    """The cheapest shifts that reach ``target``, or the ``reason`` why none do; ``attainable`` is the most the bounds allow."""

    outcome: str
    target: float
    current: float | None
    shifts: Mapping[str, float]
    cost: float | None
    change: Estimate | None
    attainable: float | None
    provenance: Provenance
    reason: Message | None = None


_METHOD = message("Change of the outcome from the regression coefficients, interval from their robust covariance")


def estimate_what_if(
    regression: Regression,
    moments: GroupMoments,
    shifts: Mapping[str, float],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> WhatIf:
    """The change of the outcome when driver means shift by ``shifts`` points (0–100 scale).

    A shift that would take a mean beyond 0–100 is cut at the end of the scale, which is noted. Raises ManyiError for a shift of
    something that is not a driver.
    """
    unknown = [code for code in shifts if code not in regression.drivers]
    if unknown:
        raise ManyiError(
            message("{code} is not a driver of this analysis; choose from {drivers}.", code=unknown[0], drivers=Listed(regression.drivers))
        )
    how = regression.provenance.of_the_same_weights(_METHOD)
    if regression.reason:
        return WhatIf(regression.outcome, dict(shifts), None, None, None, how, reason=regression.reason)
    means = _means(regression, moments)
    moved = {code: min(max(shift, -means[code]), 100 - means[code]) for code, shift in shifts.items()}
    notes = tuple(_cut(code, means[code], shift) for code, shift in shifts.items() if moved[code] != shift)
    change = _change(regression, moved, thresholds)
    current = means[regression.outcome]
    return WhatIf(regression.outcome, moved, current, change, current + (change.value or 0.0), how, notes)


def _cut(code: str, mean: float, shift: float) -> Message:
    """That only a part of a shift can be, and how large it is."""
    if shift > 0:
        return message("{driver} can rise by at most {room}, to the end of the scale; only so much of {shift} is counted.",
                       driver=code, room=f"{100 - mean:.1f}", shift=f"+{shift:g}")  # fmt: skip
    return message("{driver} can fall by at most {room}, to the end of the scale; only so much of {shift} is counted.",
                   driver=code, room=f"{mean:.1f}", shift=f"−{-shift:g}")  # fmt: skip


def seek_goal(
    regression: Regression,
    moments: GroupMoments,
    target: float,
    *,
    costs: Mapping[str, float] | None = None,
    bounds: Mapping[str, float] | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> GoalSeek:
    """The cheapest shifts that bring the outcome to ``target`` (0–100).

    ``costs`` per point (default 1) and ``bounds`` (largest shift; default the room to 100) by driver. Drivers whose coefficient
    is not positive are left alone. Raises ManyiError for negative costs or bounds.
    """
    costs, bounds = dict(costs or {}), dict(bounds or {})
    for name, given in (("costs", costs), ("bounds", bounds)):
        for code, value in given.items():
            if code not in regression.drivers or not np.isfinite(value) or value < 0:
                raise ManyiError(
                    message(
                        "{name}: expected a driver and a number of at least 0, found {code}: {value}.", name=name, code=code, value=value
                    )
                )
    method = message("Least cost under bounds by linear programming on the regression coefficients")
    facts = (Fact("target", target), Fact("costs", costs), Fact("bounds", bounds))
    how = regression.provenance.of_the_same_weights(method).plus(*facts)
    if regression.reason:
        return GoalSeek(regression.outcome, target, None, {}, None, None, None, how, regression.reason)
    means = _means(regression, moments)
    current, outcome = means[regression.outcome], regression.outcome
    slopes = np.array([estimate.value for estimate in regression.coefficients[1:]], dtype=float)
    room = np.array([min(bounds.get(code, 100.0), max(100 - means[code], 0.0)) for code in regression.drivers])
    attainable = current + float(np.clip(slopes, 0, None) @ room)
    wanted = target - current
    if wanted <= 0:
        nothing = dict.fromkeys(regression.drivers, 0.0)
        return GoalSeek(outcome, target, current, nothing, 0.0, _change(regression, nothing, thresholds), attainable, how)
    price = np.array([costs.get(code, 1.0) for code in regression.drivers])
    solved = linprog(price, A_ub=[-slopes], b_ub=[-wanted], bounds=[(0, limit) for limit in room], method="highs")
    if not solved.success:
        reason = message(
            "The target {target} is out of reach: even the largest allowed improvements bring {attainable}.",
            target=f"{target:.1f}",
            attainable=f"{attainable:.1f}",
        )
        return GoalSeek(outcome, target, current, {}, None, None, attainable, how, reason)
    shifts = {code: float(shift) for code, shift in zip(regression.drivers, solved.x, strict=True)}
    return GoalSeek(outcome, target, current, shifts, float(solved.fun), _change(regression, shifts, thresholds), attainable, how)


def _means(regression: Regression, moments: GroupMoments) -> dict[str, float]:
    codes = [regression.outcome, *regression.drivers]
    return dict(zip(codes, moments.select(codes).total.means.tolist(), strict=True))


def _change(regression: Regression, shifts: Mapping[str, float], thresholds: Thresholds) -> Estimate:
    delta = np.array([0.0, *(shifts.get(code, 0.0) for code in regression.drivers)])
    coefficients = np.array([estimate.value for estimate in regression.coefficients], dtype=float)
    value, error = float(coefficients @ delta), float(np.sqrt(max(delta @ regression.covariance @ delta, 0.0)))
    margin = float(stats.t.ppf(0.5 + thresholds.confidence / 2, regression.df)) * error
    p = float(2 * stats.t.sf(abs(value) / error, regression.df)) if error > 0 else None
    return Estimate(
        {}, regression.outcome, value, error, value - margin, value + margin, regression.n, regression.n_eff, regression.df, p,
        marked=regression.n_eff < thresholds.marked_below,
    )  # fmt: skip
