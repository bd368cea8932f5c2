"""The charts of the drivers page: order, what is marked, what the table and the words hold, in both languages and widths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.drivers.drivers_by_group import DriversByGroup, GroupImportance
from analysis.drivers.penalty_reward import Contrast, PenaltyReward
from analysis.drivers.regression import Regression
from analysis.drivers.relative_importance import Importance, RankInterval
from analysis.drivers.residual_diagnostics import ResidualDiagnostics
from analysis.drivers.what_if import WhatIf
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from charts.drivers.driver_coefficients import driver_coefficients
from charts.drivers.driver_groups import driver_groups
from charts.drivers.driver_importance import driver_importance
from charts.drivers.penalty_reward_chart import penalty_reward_chart
from charts.drivers.residual_plots import quantiles_plot, residuals_plot
from charts.drivers.what_if_bars import what_if_bars
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart
from tests.charts.made_results import METHOD, estimate
from words.language import message

DRIVERS = ("C11", "C12")


def importance(**changes: object) -> Importance:
    shares = (estimate(30.0, 4.0, "C11", rank=2), estimate(70.0, 4.0, "C12", rank=1))
    beside = (estimate(32.0, 4.0, "C11", rank=2), estimate(68.0, 4.0, "C12", rank=1))
    ranks = (RankInterval("C11", 2, 2, 2), RankInterval("C12", 1, 1, 1))
    found = Importance(
        "C21",
        DRIVERS,
        500,
        420.0,
        7,
        Provenance(METHOD, Thresholds()),
        shares,
        beside,
        estimate(0.5, 0.1),
        ranks,
        signs={"C11": 1, "C12": 1},
    )
    return replace(found, **changes)


def regression() -> Regression:
    coefficients = (
        estimate(5.0, 2.0, "intercept", p=0.01), estimate(0.1, 0.2, "C11", p=0.3, p_adjusted=0.3),
        estimate(0.4, 0.1, "C12", p=0.001, p_adjusted=0.002),
    )  # fmt: skip
    standardised = tuple(e._replace(value=e.value) for e in coefficients[1:])
    return Regression(
        "C21", DRIVERS, 500, 420.0, 7, Provenance(METHOD, Thresholds(confidence=0.95)),
        coefficients, standardised, 0.5, 0.49, 9.0, np.eye(3), 490.0,
        vif={"C11": 6.5, "C12": 1.2},
    )  # fmt: skip


def contrast(driver: str, penalty: float | None, reward: float, kind: str) -> Contrast:
    return Contrast(driver, estimate(penalty, 1.0, driver), estimate(reward, 1.0, driver), 40, 60, kind)


def penalties() -> PenaltyReward:
    contrasts = (contrast("C11", -1.5, 3.0, "excitement"), contrast("C12", -8.0, 0.5, "basic"))
    return PenaltyReward("C21", contrasts, 500, 420.0, 7, Provenance(METHOD, Thresholds()))


def groups() -> DriversByGroup:
    def group(branch: str, share: float, verdict: str) -> GroupImportance:
        shares = (estimate(share, 3.0, "C11", branch=branch), estimate(100 - share, 3.0, "C12", branch=branch))
        against = tuple(estimate(9.0, 3.0, e.code, branch=branch, verdict=verdict, p_adjusted=0.01) for e in shares)
        return GroupImportance({"branch": branch}, 200, 180.0, 3, shares, against, 0.5)

    silent = GroupImportance({"branch": "jinchang"}, 6, 5.0, 0, reason=message("Too few."))
    return DriversByGroup(
        "C21", DRIVERS, (group("dingxi", 64.0, "higher"), silent, group("lanzhou", 41.0, "unclear")), Provenance(METHOD, Thresholds())
    )


def diagnostics() -> ResidualDiagnostics:
    pairs = tuple((float(x), float(y)) for x, y in zip(range(60, 80), range(-10, 10), strict=True))
    return ResidualDiagnostics(
        "C21", 20, 20, Provenance(METHOD, Thresholds()), {}, skewness=-0.25, kurtosis=0.4, residuals=pairs, quantiles=pairs
    )


def what_if(value: float, **shifts: float) -> WhatIf:
    return WhatIf("C21", shifts, 70.0, estimate(value, 0.5, "C21"), 70.0 + value, Provenance(METHOD, Thresholds()))


def all_charts(on: Canvas) -> list[Chart]:
    return [
        driver_importance(importance(), on), driver_coefficients(regression(), on), penalty_reward_chart(penalties(), on),
        driver_groups(groups(), on, "branch"), residuals_plot(diagnostics(), on), quantiles_plot(diagnostics(), on),
        what_if_bars(what_if(3.0, C11=5.0, C12=2.0), {"C11": what_if(1.0, C11=5.0), "C12": what_if(2.0, C12=2.0)}, on),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_has_words_a_table_and_a_picture(on: Canvas, language: str, narrow: bool, theme: str) -> None:
    for chart in all_charts(replace(on, language=language, narrow=narrow, theme=theme)):
        assert chart.title
        assert chart.caption
        assert len(chart.alt_text) > 20
        assert not chart.table.empty
        assert chart.figure.data
        chart.figure.to_json()


def test_the_most_important_driver_comes_first_with_both_methods_and_its_group(on: Canvas) -> None:
    chart = driver_importance(importance(), on)
    assert list(chart.table["Driver"]) == ["Integrity", "Coverage"]
    assert list(chart.table["Share, %"]) == [70.0, 30.0]
    assert list(chart.table["Johnson, %"]) == [68.0, 32.0]
    assert list(chart.table["Group"]) == ["a", "b"]


def test_drivers_that_cannot_be_told_apart_share_a_letter_and_possible_ranks(on: Canvas) -> None:
    ranks = (RankInterval("C11", 2, 1, 2), RankInterval("C12", 1, 1, 2))
    chart = driver_importance(importance(indistinct=(("C11", "C12"),), ranks=ranks), on)
    assert list(chart.table["Group"]) == ["a", "a"]
    assert list(chart.table["Possible ranks"]) == ["1–2", "1–2"]


def test_a_sign_conflict_is_named_in_the_caption_and_marked_in_its_row(on: Canvas) -> None:
    chart = driver_importance(importance(opposed=("C11",)), on)
    assert "Signs conflict for Coverage" in chart.caption
    assert list(chart.table["Direction"]) == ["same way", "signs conflict"]
    assert "Signs conflict" not in driver_importance(importance(), on).caption


def test_johnson_stands_alone_where_there_is_no_lmg(on: Canvas) -> None:
    chart = driver_importance(importance(lmg=()), on)
    assert list(chart.table["Share, %"]) == [68.0, 32.0]
    assert "LMG" not in chart.caption


def test_a_coefficient_that_may_be_zero_is_grey_and_a_swollen_one_is_named(on: Canvas) -> None:
    chart = driver_coefficients(regression(), on)
    drawn = next(trace for trace in chart.figure.data if trace.type == "scatter")
    assert list(drawn.marker.line.color) == [on.colours.ours, on.colours.unclear], "more is no better"
    assert "VIF above 5: Coverage" in chart.caption
    assert list(chart.table["Driver"]) == ["Integrity", "Coverage", "Intercept"]


def test_penalties_and_rewards_that_may_be_zero_are_grey(on: Canvas) -> None:
    chart = penalty_reward_chart(penalties(), on)
    lines = {(tuple(trace.x), trace.line.color) for trace in chart.figure.data if trace.type == "scatter"}
    assert lines == {
        ((-9.0, -7.0, None, -2.5, -0.5, None), on.colours.ink), ((-0.5, 1.5, None), on.colours.unclear),
        ((2.0, 4.0, None), on.colours.ours),
    }  # fmt: skip
    assert list(chart.table["Kind"]) == ["basic", "excitement"]


def test_a_band_nobody_is_in_has_no_bar(on: Canvas) -> None:
    found = replace(penalties(), contrasts=(contrast("C11", None, 3.0, "unclear"),))
    chart = penalty_reward_chart(found, on)
    assert chart.table["Penalty"].isna().all()
    assert list(chart.figure.data[0].x) == []


def test_a_group_without_figures_shows_a_dot_and_is_in_no_table(on: Canvas) -> None:
    chart = driver_groups(groups(), on, "branch", first=["lanzhou", "jinchang", "dingxi"])
    texts = list(chart.figure.data[1].text)
    assert texts == ["41", "59", HIDDEN, HIDDEN, "64 ▲", "36 ▲"], "a sign besides the shade"
    assert "Jinchang" in chart.caption
    assert set(chart.table["Branch"]) == {"Lanzhou", "Dingxi"}
    assert "Coverage in Dingxi" in chart.alt_text


def test_shifts_are_named_with_their_size_and_the_sum_comes_last(on: Canvas) -> None:
    chart = what_if_bars(what_if(3.0, C11=5.0, C12=-2.0), {"C11": what_if(1.0, C11=5.0), "C12": what_if(0.2, C12=-2.0)}, on)
    assert list(chart.table["Driver and its shift"]) == ["Coverage +5.0", "Integrity −2.0", "All together"]
    assert list(chart.table["Verdict"]) == ["rises", "may be chance", "rises"]
