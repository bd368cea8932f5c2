"""Exploratory factors of a set of questions: rotated loadings with intervals, variance explained, dimension indices.

Extraction from the weighted correlations (``factor_extraction``), rotation by ``factor_rotation``: varimax, promax (Kaiser
normalised, power 4), oblimin. Convention: factors in order of variance explained, each pointing so that its
loadings sum to a positive number. A **dimension index** is the mean of the questions that load highest on a factor,
scored 0–100 and weighted by loading over standard deviation, so it stays on 0–100. Missing data: listwise.
Checked against R ``psych::fa`` and ``psych::principal``. Intervals: delete-a-group jackknife, each
replicate matched to the whole solution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analysis.inference.estimability import why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import NotEstimableError, jackknife
from analysis.measurement.factor_extraction import LOWEST_UNIQUE, Extraction, extract_factors
from analysis.measurement.factor_number import FactorNumber, suggest_factor_number
from analysis.measurement.factor_rotation import Rotation, rotate_factors
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance, base_facts
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.raked_groups import reraked_margins
from survey_schema.models import SurveySchema
from words.language import Message, message


@dataclass(frozen=True)
class FactorSolution:
    """Plain numbers of one solution: pattern loadings (p, m), factor correlations (m, m), unique variances (p)."""

    loadings: Array
    correlations: Array
    unique: Array

    @property
    def variance_share(self) -> Array:
        """Share of the total variance explained by each factor."""
        return np.asarray(np.diag(self.correlations @ self.loadings.T @ self.loadings) / len(self.loadings))

    def score_weights(self, correlation: Array) -> Array:
        """Thurstone's regression weights (p, m) for standardised questions."""
        return np.asarray(np.linalg.solve(correlation, self.loadings @ self.correlations))


@dataclass(frozen=True)
class Factors:
    """A factor solution, or the ``reason`` why there is none.

    Loadings are estimates by item with the key ``factor`` (F1, F2, …); ``variance_percent``, ``indices`` by factor.
    ``members`` names the questions of each dimension index; ``score_weights`` are for standardised questions.
    """

    items: tuple[str, ...]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    factors: tuple[str, ...] = ()
    loadings: tuple[Estimate, ...] = ()
    communalities: Mapping[str, float] = field(default_factory=dict)
    variance_percent: tuple[Estimate, ...] = ()
    correlations: Array = field(default_factory=lambda: np.empty((0, 0)))
    score_weights: Array = field(default_factory=lambda: np.empty((0, 0)))
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indices: tuple[Estimate, ...] = ()
    number: FactorNumber | None = None
    notes: tuple[Message, ...] = ()
    reason: Message | None = None


