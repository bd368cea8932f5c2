"""PLS path modelling (Lohmöller 1989) on stacks of correlation matrices: outer weights, loadings, paths, R², effects.

Path weighting scheme, mode A (items regressed on the score) or B (score regressed on the items) per construct,
standardised. The whole algorithm needs only the correlations of the items, so survey weights count and a replicate
is one more matrix in the stack. Checked against the program and data named in ``tests/reference``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.inference.stacked_algebra import solve_stack
from analysis.sums.cross_moments import Array
from survey_schema.path_models import PathModel

TOLERANCE = 1e-10
ROUNDS = 1000


@dataclass(frozen=True)
class Layout:
    """A path model as positions: items of each construct in the correlation matrix, predecessors and successors."""

    constructs: tuple[str, ...]
    items: tuple[str, ...]
    blocks: tuple[npt.NDArray[np.intp], ...]
    modes: tuple[str, ...]
    before: tuple[npt.NDArray[np.intp], ...]
    after: tuple[npt.NDArray[np.intp], ...]
    arrows: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, model: PathModel) -> Layout:
        """The layout of a schema's path model."""
        constructs = tuple(construct.code for construct in model.constructs)
        items = tuple(dict.fromkeys(item for construct in model.constructs for item in construct.items))
        place = {code: position for position, code in enumerate(constructs)}
        return cls(
            constructs,
            items,
            tuple(np.array([items.index(item) for item in construct.items]) for construct in model.constructs),
            tuple(construct.mode for construct in model.constructs),
            tuple(np.array([place[start] for start, end in model.paths if end == code], dtype=np.intp) for code in constructs),
            tuple(np.array([place[end] for start, end in model.paths if start == code], dtype=np.intp) for code in constructs),
            tuple((place[start], place[end]) for start, end in model.paths),
        )


@dataclass(frozen=True)
class Solution:
    """Stacked results; K constructs, p items. NaN where a matrix had no solution.

    ``weights`` (…, p, K) outer weights giving scores of variance one, ``loadings`` (…, p, K), ``scores`` (…, K, K) score
    correlations, ``paths`` (…, K, K) with [from, to], ``r_squared`` (…, K), ``total`` (…, K, K) total effects [from, to];
    ``singular`` where something moved together exactly, so that weights could not be told apart.
    """

    weights: Array
    loadings: Array
    scores: Array
    paths: Array
    r_squared: Array
    total: Array
    converged: npt.NDArray[np.bool_]
    singular: npt.NDArray[np.bool_]
    rounds: int


def solve_path_model(correlations: Array, layout: Layout) -> Solution:
    """Iterate the outer weights of every matrix of the stack (shape (batch, p, p)) until none moves by 1e-10."""
    usable = np.asarray(np.isfinite(correlations).all(axis=(1, 2)))
    matrices = np.where(usable[:, None, None], correlations, np.eye(correlations.shape[-1]))
    weights = np.zeros((len(matrices), len(layout.items), len(layout.constructs)))
    for k, block in enumerate(layout.blocks):
        weights[:, block, k] = 1.0
    weights = _unit_variance(weights, matrices)
    converged = np.zeros(len(matrices), dtype=bool)
    rounds = 0
    while rounds < ROUNDS and not converged.all():
        rounds += 1
        updated = _unit_variance(_outer_step(weights, matrices, layout), matrices)
        moved = np.abs(updated - weights).max(axis=(1, 2))
        # NaN (a singular block) never converges; it is dropped from the waiting, not waited for.
        converged = (moved < TOLERANCE) | ~np.isfinite(moved)
        weights = updated
    singular = np.asarray(~np.isfinite(weights).all(axis=(1, 2)))
    converged = converged & usable & ~singular
    return _finish(_point_upwards(weights, matrices, layout), matrices, layout, converged, singular, rounds)


def _unit_variance(weights: Array, matrices: Array) -> Array:
    variances = (weights * (matrices @ weights)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(weights / np.sqrt(variances)[:, None, :])


def _outer_step(weights: Array, matrices: Array, layout: Layout) -> Array:
    scores = np.swapaxes(weights, 1, 2) @ matrices @ weights
    inner = np.zeros_like(scores)
    for k in range(len(layout.constructs)):
        before, after = layout.before[k], layout.after[k]
        if before.size:
            inner[:, before, k] = solve_stack(scores[:, before[:, None], before], scores[:, before, k])
        inner[:, after, k] = scores[:, after, k]
    # Correlation of every item with every inner estimate, up to the scale of the latter, which is taken out next.
    covariances = matrices @ weights @ inner
    updated = np.zeros_like(weights)
    for k, block in enumerate(layout.blocks):
        if layout.modes[k] == "A":
            updated[:, block, k] = covariances[:, block, k]
        else:
            updated[:, block, k] = solve_stack(matrices[:, block[:, None], block], covariances[:, block, k])
    return updated


def _point_upwards(weights: Array, matrices: Array, layout: Layout) -> Array:
    loadings = matrices @ weights
    signs = np.stack([np.where(loadings[:, block, k].sum(axis=1) < 0, -1.0, 1.0) for k, block in enumerate(layout.blocks)], axis=-1)
    return np.asarray(weights * signs[:, None, :])


def _finish(
    weights: Array,
    matrices: Array,
    layout: Layout,
    converged: npt.NDArray[np.bool_],
    singular: npt.NDArray[np.bool_],
    rounds: int,
) -> Solution:
    count = len(layout.constructs)
    mask = np.zeros(weights.shape[1:])
    for k, block in enumerate(layout.blocks):
        mask[block, k] = 1.0
    scores = np.swapaxes(weights, 1, 2) @ matrices @ weights
    paths = np.zeros_like(scores)
    r_squared = np.zeros(scores.shape[:2])
    for k in range(count):
        before = layout.before[k]
        if before.size:
            paths[:, before, k] = solve_stack(scores[:, before[:, None], before], scores[:, before, k])
            r_squared[:, k] = (paths[:, before, k] * scores[:, before, k]).sum(axis=1)
    identity = np.eye(count)
    # The graph has no cycle, so I − B is unit triangular after sorting and always invertible.
    total = np.linalg.inv(identity - np.nan_to_num(paths)) - identity
    lost = ~converged

    def kept(values: Array) -> Array:
        return np.where(lost.reshape(-1, *(1,) * (values.ndim - 1)), np.nan, values)

    return Solution(
        weights=kept(weights),
        loadings=kept(matrices @ weights * mask),
        scores=kept(scores),
        paths=kept(paths),
        r_squared=kept(r_squared),
        total=kept(total),
        converged=converged,
        singular=singular,
        rounds=rounds,
    )
