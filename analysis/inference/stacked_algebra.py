"""Small linear systems in stacks, where one singular matrix must not stop the others."""

from __future__ import annotations

import numpy as np

from analysis.sums.cross_moments import Array

#: Smallest eigenvalue of a correlation matrix below which it counts as singular.
SINGULAR = 1e-10


def solve_stack(matrices: Array, right: Array) -> Array:
    """Solve each system of a stack, shapes (…, k, k) and (…, k); NaN where the matrix is singular or has NaN.

    The matrices are symmetric and positive semi-definite; singularity is judged on the correlation scale.
    """
    if not matrices.shape[-1]:
        return np.zeros(right.shape)
    spread = np.sqrt(np.diagonal(matrices, axis1=-2, axis2=-1))
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = matrices / (spread[..., :, None] * spread[..., None, :])
    bad = ~np.isfinite(scaled).all(axis=(-2, -1))
    scaled = np.where(bad[..., None, None], np.eye(matrices.shape[-1]), scaled)
    bad = bad | (np.linalg.eigvalsh(scaled)[..., 0] < SINGULAR)
    scaled = np.where(bad[..., None, None], np.eye(matrices.shape[-1]), scaled)
    spread = np.where(bad[..., None], 1.0, spread)
    solved = np.linalg.solve(scaled, (right / spread)[..., None])[..., 0] / spread
    return np.asarray(np.where(bad[..., None], np.nan, solved))
