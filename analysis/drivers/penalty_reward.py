"""Penalty–reward contrasts: does a driver hurt when it is bad, please when it is good, or both?

The outcome is regressed on two dummies for every driver: *lowest* (the lowest quarter of its scale) and *highest* (the
top 15 % of its scale: 5 of 1–5, 9 and 10 of 1–10 or 0–10), after turning reversed questions (Brandt 1987; Mikulić and
Prebežac 2008). The penalty is the loss, the reward the gain of outcome points against the grades between. A **basic**
factor has a penalty larger than its reward, an **excitement** factor the opposite, a **performance** factor both alike.
Errors by delete-a-group jackknife, comparisons by Holm. Missing data: listwise over the outcome and all drivers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np

from analysis.inference.adjusted_tests import adjusted_p
from analysis.inference.estimability import titles
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import NotEstimableError, jackknife
from analysis.inference.stacked_algebra import solve_stack
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments, moments_of
from analysis.sums.moments_plan import Variable, moments_plan, score_variables
from analysis.sums.raked_groups import reraked_margins
from analysis.sums.scores import score, score_line
from survey_schema.models import SurveySchema
from words.language import Message, message

LOWEST_SHARE = 0.25
HIGHEST_SHARE = 0.85
Kind = Literal["basic", "performance", "excitement", "none", "unclear"]


@dataclass(frozen=True)
class Contrast:
    """One driver: ``penalty`` (usually negative) and ``reward`` in points of the outcome, and what kind it is.

    ``kind`` is ``none`` without a significant effect, ``unclear`` where a band has nobody in it, said in ``reason``.
    """

    driver: str
    penalty: Estimate
    reward: Estimate
    lowest_n: int
    highest_n: int
    kind: Kind
    reason: Message | None = None


@dataclass(frozen=True)
class PenaltyReward:
    """All contrasts, or the ``reason`` why there are none."""

    outcome: str
    contrasts: tuple[Contrast, ...]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    notes: tuple[Message, ...] = ()
    reason: Message | None = None


def estimate_penalty_reward(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
    *,
    hidden: Message | None = None,
    where: Mapping[str, str] | None = None,
) -> PenaltyReward:
    """Penalty and reward of every driver from one pass over the domain ``where`` of ``frame``; ``hidden`` is why not to show."""
    dummies = [dummy for driver in drivers for dummy in _bands(schema, driver)]
    (moments,) = moments_of(frame, moments_plan([*score_variables(schema, [outcome]), *dummies]), where)
    empty = PenaltyReward(
        outcome,
        (),
        moments.n,
        moments.n_eff,
        moments.dropped,
        Provenance(
            message("Regression on dummies for the lowest and highest grades; intervals by delete-a-group jackknife"),
            thresholds,
            reraked_margins=reraked_margins(moments.margins),
            facts=(
                Fact("outcome", outcome),
                Fact("drivers", tuple(drivers)),
                Fact("lowest_share", LOWEST_SHARE),
                Fact("highest_share", HIGHEST_SHARE),
                LISTWISE,
            ),
        ),
    )
    return part_or_reason(empty, lambda: _estimated(empty, moments, schema, outcome, drivers, thresholds, hidden))


def _estimated(
    empty: PenaltyReward,
    moments: GroupMoments,
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    thresholds: Thresholds,
    hidden: Message | None,
) -> PenaltyReward:
    silent = [driver for driver in drivers if moments.answered[f"{driver}_lowest"] == 0]
    if silent:
        return replace(
            empty,
            reason=message("Nobody answered {items} here; choose other questions or other respondents.", items=titles(schema, silent)),
        )
    if moments.n < 2 * len(drivers) + 2:
        return replace(
            empty,
            reason=message(
                "Only {n} respondents answered all questions; at least {minimum} are needed.", n=moments.n, minimum=2 * len(drivers) + 2
            ),
        )
    if hidden:
        return replace(empty, reason=hidden)
    return _contrast(empty, moments, schema, outcome, drivers, thresholds)


def _bands(schema: SurveySchema, code: str) -> tuple[Variable, Variable]:
    """Whether an answer is among the lowest and among the highest grades."""
    scale = schema.scale_of(code)
    low, high = np.sort(score(schema, code, [scale.minimum, scale.maximum]))
    line = score_line(schema, code)
    return (
        Variable(f"{code}_lowest", code, *line, "at_most", float(low + LOWEST_SHARE * (high - low)) + 1e-9),
        Variable(f"{code}_highest", code, *line, "at_least", float(low + HIGHEST_SHARE * (high - low)) - 1e-9),
    )


def _slopes(batch: CrossMoments) -> Array:
    """Regression slopes of the first variable on the others for every entry of a batch, shape (…, p)."""
    covariance = batch.covariance
    return solve_stack(covariance[..., 1:, 1:], covariance[..., 1:, 0])


def _contrast(
    empty: PenaltyReward, moments: GroupMoments, schema: SurveySchema, outcome: str, drivers: Sequence[str], thresholds: Thresholds
) -> PenaltyReward:
    total = moments.total
    # A band nobody is in (or everybody) has no effect to estimate; the other band of the driver still has.
    varying = [name for name, deviation in zip(moments.variables, total.deviations, strict=True) if deviation > 0]
    if outcome not in varying:
        same = message("Everybody gave the same answer to {items}; nothing can be learned from it.", items=titles(schema, [outcome]))
        return replace(empty, reason=same)
    dummies = [name for name in moments.variables[1:] if name in varying]
    if not dummies:
        return replace(
            empty,
            reason=message(
                "No driver has answers both inside and outside its lowest or highest grades, so penalty and reward have no base."
            ),
        )
    chosen = moments.select([outcome, *dummies])
    try:
        effects = jackknife(chosen, _slopes, batched=True)
    except NotEstimableError:
        return replace(empty, reason=message("The lowest and highest grades of several drivers always go together; choose fewer drivers."))
    estimates = dict(zip(dummies, effects.estimates(dummies, moments, thresholds), strict=True))
    # Penalties count as losses, so that penalty and reward are on one footing.
    both = [driver for driver in drivers if f"{driver}_lowest" in dummies and f"{driver}_highest" in dummies]
    places = [(dummies.index(f"{driver}_lowest"), dummies.index(f"{driver}_highest")) for driver in both]
    differences = effects.of(lambda row: np.array([-row[low] - row[high] for low, high in places])) if both else None
    decided: dict[str, tuple[float, bool]] = {}
    if differences is not None and differences.replicates is not None:
        verdicts = adjusted_p(differences.p_values(), "holm") < thresholds.alpha
        decided = {driver: (float(value), bool(yes)) for driver, value, yes in zip(both, differences.value, verdicts, strict=True)}
    counts = _band_counts(total.products, moments.variables, moments)
    contrasts = tuple(_one(driver, estimates, decided, counts, moments, thresholds) for driver in drivers)
    return replace(empty, contrasts=contrasts, notes=(effects.reason,) if effects.reason else ())


def _band_counts(products: Array, names: Sequence[str], moments: GroupMoments) -> dict[str, int]:
    """Respondents in each band, on the weighted share of the base."""
    shares = np.diag(products) / float(moments.total.weight)
    return {name: round(float(share) * moments.n) for name, share in zip(names, shares, strict=True)}


def _one(
    driver: str,
    estimates: Mapping[str, Estimate],
    decided: Mapping[str, tuple[float, bool]],
    counts: Mapping[str, int],
    moments: GroupMoments,
    thresholds: Thresholds,
) -> Contrast:
    nobody = message("Nobody, or everybody, is in this band of grades.")
    penalty, reward = (
        estimates[name]._replace(code=driver)
        if name in estimates
        else Estimate(moments.keys, driver, None, n=moments.n, n_eff=moments.n_eff, reason=nobody)
        for name in (f"{driver}_lowest", f"{driver}_highest")
    )
    lowest, highest = counts[f"{driver}_lowest"], counts[f"{driver}_highest"]
    if driver not in decided:
        return Contrast(driver, penalty, reward, lowest, highest, "unclear", nobody)
    hurts = (penalty.value or 0) < 0 and (penalty.p if penalty.p is not None else 1) <= thresholds.alpha
    pleases = (reward.value or 0) > 0 and (reward.p if reward.p is not None else 1) <= thresholds.alpha
    difference, distinct = decided[driver]
    kind: Kind
    if hurts and pleases:
        kind = ("basic" if difference > 0 else "excitement") if distinct else "performance"
    elif hurts or pleases:
        kind = "basic" if hurts else "excitement"
    else:
        kind = "none"
    return Contrast(driver, penalty, reward, lowest, highest, kind)
