"""Whether a set of questions measures one thing: Cronbach α, McDonald ω total, item analysis, KMO, Bartlett.

From weighted cross-moments, so survey weights count; missing data listwise. α and its item analysis: Cronbach (1951); ω
total of a one-factor model by least squares (McDonald 1999); KMO: Kaiser (1974); Bartlett's test of sphericity (1951) on
the effective base. Reversed questions are turned before. Checked against R ``psych``: ``alpha``, ``omega(nfactors = 1)``,
``KMO``, ``cortest.bartlett``. Intervals: delete-a-group jackknife.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analysis.inference.estimability import titles, why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import NotEstimableError, jackknife
from analysis.inference.stacked_algebra import SINGULAR
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance, base_facts
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.raked_groups import reraked_margins
from survey_schema.models import SurveySchema
from words.language import Message, message

#: Limits of α and composite reliability: below the first weak, up to the second for exploration only (Nunnally and Bernstein 1994), above
#: the third nearly the same question (Hair and others 2022).
EXPLORATORY_FROM, RELIABLE_FROM, REDUNDANT_FROM = 0.60, 0.70, 0.95


@dataclass(frozen=True)
class ItemAnalysis:
    """One question within its set. ``alpha_if_dropped`` is None for sets of two; ``item_rest`` is the corrected correlation."""

    code: str
    mean: Estimate
    item_rest: Estimate
    alpha_if_dropped: Estimate | None
    kmo: float | None


@dataclass(frozen=True)
class Reliability:
    """Reliability of a set of questions, or the ``reason`` why there is none.

    ``omega`` needs three questions or more. ``bartlett_chi2`` on ``bartlett_df`` tests that the questions are unrelated.
    """

    items: tuple[str, ...]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    alpha: Estimate | None = None
    alpha_standardised: Estimate | None = None
    omega: Estimate | None = None
    item_analysis: tuple[ItemAnalysis, ...] = ()
    kmo: float | None = None
    bartlett_chi2: float | None = None
    bartlett_df: int | None = None
    bartlett_p: float | None = None
    verdict: Message | None = None
    notes: tuple[Message, ...] = ()
    reason: Message | None = None


def alpha_of(covariance: Array) -> Array:
    """Cronbach's α of covariance matrices, shape (…, k, k); NaN where the sum of the questions does not vary."""
    count = covariance.shape[-1]
    own, total = np.trace(covariance, axis1=-2, axis2=-1), covariance.sum(axis=(-2, -1))
    varies = total > 1e-9 * own
    return np.where(varies, count / (count - 1) * (1 - own / np.where(varies, total, 1.0)), np.nan)


def one_factor_loadings(correlation: Array, *, rounds: int = 5000, tolerance: float = 1e-10) -> Array:
    """Loadings (…, k) of a single factor fitted by least squares (minres) through iterated principal axes; NaN if it fails."""
    flat = correlation.reshape(-1, *correlation.shape[-2:])
    ok = np.asarray(np.isfinite(flat).all(axis=(1, 2)))
    working = np.where(ok[:, None, None], flat, np.eye(flat.shape[-1]))
    diagonal = np.arange(flat.shape[-1])
    loadings = np.zeros(flat.shape[:2])
    shared = np.full(flat.shape[:2], 0.5)
    for _ in range(rounds):
        reduced = working.copy()
        reduced[:, diagonal, diagonal] = shared
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[..., -1] * np.sqrt(np.clip(values[:, -1:], 0, None))
        # A communality above one is a Heywood case; it is held at one, as minres programs do.
        updated = np.minimum(loadings**2, 1.0)
        moved = np.abs(updated - shared).max(axis=1)
        shared = updated
        if (moved < tolerance).all():
            break
    loadings = loadings * np.where(loadings.sum(axis=1, keepdims=True) < 0, -1, 1)
    loadings = np.where((ok & (moved < 1e-6))[:, None], loadings, np.nan)
    return loadings.reshape(correlation.shape[:-1])


def omega_of(correlation: Array) -> Array:
    """McDonald's ω total of correlation matrices: 1 − Σ unique variances / variance of the sum."""
    loadings = one_factor_loadings(correlation)
    return np.asarray(1 - (1 - loadings**2).sum(axis=-1) / correlation.sum(axis=(-2, -1)))


def kmo_of(correlation: Array) -> tuple[float, Array]:
    """Kaiser–Meyer–Olkin sampling adequacy, overall and per item, from an invertible correlation matrix."""
    inverse = np.linalg.inv(correlation)
    spread = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(spread, spread)
    off = ~np.eye(len(correlation), dtype=bool)
    plain, rest = (correlation**2 * off).sum(axis=0), (partial**2 * off).sum(axis=0)
    return float(plain.sum() / (plain.sum() + rest.sum())), np.asarray(plain / (plain + rest))


