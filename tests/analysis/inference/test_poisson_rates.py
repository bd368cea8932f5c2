"""Exact Poisson intervals and the comparison of two rates against R ``poisson.test``; coverage."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.inference.poisson_rates import compare_rates, count_interval
from analysis.inference.wilson_interval import wilson_interval
from tests.places import REFERENCE

TABLE = pd.read_csv(REFERENCE / "rates" / "output.csv")


@pytest.mark.parametrize("row", [row for _, row in TABLE[TABLE["case"] == "rate"].iterrows()], ids=lambda row: f"{row['count']:g}")
def test_interval_of_one_rate(row: pd.Series) -> None:  # type: ignore[type-arg]
    low, high = count_interval(row["count"], row["confidence"])
    assert (low / row["base"], high / row["base"]) == pytest.approx((row["low"], row["high"]), rel=1e-9)


@pytest.mark.parametrize("row", [row for _, row in TABLE[TABLE["case"] == "ratio"].iterrows()], ids=lambda row: f"{row['count']:g}")
def test_comparison_of_two_rates(row: pd.Series) -> None:  # type: ignore[type-arg]
    found = compare_rates(int(row["count"]), row["base"], int(row["count2"]), row["base2"], row["confidence"])
    assert found.low == pytest.approx(row["low"], rel=1e-8, abs=1e-12)
    assert found.p == pytest.approx(row["p"], rel=1e-7)
    if math.isinf(row["value"]):
        assert (found.ratio, found.high) == (None, None)
    else:
        assert (found.ratio, found.high) == pytest.approx((row["value"], row["high"]), rel=1e-8)


@pytest.mark.parametrize("row", [row for _, row in TABLE[TABLE["case"] == "wilson"].iterrows()], ids=lambda row: f"{row['count']:g}")
def test_wilson_on_a_plain_base_is_that_of_prop_test(row: pd.Series) -> None:  # type: ignore[type-arg]
    base = int(row["base"])
    found = wilson_interval(row["count"] / base, None, base, base, base - 1, row["confidence"])
    assert found == pytest.approx((row["low"], row["high"]), rel=1e-9, abs=1e-9)


def test_no_event_at_all_tells_nothing() -> None:
    found = compare_rates(0, 100.0, 0, 50.0, 0.95)
    assert (found.ratio, found.low, found.high, found.p) == (None, 0.0, None, 1.0)


def test_exact_intervals_cover_at_least_as_often_as_promised() -> None:
    rng = np.random.default_rng(1936)
    for mean in (2.0, 20.0, 200.0):
        drawn = rng.poisson(mean, 2_000)
        ends = {count: count_interval(count, 0.95) for count in set(drawn.tolist())}
        covered = np.mean([ends[count][0] <= mean <= ends[count][1] for count in drawn.tolist()])
        assert 0.94 <= covered <= 0.995, mean
