"""Stepwise regression (enter p ≤ 0.05, remove p > 0.10) with every step kept, because the field expects it.

The p-values come from the replicate groups, so weights and clusters count. They are optimistic all the
same: they do not know that the drivers were chosen by looking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.cross_moments import Array, CrossMoments, GroupMoments
from analysis.estimability import why_collinear, why_not_analysable
from analysis.replicates import jackknife
from analysis.results import Estimate, Thresholds
from analysis.stacked_algebra import solve_stack
from survey_schema.language import Message, message
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class Step:
    """One step: ``action`` is enter or remove, ``p`` the p-value that decided, then the model as it stands."""

    number: int
    action: str
    driver: str
    p: float
    included: tuple[str, ...]
    r_squared: float
    r_squared_change: float


@dataclass(frozen=True)
class Stepwise:
    """All steps and the coefficients of the last model, or the ``reason`` why there is none."""

    outcome: str
    steps: tuple[Step, ...]
    coefficients: tuple[Estimate, ...]
    excluded: Mapping[str, float]
    n: int
    n_eff: float
    dropped: int
    method: Message
    caution: Message
    settings: Mapping[str, object]
    reason: Message | None = None


def estimate_stepwise(
    moments: GroupMoments,
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    *,
    enter: float = 0.05,
    remove: float = 0.10,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Stepwise:
    """Add the driver with the smallest p while it is at most ``enter``; after each, drop the one with the largest above ``remove``."""
    moments = moments.select([outcome, *drivers])
    empty = Stepwise(
        outcome,
        (),
        (),
        {},
        moments.n,
        moments.n_eff,
        moments.dropped,
        message("Stepwise regression with p-values by delete-a-group jackknife"),
        message("The p-values are optimistic: they do not know that the drivers were chosen by looking at the same answers."),
        {"outcome": outcome, "drivers": tuple(drivers), "enter": enter, "remove": remove, "listwise": True},
    )
    reason = why_not_analysable(moments, schema, minimum=len(drivers) + 2) or why_collinear(moments, schema, drivers)
    if reason:
        return replace(empty, reason=reason)
    included: list[str] = []
    steps: list[Step] = []
    r_squared = 0.0
    seen: set[frozenset[str]] = set()
    # A set that comes back would go round forever; each set is entered at most once.
    while frozenset(included) not in seen:
        seen.add(frozenset(included))
        action, driver, p = _next_move(moments, outcome, drivers, included, enter, remove)
        if driver is None:
            break
        included = [*included, driver] if action == "enter" else [code for code in included if code != driver]
        now = _r_squared(moments.total, outcome, included)
        steps.append(Step(len(steps) + 1, action, driver, p, tuple(included), now, now - r_squared))
        r_squared = now
    final = jackknife(moments, lambda batch: slopes(batch.select([outcome, *included])), batched=True) if included else None
    excluded = {code: _p_of(moments, outcome, [*included, code])[-1] for code in drivers if code not in included}
    return replace(
        empty,
        steps=tuple(steps),
        coefficients=final.estimates(included, moments, thresholds) if final else (),
        excluded=excluded,
    )


def slopes(batch: CrossMoments) -> Array:
    """Regression slopes of the first variable on the others for every entry of a batch, shape (…, p)."""
    covariance = batch.covariance
    return solve_stack(covariance[..., 1:, 1:], covariance[..., 1:, 0])


def _next_move(
    moments: GroupMoments, outcome: str, drivers: Sequence[str], included: Sequence[str], enter: float, remove: float
) -> tuple[str, str | None, float]:
    if included:
        p_values = _p_of(moments, outcome, included)
        worst = int(np.argmax(p_values))
        if p_values[worst] > remove:
            return "remove", included[worst], float(p_values[worst])
    waiting = {code: float(_p_of(moments, outcome, [*included, code])[-1]) for code in drivers if code not in included}
    if waiting:
        best = min(waiting, key=lambda code: (waiting[code], -_r_squared(moments.total, outcome, [*included, code])))
        if waiting[best] <= enter:
            return "enter", best, waiting[best]
    return "stay", None, 1.0


def _p_of(moments: GroupMoments, outcome: str, included: Sequence[str]) -> Array:
    chosen = moments.select([outcome, *included])
    return jackknife(chosen, slopes, batched=True).p_values()


def _r_squared(total: CrossMoments, outcome: str, included: Sequence[str]) -> float:
    if not included:
        return 0.0
    chosen = total.select([outcome, *included])
    covariance = chosen.covariance
    return float(slopes(chosen) @ covariance[1:, 0] / covariance[0, 0])
