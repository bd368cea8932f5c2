"""Intervals cover and leagues raise no false alarms: a small seeded version of the simulation; more rounds by MANYI_SIMULATION_ROUNDS.

All samples of a size are waves of one frame: waves are independent samples, so one engine pass tallies every one of them.
With ``MANYI_SIMULATION_ROUNDS=400 pytest -rP tests/analysis/inference/test_coverage_simulation.py`` the figures found are printed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import narwhals as nw
import numpy as np
import pytest

from analysis.compare.compare_groups import league
from analysis.drivers.regression import estimate_regression
from analysis.fuzzy.fuzzy_evaluation import OPERATORS, estimate_fuzzy
from analysis.fuzzy.fuzzy_memberships import fifth_cuts
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.inference.figures import contrast, estimate, figures_of
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate
from analysis.sums.cross_moments import cross_moments
from analysis.sums.domains import domains
from analysis.sums.tallies import Tallies, sums
from storage.replicate_groups import GROUPS
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.stores.made_survey import SURVEY, frame_of

pytestmark = pytest.mark.slow

SCHEMA = parse_schema(SURVEY.replace("items:", "  - {code: site, role: cluster, title: {zh_CN: 点, en: Site}}\nitems:", 1), "sites.yaml")
CODES = ("q1", "q2", "q3", "q4")
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "60"))
POPULATION, CLUSTERS, PER_CLUSTER = 40_000, 400, 10
BRANCHES = np.array(["甲", "乙"])
SIZES = (300, 1000, 5000)
#: A slope needs passes over the rows of its own sample, so a third of the samples have theirs estimated.
SLOPES = max(ROUNDS // 3, 1)
#: Samples of each size for the operators without a closed form, which take a pass of their own each.
CORNERED = {300: max(ROUNDS // 3, 1), 1000: max(ROUNDS // 3, 1), 5000: max(ROUNDS // 6, 1)}
Population = Mapping[str, np.ndarray]


@lru_cache
def _population(*, clusters: bool) -> Population:
    """A finite population with two branches of one distribution and 400 clusters, sorted by cluster.

    ``size`` is what a respondent, or in a clustered design a cluster, is drawn by; it goes with the answers, so weights matter.
    """
    rng = np.random.default_rng(7)
    cluster = np.sort(rng.integers(0, CLUSTERS, POPULATION))
    of_cluster = rng.normal(0, 0.6 if clusters else 0.0, CLUSTERS)
    shared = of_cluster[cluster] + rng.normal(0, 1.2, POPULATION)
    items = {code: np.clip(np.rint(7.3 + shared + rng.normal(0, 1.5, POPULATION)), 1, 10) for code in CODES}
    size = np.exp(rng.normal(0, 0.3, CLUSTERS) - 0.2 * of_cluster) if clusters else np.exp(rng.normal(0, 0.4, POPULATION) - 0.15 * shared)
    return {**items, "cluster": cluster, "size": size, "branch": rng.integers(0, 2, POPULATION)}


def _samples(population: Population, n: int, rng: np.random.Generator, *, clusters: bool, rounds: int = ROUNDS) -> dict[str, Any]:
    """Samples of n, each a wave: respondents by size, or clusters by size and ten of each; a fifth did not answer q4."""
    chance = population["size"] / population["size"].sum()
    wave = np.repeat([f"w{k:04d}" for k in range(rounds)], n)
    columns: dict[str, Any] = {"wave": wave}
    if clusters:
        members = np.bincount(population["cluster"], minlength=CLUSTERS)
        first = np.concatenate([[0], np.cumsum(members)[:-1]])
        drawn = np.repeat(rng.choice(CLUSTERS, rounds * n // PER_CLUSTER, p=chance), PER_CLUSTER)
        rows = first[drawn] + np.floor(rng.random(len(drawn)) * members[drawn]).astype(int)
        columns |= {"cluster": np.tile(np.repeat([f"c{k}" for k in range(n // PER_CLUSTER)], PER_CLUSTER), rounds)}
        columns |= {"respondent_weight": members[drawn] / chance[drawn]}
        unit = np.tile(np.repeat(np.arange(n // PER_CLUSTER), PER_CLUSTER), rounds)
    else:
        rows = rng.choice(POPULATION, rounds * n, p=chance)
        columns |= {"respondent_weight": 1 / chance[rows]}
        unit = np.tile(np.arange(n), rounds)
    columns["replicate_group"] = unit % GROUPS  # dealt out in turn, clusters whole, as the store does
    columns |= {code: population[code][rows] for code in CODES}
    columns["q4"] = np.where(rng.random(len(rows)) < 0.2, np.nan, columns["q4"])
    return columns | {"branch": BRANCHES[population["branch"][rows]]}


def _truth(population: Population) -> dict[str, float]:
    points = {code: (population[code] - 1) / 9 * 100 for code in CODES}

    def index(rows: np.ndarray, values: Mapping[str, np.ndarray]) -> float:
        mean = {code: values[code][rows].mean() for code in CODES}
        return float(0.5 * (0.4 * mean["q1"] + 0.6 * mean["q2"]) + 0.25 * (mean["q3"] + mean["q4"]))

    everybody, ours = np.ones(POPULATION, dtype=bool), population["branch"] == 0
    worth = np.array(SCHEMA.fuzzy.grade_values)[::-1]
    cuts = fifth_cuts(SCHEMA.scale_of("q1"))
    grades = {code: worth[np.searchsorted(cuts, population[code], side="right")] for code in CODES}
    drivers = np.column_stack([np.ones(POPULATION), points["q2"], points["q3"]])
    return {
        "index": index(everybody, points),
        "rate": float((population["q1"] >= 8).mean()),
        "difference": index(ours, points) - index(~ours, points),
        "fuzzy score": index(everybody, grades),
        "slope": float(np.linalg.lstsq(drivers, points["q1"])[0][1]),
    }


def _differences(tallies: Tallies) -> list[Estimate]:
    """The first branch minus the second in every wave, as ``compare_pair`` does for one."""
    over = domains(tallies, ["wave", "branch"])
    figures = {(figure.keys["wave"], figure.keys["branch"]): figure for figure in figures_of(over, SCHEMA, ["index"])}
    gaps = [contrast(figures[wave, "甲"], figures[wave, "乙"]) for wave in tallies.waves]
    return estimate(over, gaps, DEFAULT_THRESHOLDS)


def _slopes(frame: nw.LazyFrame[Any], waves: Sequence[str]) -> list[Estimate]:
    moments = {group.keys["wave"]: group for group in cross_moments(frame, SCHEMA, ["q1", "q2", "q3"], ["wave"])}
    found = []
    for wave in waves:
        sample = frame.filter(nw.col("wave") == wave)
        fitted = estimate_regression(sample, SCHEMA, "q1", ["q2", "q3"], moments=moments[wave])
        found.append(next(e for e in fitted.coefficients if e.code == "q2"))
    return found


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("clusters", [False, True], ids=["weighted", "clustered"])
def test_intervals_cover(n: int, clusters: bool) -> None:
    population = _population(clusters=clusters)
    frame = frame_of(_samples(population, n, np.random.default_rng(11 + n), clusters=clusters), SCHEMA)
    tallies = sums(frame, SCHEMA, ("wave", "branch"))
    estimates = {
        "index": list(estimate_index(tallies, SCHEMA, by=["wave"], codes=["index"]).estimates),
        "rate": [e for e in estimate_rates(tallies, SCHEMA, by=["wave"], codes=["q1"]).estimates if e.keys["share"] == "satisfied"],
        "difference": _differences(tallies),
        "fuzzy score": [node.score for node in estimate_fuzzy(frame, SCHEMA, by=["wave"], codes=["index"]).nodes],
        "slope": _slopes(frame, tallies.waves[:SLOPES]),
    }
    truth = _truth(population)
    for name, found in estimates.items():
        assert len(found) == (SLOPES if name == "slope" else ROUNDS)
        slack = 3 * np.sqrt(0.05 * 0.95 / len(found))  # 92-98 % widened by three standard errors of so many rounds
        ends = np.array([(e.low, e.high) for e in found], dtype=float)
        covered = np.mean((ends[:, 0] <= truth[name]) & (truth[name] <= ends[:, 1]))
        print(f"{'clustered' if clusters else 'weighted'} n = {n}, {name}: {covered:.3f}")
        assert 0.92 - slack <= covered <= min(0.98 + slack, 1), (name, covered)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("clusters", [False, True], ids=["weighted", "clustered"])
def test_intervals_cover_operators_without_closed_form(n: int, clusters: bool) -> None:
    population = _population(clusters=clusters)
    frame = frame_of(_samples(population, n, np.random.default_rng(37 + n), clusters=clusters, rounds=CORNERED[n]), SCHEMA)
    everybody = frame_of({code: population[code] for code in CODES}, SCHEMA)
    for operator in OPERATORS[1:]:
        truth = estimate_fuzzy(everybody, SCHEMA, operator=operator, codes=["index"]).nodes[0].score.value
        found = [node.score for node in estimate_fuzzy(frame, SCHEMA, operator=operator, by=["wave"], codes=["index"]).nodes]
        assert len(found) == CORNERED[n]
        ends = np.array([(e.low, e.high) for e in found], dtype=float)
        covered = np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1]))
        print(f"{'clustered' if clusters else 'weighted'} n = {n}, {operator}: {covered:.3f}")
        slack = 3 * np.sqrt(0.05 * 0.95 / CORNERED[n])
        assert 0.92 - slack <= covered, (operator, covered)


@pytest.mark.parametrize("n", SIZES)
def test_intervals_of_min_max_cover_where_indicators_are_alike(n: int) -> None:
    """On a corner: four indicators of equal weight that are judged alike."""
    raw = SCHEMA.model_dump(mode="json")
    raw["tree"]["children"] = [{"item": code} for code in CODES]
    alike = SurveySchema.model_validate(raw)
    population = _population(clusters=False)
    everybody = frame_of({code: population[code] for code in CODES}, alike)
    truth = estimate_fuzzy(everybody, alike, operator="min_max", codes=["index"]).nodes[0].score.value
    frame = frame_of(_samples(population, n, np.random.default_rng(31 + n), clusters=False, rounds=CORNERED[n]), alike)
    found = [node.score for node in estimate_fuzzy(frame, alike, operator="min_max", by=["wave"], codes=["index"]).nodes]
    ends = np.array([(e.low, e.high) for e in found], dtype=float)
    covered = np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1]))
    print(f"alike n = {n}, min_max: {covered:.3f}")
    assert 0.92 - 3 * np.sqrt(0.05 * 0.95 / CORNERED[n]) <= covered
    widths = np.array([(e.high - e.low) / (2 * e.se) for e in found])
    assert (widths >= 1.96).all(), "never narrower than by the jackknife alone"
    assert widths.mean() > 2.1, "wider on a corner"


def test_a_league_without_differences_raises_false_alarms_at_most_at_alpha() -> None:
    rng = np.random.default_rng(3)
    size = ROUNDS * 800
    columns: dict[str, Any] = {"wave": np.repeat([f"w{k:04d}" for k in range(ROUNDS)], 800)}
    columns |= {"branch": rng.choice([f"b{k}" for k in range(8)], size)}
    columns |= {code: np.clip(np.rint(rng.normal(7, 2, size)), 1, 10) for code in CODES}
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    tables = [league(tallies, SCHEMA, where={"wave": wave}) for wave in tallies.waves]
    alarms = {
        "against the rest": np.mean([any(e.verdict != "unclear" for e in table.estimates) for table in tables]),
        "letters": np.mean([len({letter for e in table.estimates for letter in e.letters or ""}) > 1 for table in tables]),
    }
    print(", ".join(f"{name}: {share:.3f}" for name, share in alarms.items()))
    for name, share in alarms.items():
        assert share <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / ROUNDS), name