def bartlett_of(correlation: Array, n: float) -> tuple[float, int, float]:
    """Bartlett's test of sphericity: χ², degrees of freedom, p."""
    count = len(correlation)
    chi2 = -(n - 1 - (2 * count + 5) / 6) * float(np.linalg.slogdet(correlation)[1])
    df = count * (count - 1) // 2
    return chi2, df, float(stats.chi2.sf(chi2, df))


def estimate_reliability(
    moments: GroupMoments,
    schema: SurveySchema,
    items: Sequence[str],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Reliability:
    """Reliability of ``items`` from moments that hold them (scores 0–100, reversed questions turned)."""
    moments = moments.select(items)
    items = tuple(items)
    empty = Reliability(
        items,
        moments.n,
        moments.n_eff,
        moments.dropped,
        Provenance(
            message("Cronbach's alpha and McDonald's omega from weighted covariances; intervals by delete-a-group jackknife"),
            thresholds,
            reraked_margins=reraked_margins(moments.margins),
            facts=(Fact("items", items), LISTWISE, *base_facts(moments.n, moments.n_eff)),
        ),
    )
    if len(items) < 2:
        return replace(
            empty, reason=message("{items} stands alone; reliability needs at least two questions.", items=titles(schema, items))
        )
    return part_or_reason(empty, lambda: _estimated(empty, moments, schema, thresholds))


def _estimated(empty: Reliability, moments: GroupMoments, schema: SurveySchema, thresholds: Thresholds) -> Reliability:
    items = empty.items
    reason = why_not_analysable(moments, schema, minimum=len(items) + 2)
    if reason:
        return replace(empty, reason=reason)
    try:
        figures = jackknife(moments, _figures, batched=True)
    except NotEstimableError:
        return replace(empty, reason=message("Some questions cancel each other out exactly; check which of them are reversed."))
    count = len(items)
    estimates = figures.estimates([""] * figures.value.size, moments, thresholds)
    heads = [estimate._replace(code=name) for name, estimate in zip(("alpha", "alpha_standardised", "omega"), estimates, strict=False)]
    with_omega = count > 2
    rest = list(estimates[3 if with_omega else 2 :])
    correlation = moments.total.correlation
    separate = float(np.linalg.eigvalsh(correlation)[0]) > SINGULAR
    kmo, kmo_items = kmo_of(correlation) if separate else (None, None)
    chi2, df, p = bartlett_of(correlation, moments.n_eff) if separate else (None, None, None)
    table = tuple(
        ItemAnalysis(
            code,
            rest[i]._replace(code=code),
            rest[count + i]._replace(code=code),
            rest[2 * count + i]._replace(code=code) if with_omega else None,
            None if kmo_items is None else float(kmo_items[i]),
        )
        for i, code in enumerate(items)
    )
    collinear = why_collinear(moments, schema, items)
    return replace(
        empty,
        alpha=heads[0],
        alpha_standardised=heads[1],
        omega=heads[2] if with_omega else None,
        item_analysis=table,
        kmo=kmo,
        bartlett_chi2=chi2,
        bartlett_df=df,
        bartlett_p=p,
        verdict=_verdict(heads[0]),
        notes=tuple(note for note in (figures.reason, collinear) if note),
    )


def _figures(batch: CrossMoments) -> Array:
    covariance, correlation = batch.covariance, batch.correlation
    count = covariance.shape[-1]
    parts = [alpha_of(covariance)[:, None], alpha_of(correlation)[:, None]]
    if count > 2:
        parts.append(omega_of(correlation)[:, None])
    total = covariance.sum(axis=(-2, -1))[:, None]
    own = np.diagonal(covariance, axis1=-2, axis2=-1)
    with_all = covariance.sum(axis=-1)
    rest_variance = total - 2 * with_all + own
    # Rounding can leave a hair below zero where the other questions cancel out; their correlation counts as zero then.
    varies = rest_variance > 1e-9 * own
    with np.errstate(divide="ignore", invalid="ignore"):
        # Without some replicate group a question may not vary at all: no figure there, so no interval.
        item_rest = np.where(varies, (with_all - own) / np.sqrt(own * np.where(varies, rest_variance, 1.0)), np.where(own > 0, 0.0, np.nan))
    parts += [batch.means, item_rest]
    if count > 2:
        parts += [alpha_of(np.delete(np.delete(covariance, i, axis=-1), i, axis=-2))[:, None] for i in range(count)]
    return np.concatenate(parts, axis=1)


def _verdict(alpha: Estimate) -> Message:
    value = alpha.value or 0.0
    if value < 0:
        return message("Alpha is negative: some questions run against the others; check which ones are reversed.")
    if value < EXPLORATORY_FROM:
        return message("The questions hang together weakly; do not read their mean as one thing.")
    if value < RELIABLE_FROM:
        return message("The questions hang together acceptably for exploration only.")
    if value <= REDUNDANT_FROM:
        return message("The questions measure one thing reliably.")
    return message("The questions are nearly the same question; some could be dropped.")