def estimate_factors(
    moments: GroupMoments,
    schema: SurveySchema,
    items: Sequence[str],
    *,
    count: int | None = None,
    extraction: Extraction = "minres",
    rotation: Rotation = "varimax",
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Factors:
    """Factors of ``items``; ``count`` is what parallel analysis suggests (at least one) unless given."""
    moments = moments.select(items)
    items = tuple(items)
    facts = (
        Fact("items", items),
        Fact("extraction", extraction, message("Extraction")),
        Fact("rotation", rotation, message("Rotation")),
        LISTWISE,
        *base_facts(moments.n, moments.n_eff),
    )
    empty = Factors(
        items,
        moments.n,
        moments.n_eff,
        moments.dropped,
        Provenance(
            message("Exploratory factor analysis of the weighted correlations; intervals by delete-a-group jackknife"),
            thresholds,
            reraked_margins=reraked_margins(moments.margins),
            facts=facts,
        ),
    )
    return part_or_reason(empty, lambda: _estimated(empty, moments, schema, count, extraction, rotation, thresholds))


def _estimated(
    empty: Factors,
    moments: GroupMoments,
    schema: SurveySchema,
    count: int | None,
    extraction: Extraction,
    rotation: Rotation,
    thresholds: Thresholds,
) -> Factors:
    items = empty.items
    reason = why_not_analysable(moments, schema, minimum=len(items) + 2) or why_collinear(moments, schema, items)
    if reason:
        return replace(empty, reason=reason)
    number = suggest_factor_number(moments.total.correlation, moments.n_eff)
    wanted = count or max(number.by_parallel_analysis, 1)
    if _too_many(len(items), wanted, extraction):
        reason = message("{count} factors are too many for {items} questions.", count=wanted, items=len(items))
        return replace(empty, number=number, reason=reason)
    how = empty.provenance.plus(Fact("count", wanted, message("Number of factors")))
    return _solve(replace(empty, provenance=how, number=number), moments, wanted, extraction, rotation, thresholds)


def _too_many(items: int, factors: int, extraction: Extraction) -> bool:
    if extraction == "principal":
        return factors > items
    # Degrees of freedom of the factor model.
    return factors >= items or (items - factors) ** 2 < items + factors


def _solve(
    empty: Factors, moments: GroupMoments, count: int, extraction: Extraction, rotation: Rotation, thresholds: Thresholds
) -> Factors:
    items, total = empty.items, moments.total
    whole = rotated_solution(total.correlation, count, extraction, rotation)
    home = np.argmax(np.abs(whole.loadings), axis=1)
    # On matrices this small, threads of the algebra library only wait for each other: twenty times slower on a busy machine.
    with threadpool_limits(limits=1):
        figures = jackknife(moments, lambda part: _figures(part, whole, home, extraction, rotation))
    names = tuple(f"F{k + 1}" for k in range(count))
    size = len(items) * count
    loadings = figures.of(lambda row: row[:size]).estimates([item for item in items for _ in names], moments, thresholds)
    loadings = tuple(e._replace(keys={**moments.keys, "factor": names[i % count]}) for i, e in enumerate(loadings))
    filled = [k for k in range(count) if (home == k).any()]
    return replace(
        empty,
        factors=names,
        loadings=loadings,
        communalities=dict(zip(items, (1 - whole.unique).tolist(), strict=True)),
        variance_percent=figures.of(lambda row: row[size : size + count]).estimates(names, moments, thresholds),
        correlations=whole.correlations,
        score_weights=whole.score_weights(total.correlation),
        members={names[k]: tuple(item for item, place in zip(items, home, strict=True) if place == k) for k in filled},
        indices=figures.of(lambda row: row[size + count :]).estimates([names[k] for k in filled], moments, thresholds),
        notes=(figures.reason,) if figures.reason else (),
    )


def rotated_solution(
    correlation: Array, count: int, extraction: Extraction, rotation: Rotation, near: FactorSolution | None = None
) -> FactorSolution:
    """Extract, rotate, order by variance explained and point upwards; ``near`` is a similar solution to start from."""
    loadings, unique = extract_factors(correlation, count, extraction, None if near is None else np.clip(near.unique, LOWEST_UNIQUE, 1))
    loadings, between = rotate_factors(loadings, rotation, None if near is None else near.loadings)
    solution = FactorSolution(loadings, between, unique)
    return _rearranged(solution, np.argsort(-solution.variance_share, kind="stable"), np.where(loadings.sum(axis=0) < 0, -1.0, 1.0))


def _rearranged(solution: FactorSolution, order: npt.NDArray[np.intp], signs: Array) -> FactorSolution:
    at = order
    turn = signs[at]
    return FactorSolution(solution.loadings[:, at] * turn, solution.correlations[at][:, at] * np.outer(turn, turn), solution.unique)


def _figures(part: CrossMoments, whole: FactorSolution, home: Array, extraction: Extraction, rotation: Rotation) -> Array:
    correlation = part.correlation
    if not np.isfinite(correlation).all():
        raise NotEstimableError(message("a question does not vary."))
    count = whole.loadings.shape[1]
    solution = rotated_solution(correlation, count, extraction, rotation, whole)
    likeness = whole.loadings.T @ solution.loadings
    likeness = likeness / np.sqrt((whole.loadings**2).sum(axis=0)[:, None] * (solution.loadings**2).sum(axis=0)[None])
    _, order = linear_sum_assignment(-np.abs(likeness))
    signs = np.ones(count)
    signs[order] = np.where(likeness[np.arange(count), order] < 0, -1.0, 1.0)
    solution = _rearranged(solution, order, signs)
    indices = []
    for k in range(count):
        inside = np.flatnonzero(home == k)
        if inside.size:
            weights = np.abs(solution.loadings[inside, k]) / part.deviations[inside]
            indices.append(float(weights @ part.means[inside] / weights.sum()))
    return np.concatenate([solution.loadings.ravel(), 100 * solution.variance_share, indices])
