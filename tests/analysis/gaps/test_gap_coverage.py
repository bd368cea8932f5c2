"""Intervals of paired gaps cover in 92–98 % of weighted, clustered samples: a small seeded simulation.

All samples are waves of one frame, so one pass tallies them. ``MANYI_SIMULATION_ROUNDS`` makes it larger.
"""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from analysis.gaps.service_gap import estimate_service_gap
from tests.analysis.gaps.gap_cases import frame, paired_tallies, survey

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "150"))
POPULATION, CLUSTERS, DRAWN = 40_000, 2_000, 60


def _population() -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(11)
    cluster = np.sort(rng.integers(0, CLUSTERS, POPULATION))
    of_cluster = rng.normal(0, 0.5, CLUSTERS)
    base = 4.5 + rng.normal(0, 0.8, POPULATION)
    data = {f"p{i}": np.clip(np.rint(base + of_cluster[cluster] + rng.normal(-0.3, 0.7, POPULATION)), 1, 7) for i in range(1, 5)}
    data |= {f"e{i}": np.clip(np.rint(base + rng.normal(0, 0.7, POPULATION)), 1, 7) for i in range(1, 5)}
    size = np.exp(rng.normal(0, 0.3, CLUSTERS) - 0.3 * of_cluster)
    return pd.DataFrame(data).assign(cluster=[f"c{c}" for c in cluster]), size


def test_intervals_of_paired_gaps_cover() -> None:
    population, size = _population()
    numbers = population["cluster"].str[1:].astype(int).to_numpy()
    rows_of = [np.flatnonzero(numbers == c) for c in range(CLUSTERS)]
    rng = np.random.default_rng(12)
    samples = []
    for wave in range(ROUNDS):
        drawn = rng.choice(CLUSTERS, DRAWN, replace=True, p=size / size.sum())
        for place, c in enumerate(drawn):
            part = population.iloc[rows_of[c]]
            samples.append(part.assign(wave=f"w{wave:04d}", cluster=f"{place}", respondent_weight=1 / size[c]))
    data = pd.concat(samples, ignore_index=True).assign(branch="jia")
    found = estimate_service_gap(paired_tallies(frame(data, "cluster", "respondent_weight"), survey(), ["wave"]), by=["wave"])
    truth = {f"p{i}": ((population[f"p{i}"] - population[f"e{i}"]) / 6 * 100).mean() for i in range(1, 5)}
    truth["total"] = 0.5 * (0.4 * truth["p1"] + 0.6 * truth["p2"]) + 0.25 * (truth["p3"] + truth["p4"])
    inside = [(e.low or 0) <= truth[e.code] <= (e.high or 0) for e in found.result.estimates if e.code in truth]
    covered = np.mean(inside)
    print(f"paired gaps: {covered:.4f} of {len(inside)}")
    assert len(inside) == 5 * ROUNDS
    assert 0.92 <= covered <= 0.98
