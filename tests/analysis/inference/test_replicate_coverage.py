"""Do 95 % jackknife intervals hold the truth 95 % of the time? Weighted, clustered samples from a known population.

The population is linear and normal, so its correlations, and with them the true LMG share, path coefficient and α, are
exact. Trait z is over-represented in the sample and weighted back; respondents of a cluster share a part of their answers.
``MANYI_COVERAGE_SAMPLES=1000`` runs the bigger version.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from analysis.drivers.relative_importance import importance_percent
from analysis.inference.replicates import jackknife
from analysis.measurement.path_model_solution import Layout, solve_path_model
from analysis.measurement.reliability import alpha_of
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from survey_schema.path_models import PathModel
from tests.stores.driver_cases import texts

pytestmark = pytest.mark.slow

SAMPLES = int(os.environ.get("MANYI_COVERAGE_SAMPLES", "160"))
ITEMS = tuple(f"{block}{i}" for block in "abc" for i in (1, 2, 3))
MODEL = PathModel.model_validate({
    "code": "m",
    "title": texts("m"),
    "satisfaction": "C",
    "constructs": [{"code": b.upper(), "title": texts(b), "items": [f"{b}{i}" for i in (1, 2, 3)]} for b in "abc"],
    "paths": [("A", "B"), ("A", "C"), ("B", "C")],
})  # fmt: skip
LAYOUT = Layout.of(MODEL)
TILT = 0.3


def mixing() -> Array:
    """Items as linear combinations of (z, cluster effect, three factor parts, nine own parts)."""
    first = np.array([0.4, 0.3, 0.87, 0, 0])
    second = 0.5 * first + np.array([0.1, 0.15, 0, 0.8, 0])
    third = 0.3 * first + 0.5 * second + np.array([0, 0.1, 0, 0, 0.65])
    rows = []
    for factor, loadings in zip((first, second, third), ((0.9, 0.8, 0.7), (0.8, 0.8, 0.6), (0.9, 0.7, 0.8)), strict=True):
        for loading in loadings:
            rows.append(np.concatenate([loading * factor, np.zeros(9)]))
    matrix = np.array(rows)
    matrix[np.arange(9), 5 + np.arange(9)] = 0.6
    return matrix


def figures(correlation: Array, covariance: Array) -> Array:
    """LMG shares of c1 on a1, a2, b1, b2, the paths A→C and B→C, α of b1–b3; shape (batch, 7)."""
    chosen = np.array([6, 0, 1, 3, 4])
    shares = importance_percent(correlation[:, chosen[:, None], chosen])
    solution = solve_path_model(correlation, LAYOUT)
    inside = np.arange(3, 6)
    alpha = alpha_of(covariance[:, inside[:, None], inside])
    return np.column_stack([shares, solution.paths[:, 0, 2], solution.paths[:, 1, 2], alpha])


def truth() -> Array:
    matrix = mixing()
    covariance = matrix @ matrix.T
    spread = np.sqrt(np.diag(covariance))
    return figures((covariance / np.outer(spread, spread))[None], covariance[None])[0]


def sample(generator: np.random.Generator, n: int, clusters: int) -> GroupMoments:
    cluster = np.arange(n) % clusters
    z = generator.normal(TILT, 1, n)
    shared = generator.normal(size=clusters)[cluster]
    sources = np.column_stack([z, shared, generator.normal(size=(n, 12))])
    items = 60 + 12 * sources @ mixing().T
    weight = np.exp(-TILT * z + TILT**2 / 2)
    group = cluster % min(clusters, 100)
    count = int(group.max()) + 1
    weighted = items * weight[:, None]
    order = [np.flatnonzero(group == g) for g in range(count)]
    parts = CrossMoments(
        ITEMS,
        np.array([float(len(rows)) for rows in order]),
        np.array([weight[rows].sum() for rows in order]),
        np.array([(weight[rows] ** 2).sum() for rows in order]),
        np.stack([weighted[rows].sum(axis=0) for rows in order]),
        np.stack([weighted[rows].T @ items[rows] for rows in order]),
    )
    return GroupMoments({}, parts, 0, dict.fromkeys(ITEMS, n))


@pytest.mark.parametrize(("n", "clusters", "lowest"), [(300, 75, 0.92), (1000, 100, 0.92), (5000, 250, 0.92)])
def test_intervals_cover(n: int, clusters: int, lowest: float) -> None:
    generator = np.random.default_rng(20_260_000 + n)
    true = truth()
    held = np.zeros(len(true))
    for _ in range(SAMPLES):
        estimate = jackknife(sample(generator, n, clusters), lambda batch: figures(batch.correlation, batch.covariance), batched=True)
        held += np.abs(estimate.value - true) <= estimate.margin()
    coverage = held / SAMPLES
    # Shares, paths and α each on their mean over the figures of the kind; chance alone moves it by two standard errors.
    kinds = {"lmg": coverage[:4].mean(), "paths": coverage[4:6].mean(), "alpha": coverage[6]}
    chance = 2 * np.sqrt(0.95 * 0.05 / SAMPLES) if SAMPLES < 500 else 0.0
    for kind, found in kinds.items():
        assert lowest - chance <= found <= 0.98 + chance, (kind, n, found)
