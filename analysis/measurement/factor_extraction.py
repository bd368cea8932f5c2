"""Unrotated factor loadings of a correlation matrix: principal components, minres (least squares) or maximum likelihood.

Minres and ML minimise over the unique variances with exact gradients (Harman and Jones 1966; Jöreskog 1967). Starting
from a known solution a replicate takes a few rounds, which is what makes intervals for loadings affordable.
Checked against R ``psych::fa(fm = "minres" | "ml", rotate = "none")`` and ``factor_analyzer.FactorAnalyzer``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.optimize import minimize

from analysis.inference.replicates import NotEstimableError
from analysis.sums.cross_moments import Array
from words.language import message

Extraction = Literal["principal", "minres", "ml"]
LOWEST_UNIQUE = 0.005


def extract_factors(correlation: Array, count: int, method: Extraction, start: Array | None = None) -> tuple[Array, Array]:
    """Loadings (p, count) and unique variances (p); ``start`` are unique variances to begin from."""
    if method == "principal":
        values, vectors = np.linalg.eigh(correlation)
        loadings = vectors[:, ::-1][:, :count] * np.sqrt(np.clip(values[::-1][:count], 0, None))
        return loadings, 1 - (loadings**2).sum(axis=1)
    begin = start if start is not None else np.clip(1 / np.diag(np.linalg.inv(correlation)), LOWEST_UNIQUE, 1)
    objective = _least_squares if method == "minres" else _likelihood
    found = minimize(
        objective,
        begin,
        args=(correlation, count),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST_UNIQUE, 1.0)] * len(correlation),
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9},
    )
    if not np.isfinite(found.fun) or found.nit >= 2000:
        raise NotEstimableError(message("The factors did not settle; ask for fewer factors or another method."))
    unique = np.asarray(found.x)
    scale = np.ones_like(unique) if method == "minres" else np.sqrt(unique)
    matrix = correlation - np.diag(unique) if method == "minres" else correlation / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(matrix)
    leading = values[::-1][:count] - (0.0 if method == "minres" else 1.0)
    loadings = vectors[:, ::-1][:, :count] * np.sqrt(np.clip(leading, 0, None)) * scale[:, None]
    return loadings, unique


def _least_squares(unique: Array, correlation: Array, count: int) -> tuple[float, Array]:
    values, vectors = np.linalg.eigh(correlation - np.diag(unique))
    rest, directions = values[:-count], vectors[:, :-count]
    return float((rest**2).sum() / 2), np.asarray(-(directions**2) @ rest)


def _likelihood(unique: Array, correlation: Array, count: int) -> tuple[float, Array]:
    scale = 1 / np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    rest = np.maximum(values[:-count], 1e-12)
    directions = vectors[:, :-count]
    return float((rest - np.log(rest) - 1).sum()), np.asarray((directions**2) @ (1 - rest) / unique)
