"""Groups of few sampling units: shares know their degrees of freedom, and where there are none nothing claims an interval."""

from __future__ import annotations

import os

import numpy as np
import pytest

from analysis.compare.compare_groups import gap_to_target
from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_rates import estimate_rates
from analysis.inference.wilson_interval import wilson_interval
from analysis.sums.tallies import sums
from survey_schema.loading import parse_schema
from tests.stores.made_survey import SURVEY, frame_of

SCHEMA = parse_schema(SURVEY + "comparison:\n  targets: {index: 60}\n", "small.yaml")
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "12"))
ITEMS = ("q1", "q2", "q3", "q4")


def _columns(units: int, seed: int, each: int = 40) -> dict[str, object]:
    """Answers of ``units`` clusters whose satisfaction rates differ around one half."""
    rng = np.random.default_rng(seed)
    satisfied = rng.random(units * each) < np.repeat(rng.beta(8, 8, units), each)
    answers = {code: np.where(satisfied, 9.0, 4.0) for code in ITEMS}
    return {"branch": ["a"] * (units * each), "cluster": np.repeat([f"c{unit}" for unit in range(units)], each), **answers}


@pytest.mark.parametrize("units", [3, 5, 10])
def test_intervals_of_rates_cover_with_few_clusters(units: int) -> None:
    rounds, covered = 10 * ROUNDS, 0
    for seed in range(rounds):
        found = estimate_rates(sums(frame_of(_columns(units, seed), SCHEMA), SCHEMA, ("branch",)), SCHEMA, codes=["q1"]).find("q1")
        assert found.df == units - 1
        covered += found.low <= 0.5 <= found.high
    assert covered / rounds >= 0.95 - 3 * (0.95 * 0.05 / rounds) ** 0.5 - 0.01


def test_a_share_of_one_sample_of_respondents_is_wilson_s() -> None:
    """n − 1 degrees of freedom change nothing; Wilson (1927) for 20 of 50 gives 0.2761 … 0.5382."""
    share, n = 0.4, 50
    low, high = wilson_interval(share, (share * (1 - share) / n) ** 0.5, n, n, n - 1, 0.95)
    assert (low, high) == pytest.approx((0.2761, 0.5382), abs=5e-5)
    assert wilson_interval(share, 0.07, n, n, 2, 0.95)[0] < low


def test_rates_and_distribution_agree_on_the_interval() -> None:
    columns = _columns(5, 3)
    frame, tallies = frame_of(columns, SCHEMA), sums(frame_of(columns, SCHEMA), SCHEMA, ("branch",))
    rate = estimate_rates(tallies, SCHEMA, by=["branch"], codes=["q1"]).find("q1", branch="a")
    share = estimate_distribution(frame, tallies, SCHEMA, by=["branch"], codes=["q1"]).find("q1", branch="a", grade="9")
    assert (share.value, share.se, share.low, share.high) == pytest.approx((rate.value, rate.se, rate.low, rate.high))


def test_one_cluster_alone_has_figures_and_no_interval() -> None:
    columns = _columns(1, 4)
    frame, tallies = frame_of(columns, SCHEMA), sums(frame_of(columns, SCHEMA), SCHEMA, ("branch",))
    rate = estimate_rates(tallies, SCHEMA, by=["branch"], codes=["q1"]).find("q1", branch="a")
    shares = estimate_distribution(frame, tallies, SCHEMA, by=["branch"], codes=["q1"]).estimates
    gap = gap_to_target(tallies, SCHEMA, by=["branch"]).find("index", branch="a")
    for entry in (rate, *shares, gap):
        assert entry.value is not None
        assert (entry.se, entry.low, entry.high, entry.p) == (None,) * 4
    mean = (np.asarray(columns["q1"]) - 1).mean() / 9 * 100
    assert gap.value == pytest.approx(mean - 60)


def test_targets_can_be_narrowed_to_indicators() -> None:
    tallies = sums(frame_of(_columns(5, 1), SCHEMA), SCHEMA, ("branch",))
    assert [entry.code for entry in gap_to_target(tallies, SCHEMA, codes=["index", "q1"]).estimates] == ["index"]
    assert not gap_to_target(tallies, SCHEMA, codes=["q1"]).estimates
