"""Rotations of factor loadings: varimax and promax by ``factor_analyzer``, oblimin (γ = 0) by gradient projection.

Oblimin is Jennrich's (2002) algorithm as in R ``GPArotation``; it is written out here because it can start from a known
rotation, so a replicate takes milliseconds and lands at the same optimum as the whole. Checked against R ``psych::fa``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from factor_analyzer import Rotator

from analysis.sums.cross_moments import Array

Rotation = Literal["none", "varimax", "promax", "oblimin"]
ROUNDS = 500


def rotate_factors(loadings: Array, rotation: Rotation, target: Array | None = None) -> tuple[Array, Array]:
    """Pattern loadings and factor correlations. With ``target``, loadings of a similar solution, the optimum next to it."""
    count = loadings.shape[1]
    if rotation == "none" or count == 1:
        return loadings, np.eye(count)
    if target is not None:
        left, _, right = np.linalg.svd(loadings.T @ target)
        loadings = loadings @ left @ right
    if rotation == "oblimin":
        return _oblimin(loadings, target)
    rotator = Rotator(method=rotation, normalize=True, max_iter=ROUNDS, tol=1e-9)
    rotated = np.asarray(rotator.fit_transform(loadings))
    return rotated, np.eye(count) if rotator.phi_ is None else np.asarray(rotator.phi_)


def _oblimin(loadings: Array, target: Array | None) -> tuple[Array, Array]:
    """Minimise Σ λ²_ij λ²_ik over oblique rotations L = A (T')⁻¹ with columns of T of length one."""
    turn = np.eye(loadings.shape[1])
    if target is not None:
        # The oblique rotation that brings these loadings closest to the target is near its optimum.
        turn = np.linalg.inv(np.linalg.lstsq(loadings, target, rcond=None)[0]).T
        turn = turn / np.sqrt((turn**2).sum(axis=0))
    rotated = loadings @ np.linalg.inv(turn).T
    value, slope = _oblimin_criterion(rotated, turn)
    step = 1.0
    for _ in range(ROUNDS):
        direction = slope - turn * (turn * slope).sum(axis=0)
        size = float(np.sqrt((direction**2).sum()))
        if size < 1e-6:
            break
        step *= 2
        for _ in range(12):
            moved = turn - step * direction
            moved = moved / np.sqrt((moved**2).sum(axis=0))
            rotated_there = loadings @ np.linalg.inv(moved).T
            value_there, slope_there = _oblimin_criterion(rotated_there, moved)
            if value_there < value - 0.5 * size**2 * step:
                break
            step /= 2
        gained = value - value_there
        turn, rotated, value, slope = moved, rotated_there, value_there, slope_there
        if abs(gained) < 1e-13:
            break
    return rotated, turn.T @ turn


def _oblimin_criterion(rotated: Array, turn: Array) -> tuple[float, Array]:
    squares = rotated**2
    others = squares.sum(axis=1, keepdims=True) - squares
    gradient = rotated * others
    return float((squares * others).sum() / 4), np.asarray(-(rotated.T @ gradient @ np.linalg.inv(turn)).T)
