"""Intervals cover and leagues raise no false alarms: a small seeded version of the simulation; more rounds by ROUNDS."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

from analysis.compare_groups import compare_pair, league
from analysis.estimate_index import estimate_index
from analysis.estimate_rates import estimate_rates
from analysis.sums import Tallies, sums
from tests.analysis.made_survey import frame_of, small_survey

SCHEMA = small_survey()
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "50"))
POPULATION = 40_000


def _population(seed: int, *, clusters: bool) -> dict[str, np.ndarray]:
    """A finite population with two branches of one distribution, weights related to the answers, and 400 clusters."""
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 400, POPULATION)
    shared = rng.normal(0, 0.6 if clusters else 0.0, 400)[cluster] + rng.normal(0, 1.2, POPULATION)
    items = {f"q{i}": np.clip(np.rint(7.3 + shared + rng.normal(0, 1.5, POPULATION)), 1, 10) for i in range(1, 5)}
    size = np.exp(rng.normal(0, 0.4, POPULATION) - 0.15 * shared)
    return {**items, "cluster": cluster, "size": size, "branch": rng.integers(0, 2, POPULATION)}


def _sample(population: dict[str, np.ndarray], n: int, rng: np.random.Generator, *, clusters: bool) -> dict[str, Any]:
    if clusters:
        drawn = rng.choice(400, n // 10, replace=True)
        rows = np.concatenate([rng.choice(np.flatnonzero(population["cluster"] == c), 10) for c in drawn])
        weight, cluster = np.ones(len(rows)), np.repeat([f"c{k}" for k in range(len(drawn))], 10)
        inclusion = np.bincount(population["cluster"], minlength=400)[population["cluster"][rows]]
        weight = inclusion / inclusion.mean()
    else:
        chance = population["size"] / population["size"].sum()
        rows = rng.choice(POPULATION, n, p=chance)
        weight, cluster = 1 / population["size"][rows], None
    columns: dict[str, Any] = {code: population[code][rows].astype(float) for code in ("q1", "q2", "q3", "q4")}
    columns["q4"][rng.random(len(rows)) < 0.2] = np.nan
    columns |= {"respondent_weight": weight, "branch": np.array(["甲", "乙"])[population["branch"][rows]]}
    return columns if cluster is None else {**columns, "cluster": cluster}


def _tallies(columns: dict[str, Any]) -> Tallies:
    return sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))


@pytest.mark.parametrize("n", [300, 1000])
@pytest.mark.parametrize("clusters", [False, True], ids=["weighted", "clustered"])
def test_intervals_cover_index_rate_and_difference(n: int, clusters: bool) -> None:
    population = _population(7, clusters=clusters)
    rng = np.random.default_rng(11 + n)
    points = {code: (population[code] - 1) / 9 * 100 for code in ("q1", "q2", "q3", "q4")}

    def index(rows: np.ndarray) -> float:
        mean = {code: values[rows].mean() for code, values in points.items()}
        return float(0.5 * (0.4 * mean["q1"] + 0.6 * mean["q2"]) + 0.25 * (mean["q3"] + mean["q4"]))

    everybody, first = np.ones(POPULATION, dtype=bool), population["branch"] == 0
    truth = {"index": index(everybody), "rate": (population["q1"] >= 8).mean(), "difference": index(first) - index(~first)}
    covered = dict.fromkeys(truth, 0)
    for _ in range(ROUNDS):
        tallies = _tallies(_sample(population, n, rng, clusters=clusters))
        found = {
            "index": estimate_index(tallies, SCHEMA, codes=["index"]).estimates[0],
            "rate": estimate_rates(tallies, SCHEMA, codes=["q1"]).estimates[0],
            "difference": compare_pair(tallies, SCHEMA, "甲", "乙", codes=["index"]).estimates[0],
        }
        for name, entry in found.items():
            assert entry.low is not None
            assert entry.high is not None
            covered[name] += entry.low <= truth[name] <= entry.high
    # 92-98 % widened by three standard errors of so many rounds
    slack = 3 * np.sqrt(0.05 * 0.95 / ROUNDS)
    for name, count in covered.items():
        assert 0.95 - 0.03 - slack <= count / ROUNDS <= min(0.95 + 0.03 + slack, 1), (name, count / ROUNDS)


def test_a_league_without_differences_raises_false_alarms_at_most_at_alpha() -> None:
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(ROUNDS):
        branch = rng.choice([f"b{k}" for k in range(8)], 800)
        answers = {code: np.clip(np.rint(rng.normal(7, 2, 800)), 1, 10) for code in ("q1", "q2", "q3", "q4")}
        result = league(_tallies({"branch": branch, **answers}), SCHEMA)
        alarms += any(e.verdict != "unclear" for e in result.estimates)
    assert alarms / ROUNDS <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / ROUNDS)
