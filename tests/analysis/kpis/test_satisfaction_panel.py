"""Slopes of satisfaction on a KPI within branches, against statsmodels; lags, quarters, few branches, coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.kpis.satisfaction_panel import satisfaction_panel
from analysis.kpis.sentence import panel_sentence
from analysis.results.sentences import plain_text
from tests.places import REFERENCE
from words.errors import ManyiError


def _reference() -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.read_csv(REFERENCE / "kpis" / "input.csv")
    kpi = table[["period", "branch", "kpi"]].rename(columns={"kpi": "value"})
    return kpi, table[["period", "branch", "satisfaction"]].rename(columns={"satisfaction": "value"})


@pytest.mark.parametrize("effects", ["branch", "both"])
def test_slopes_and_clustered_errors_as_statsmodels_has_them(effects: str) -> None:
    expected = pd.read_csv(REFERENCE / "kpis" / "output.csv").set_index(["lag", "effects"])
    found = satisfaction_panel(*_reference(), "answer rate", period_effects=effects == "both")
    for slope in found.slopes:
        row, entry = expected.loc[(slope.lag, effects)], slope.estimate
        ours = (entry.value, entry.se, entry.low, entry.high, entry.p)
        assert ours == pytest.approx(tuple(row[["slope", "se", "low", "high", "p"]]), rel=1e-8)
        assert (entry.n, slope.branches, entry.df) == (row["n"], row["branches"], row["branches"] - 1)


def test_the_planted_lag_is_found_and_the_sentence_names_no_cause() -> None:
    found = satisfaction_panel(*_reference(), "answer rate")
    assert max(found.slopes, key=lambda slope: slope.estimate.value or 0).lag == 1
    assert (found.slopes[1].estimate.verdict, found.slopes[3].estimate.verdict) == ("higher", "unclear")
    text = plain_text(panel_sentence(found, "Answer rate", "en"))
    assert "one month later" in text
    assert text.endswith("This says what goes together, not what causes what.")
    assert len(found.slopes[1].dots) == found.slopes[1].estimate.n
    x, y = np.array([dot[2:] for dot in found.slopes[1].dots]).T
    assert float(x @ y / (x @ x)) == pytest.approx(found.slopes[1].estimate.value)


def _panel(branches: int, months: int, slope: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    periods = [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(months)]
    keys = [(period, f"b{branch}") for branch in range(branches) for period in periods]
    x = rng.normal(0, 1, (branches, months)).cumsum(axis=1) * 0.3 + rng.normal(0, 5, (branches, 1))
    noise = np.zeros((branches, months))
    for month in range(months):  # errors that last: what clustering is for
        noise[:, month] = (0.5 * noise[:, month - 1] if month else 0) + rng.normal(0, 1, branches)
    y = slope * x + rng.normal(0, 5, (branches, 1)) + noise
    tables = [pd.DataFrame(keys, columns=["period", "branch"]).assign(value=values.ravel()) for values in (x, y)]
    return tables[0], tables[1]


def test_intervals_cover_though_errors_last() -> None:
    ends = [satisfaction_panel(*_panel(14, 12, 0.5, seed), "k", lags=[0]).slopes[0].estimate for seed in range(2000, 2200)]
    covered = np.mean([(entry.low or 0) <= 0.5 <= (entry.high or 0) for entry in ends])
    assert 0.92 <= covered <= 0.99


def test_a_quarter_takes_the_mean_of_its_months_and_a_missing_month_leaves_it_out() -> None:
    kpi, _ = _panel(4, 12, 0, 1)
    quarters = [f"{2024}Q{quarter}" for quarter in range(1, 5)]
    means = (
        kpi.assign(quarter=[f"2024Q{(int(label[5:]) - 1) // 3 + 1}" for label in kpi["period"]])
        .groupby(["branch", "quarter"])["value"]
        .mean()
    )
    rows = [(quarter, f"b{number}", 10 + 2 * means[f"b{number}", quarter]) for number in range(4) for quarter in quarters]
    survey = pd.DataFrame(rows, columns=["period", "branch", "value"])
    same, later = satisfaction_panel(kpi, survey, "k", lags=[0, 1]).slopes
    assert same.estimate.value == pytest.approx(2)
    assert (same.estimate.n, later.estimate.n) == (16, 12)  # a month earlier, the first quarter lacks a month
    holed = satisfaction_panel(kpi[kpi["period"] != "2024-05"], survey, "k", lags=[0]).slopes[0]
    assert holed.estimate.n == 12


def test_too_little_to_tell_has_a_reason() -> None:
    kpi, survey = _panel(2, 12, 1, 1)
    few = satisfaction_panel(kpi, survey, "k")
    assert all(slope.estimate.value is None and slope.estimate.reason is not None for slope in few.slopes)
    assert "needs 3" in plain_text(panel_sentence(few, "K", "en"))
    kpi, survey = _panel(5, 12, 1, 1)
    still = satisfaction_panel(kpi.assign(value=7.0), survey, "k").slopes[0]
    assert "does not move" in (still.estimate.reason.text("en") if still.estimate.reason else "")
    assert satisfaction_panel(kpi.iloc[:0], survey, "k").slopes[0].estimate.value is None
    assert satisfaction_panel(kpi, survey, "k").slopes[0].estimate.marked


def test_nothing_planted_is_seldom_found() -> None:
    found = [satisfaction_panel(*_panel(14, 20, 0, seed), "k").slopes for seed in range(40)]
    wrong = sum(any(slope.estimate.verdict != "unclear" for slope in slopes) for slopes in found)
    assert wrong <= 6
    quiet = next(slopes for slopes in found if all(slope.estimate.verdict == "unclear" for slope in slopes))
    assert quiet[0].estimate.p_adjusted is not None


def test_wrong_periods_and_double_values_are_refused() -> None:
    kpi, survey = _panel(4, 6, 1, 1)
    with pytest.raises(ManyiError, match="names no month"):
        satisfaction_panel(kpi.replace("2024-01", "spring"), survey, "k")
    with pytest.raises(ManyiError, match="twice"):
        satisfaction_panel(pd.concat([kpi, kpi]), survey, "k")
