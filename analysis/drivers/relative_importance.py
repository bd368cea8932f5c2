"""Relative importance of drivers: LMG (Shapley) shares of R² and Johnson's relative weights, with intervals.

LMG averages a driver's gain in R² over all orders of entry (Lindeman, Merenda and Gold 1980; Grömping 2006),
exact to 15 drivers; Johnson (2000) goes through the orthogonal variables nearest to the drivers and stands
alone above 15. Both add up to R². Input: cross-moments, the outcome first. Shares are percentages of R².
Checked against the values published for the ECSI mobile data and an independent enumeration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from analysis.inference.adjusted_tests import adjusted_p
from analysis.inference.estimability import why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import Jackknife, NotEstimableError, jackknife
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.raked_groups import reraked_margins
from survey_schema.models import SurveySchema
from words.language import Message, message

LMG_UP_TO = 15
#: Peak memory of one block of subset tables, in numbers.
_BLOCK = 8_000_000


@dataclass(frozen=True)
class RankInterval:
    """The ranks a driver may have: those its share is not significantly below or above (Holm over all pairs)."""

    code: str
    rank: int
    best: int
    worst: int


@dataclass(frozen=True)
class Importance:
    """Importance of each driver for the outcome, or the ``reason`` why there is none.

    ``lmg`` and ``johnson`` are percentages of R² (``lmg`` empty above 15 drivers), ranked; ``primary`` is the one to
    read. ``indistinct`` are the pairs of drivers whose primary shares cannot be told apart, ``opposed`` the drivers
    whose regression and correlation signs differ, ``signs`` the sign of each driver in the full regression.
    """

    outcome: str
    drivers: tuple[str, ...]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    lmg: tuple[Estimate, ...] = ()
    johnson: tuple[Estimate, ...] = ()
    r_squared: Estimate | None = None
    ranks: tuple[RankInterval, ...] = ()
    indistinct: tuple[tuple[str, str], ...] = ()
    signs: Mapping[str, int] | None = None
    opposed: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    reason: Message | None = None

    @property
    def primary(self) -> tuple[Estimate, ...]:
        """LMG where there is one, else Johnson."""
        return self.lmg or self.johnson


def subset_r_squared(correlation: Array) -> Array:
    """R² of the outcome (index 0) on every subset of drivers; shape (2,)*p + (batch,), axis j saying whether driver j is in.

    Each driver either leaves or is swept into the remaining matrix, so the whole table costs about 6·2^p
    operations per matrix.
    """
    p = correlation.shape[-1] - 1
    order = np.array([*range(1, p + 1), 0])
    # Subsets and matrices lie on the last axes, so that every operation runs over long stretches of memory.
    table = np.moveaxis(correlation[:, order[:, None], order], 0, -1)[:, :, None, :]
    for _ in range(p):
        rest, pivot = table[1:, 1:], table[0, 0]
        usable = pivot > 1e-12
        gain = table[1:, :1] * np.where(usable, table[:1, 1:] / np.where(usable, pivot, 1.0), 0.0)
        table = np.stack([rest, rest - gain], axis=3).reshape(*rest.shape[:2], -1, rest.shape[-1])
    return np.asarray((1 - table[0, 0]).reshape(*(2,) * p, -1))


@lru_cache(maxsize=32)
def _entry_weights(others: int) -> Array:
    """Share of all orders of entry in which exactly a given subset of the others comes first, by subset."""
    sizes = np.zeros((2,) * others)
    for axis in range(others):
        shape = [1] * others
        shape[axis] = 2
        sizes = sizes + np.array([0.0, 1.0]).reshape(shape)
    return np.asarray(np.array([1 / ((others + 1) * comb(others, size)) for size in range(others + 1)])[sizes.astype(int)])


def lmg_parts(correlation: Array) -> Array:
    """LMG contributions to R², shape (batch, p), from correlations of shape (batch, p+1, p+1), outcome first."""
    p = correlation.shape[-1] - 1
    block = max(1, _BLOCK // (2**p * 4))
    if len(correlation) > block:
        return np.concatenate([lmg_parts(correlation[start : start + block]) for start in range(0, len(correlation), block)])
    table = subset_r_squared(correlation)
    weights = _entry_weights(p - 1).ravel()
    parts = [weights @ (np.take(table, 1, axis=j) - np.take(table, 0, axis=j)).reshape(weights.size, -1) for j in range(p)]
    return np.stack(parts, axis=-1)


def johnson_parts(correlation: Array) -> Array:
    """Johnson's relative weights, shape (batch, p), from correlations of shape (batch, p+1, p+1), outcome first."""
    values, vectors = np.linalg.eigh(correlation[:, 1:, 1:])
    roots = np.sqrt(np.clip(values, 0, None))
    loadings = (vectors * roots[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    betas = np.linalg.solve(loadings, correlation[:, 1:, :1])[..., 0]
    return np.asarray((loadings**2 @ (betas**2)[..., None])[..., 0])


def importance_percent(correlation: Array) -> Array:
    """LMG (Johnson above 15 drivers) percentages of R², shape (batch, p); NaN where they cannot be computed."""
    bad, safe = _separable(correlation)
    parts = lmg_parts(safe) if correlation.shape[-1] - 1 <= LMG_UP_TO else johnson_parts(safe)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = 100 * parts / parts.sum(axis=1, keepdims=True)
    shares[bad] = np.nan
    return np.asarray(shares)


def _separable(correlation: Array) -> tuple[npt.NDArray[np.bool_], Array]:
    """Which matrices of a stack cannot be analysed, and the stack with harmless matrices in their place."""
    bad = ~np.isfinite(correlation).all(axis=(1, 2)) | (np.linalg.eigvalsh(np.nan_to_num(correlation[:, 1:, 1:]))[:, 0] < 1e-10)
    harmless = np.eye(correlation.shape[-1]) * 0.5 + 0.5
    return bad, np.where(bad[:, None, None], harmless, correlation)


def estimate_importance(
    moments: GroupMoments,
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Importance:
    """Importance of ``drivers`` for ``outcome`` from moments that hold them all."""
    moments = moments.select([outcome, *drivers])
    drivers = tuple(drivers)
    count = len(drivers)
    with_lmg = count <= LMG_UP_TO
    empty = Importance(
        outcome,
        drivers,
        moments.n,
        moments.n_eff,
        moments.dropped,
        Provenance(
            _METHOD_BOTH if with_lmg else _METHOD_JOHNSON,
            thresholds,
            "holm",
            reraked_margins=reraked_margins(moments.margins),
            facts=(Fact("outcome", outcome), Fact("drivers", drivers), LISTWISE),
        ),
    )
    return part_or_reason(empty, lambda: _estimated(empty, moments, schema, drivers, with_lmg, thresholds))


def _estimated(
    empty: Importance, moments: GroupMoments, schema: SurveySchema, drivers: tuple[str, ...], with_lmg: bool, thresholds: Thresholds
) -> Importance:
    count = len(drivers)
    reason = why_not_analysable(moments, schema, minimum=count + 2) or why_collinear(moments, schema, drivers)
    if reason:
        return replace(empty, reason=reason)
    shares = jackknife(moments, lambda batch: _shares(batch, with_lmg), batched=True)
    first = count if with_lmg else 0
    johnson = shares.select(slice(first, first + count))
    lmg = shares.select(slice(count)) if with_lmg else None
    r_squared = shares.select(slice(-1, None))
    primary = lmg or johnson
    ranks, indistinct = rank_intervals(drivers, primary, thresholds.alpha)
    correlation = moments.total.correlation
    betas = np.linalg.solve(correlation[1:, 1:], correlation[1:, 0])
    opposed = tuple(code for code, beta, r in zip(drivers, betas, correlation[1:, 0], strict=True) if beta * r < 0)
    return replace(
        empty,
        lmg=_ranked(lmg.estimates(drivers, moments, thresholds)) if lmg else (),
        johnson=_ranked(johnson.estimates(drivers, moments, thresholds)),
        r_squared=r_squared.estimates(["r_squared"], moments, thresholds)[0],
        ranks=ranks,
        indistinct=indistinct,
        signs={code: int(np.sign(beta)) for code, beta in zip(drivers, betas, strict=True)},
        opposed=opposed,
        notes=tuple(_notes(schema, opposed, shares)),
    )


_METHOD_BOTH = message("LMG (Shapley) shares of R² beside Johnson's relative weights; intervals by delete-a-group jackknife")
_METHOD_JOHNSON = message("Johnson's relative weights; intervals by delete-a-group jackknife")


def _shares(batch: CrossMoments, with_lmg: bool) -> Array:
    correlation = batch.correlation
    if not np.all(np.isfinite(correlation[0])):
        raise NotEstimableError(message("A driver does not vary."))
    # A replicate in which a driver stops varying must cost the interval, not the whole batch.
    bad, correlation = _separable(correlation)
    johnson = johnson_parts(correlation)
    r_squared = johnson.sum(axis=1, keepdims=True)
    parts = np.concatenate([lmg_parts(correlation), johnson], axis=1) if with_lmg else johnson
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.concatenate([100 * parts / r_squared, r_squared], axis=1)
    shares[bad] = np.nan
    if r_squared[0, 0] < 1e-12:
        raise NotEstimableError(message("The drivers explain nothing of the outcome, so there is nothing to share out."))
    return np.asarray(shares)


def rank_intervals(codes: Sequence[str], shares: Jackknife, alpha: float) -> tuple[tuple[RankInterval, ...], tuple[tuple[str, str], ...]]:
    """Which ranks are possible, and which pairs cannot be told apart, from all pairwise differences (Holm)."""
    pairs = list(combinations(range(len(codes)), 2))
    order = np.argsort(-shares.value, kind="stable")
    rank = {int(position): place + 1 for place, position in enumerate(order)}
    apart = np.zeros((len(codes), len(codes)), dtype=bool)
    if pairs and shares.replicates is not None:
        one, other = np.array(pairs).T
        differences = shares.of(lambda row: row[one] - row[other])
        decided = adjusted_p(differences.p_values(), "holm") < alpha
        for (i, j), is_apart in zip(pairs, decided, strict=True):
            apart[i, j] = apart[j, i] = bool(is_apart)
    above = shares.value[None, :] > shares.value[:, None]
    ranks = tuple(
        RankInterval(code, rank[i], 1 + int((apart[i] & above[i]).sum()), len(codes) - int((apart[i] & ~above[i]).sum()))
        for i, code in enumerate(codes)
    )
    return ranks, tuple((codes[i], codes[j]) for i, j in pairs if not apart[i, j])


def _ranked(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    order = sorted(range(len(estimates)), key=lambda i: -(estimates[i].value or 0.0))
    place = {position: rank + 1 for rank, position in enumerate(order)}
    return tuple(estimate._replace(rank=place[i]) for i, estimate in enumerate(estimates))


def _notes(schema: SurveySchema, opposed: Sequence[str], shares: Jackknife) -> list[Message]:
    notes = [
        message(
            "{driver} goes up with the outcome on its own but down beside the other drivers, or the other way round; "
            "do not read its coefficient as an effect.",
            driver=schema.item(code).title,
        )
        for code in opposed
    ]
    return [*notes, shares.reason] if shares.reason else notes
