"""Charts of a weighting: shares before and after, the spread of the weights, the index before and after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.respondent_weights.raked_replicates import EffectRow, WeightingEffect
from analysis.respondent_weights.weighting_report import MarginRow, WeightingReport, WeightSpread
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas
from charts.respondent_weights.weight_effect import weight_effect
from charts.respondent_weights.weight_histogram import weight_histogram
from charts.respondent_weights.weight_margins import weight_margins
from tests.charts.made_results import HOSTILE, METHOD, estimate

EVEN = WeightSpread(100, 1.0, 1.0, 1.0, 1.0, 100.0)
MADE = WeightSpread(100, 0.5, 1.0, 1.5, 1.25, 80.0)
ROWS = (
    MarginRow(("branch",), ("lanzhou",), 50, 0.5, 0.75, 0.75, 48.0),
    MarginRow(("branch",), ("gannan",), 50, 0.5, 0.25, 0.25, 48.0),
    MarginRow(("branch", "operator"), ("lanzhou", "ours"), 100, 1.0, 1.0, 1.0, 80.0),
)


def report(rows: tuple[MarginRow, ...] = ROWS, given: WeightSpread = EVEN) -> WeightingReport:
    return WeightingReport(rows, given, MADE, 0, None, 0, 3, 0.0, "good")


def test_categories_stand_under_their_margin_with_unweighted_new_and_population_shares(on: Canvas) -> None:
    chart = weight_margins(report(), on)
    unweighted, target, new = ([x / 100 for x in trace.x] for trace in chart.figure.data[-3:])
    assert (target, unweighted, new) == ([0.75, 0.25, 1.0], [0.5, 0.5, 1.0], [0.75, 0.25, 1.0])
    assert list(chart.figure.data[-1].y) == [1, 2, 4], "headings have rows of their own"
    assert "Lanzhou 50.0 → 75.0 %" in chart.alt_text
    assert "Grey" not in chart.caption
    assert chart.table["Population share (%)"].tolist() == [75.0, 25.0, 100.0]
    assert chart.table["Margin"].tolist() == ["Branch", "Branch", "Branch × Operator"]
    hovers = "".join(text for trace in chart.figure.data for text in trace.hovertext or ())
    assert HOSTILE not in hovers
    assert "<a " not in hovers


def test_weights_as_stored_are_shown_where_they_differ(on: Canvas) -> None:
    chart = weight_margins(report(given=MADE), on)
    assert sum(1 for trace in chart.figure.data if trace.type == "scatter") == 4
    assert "Grey: with the weights as stored." in chart.caption
    same = tuple(replace(row, before=row.n / 100, target=row.n / 100, after=row.n / 100) for row in ROWS[:2])
    assert "None of the shares moves" in weight_margins(report(same), on).alt_text


@pytest.mark.parametrize(("low", "high", "bars"), [(0.5, 1.5, 20), (1.0, 1.0, 1), (0.01, 300.0, 25), (0.3, 2.85, 14)])
def test_every_weight_is_in_a_bar_and_those_without_one_in_none(on: Canvas, low: float, high: float, bars: int) -> None:
    weights = np.array([0.0, *np.linspace(low, high, 99), high])
    chart = weight_histogram(weights, replace(MADE, minimum=low, maximum=high), on)
    assert len(chart.table) == bars
    assert chart.table["Respondents"].sum() == 100
    assert chart.table["Weight from"].iloc[0] <= low
    assert chart.table["Weight up to"].iloc[-1] >= high


def test_a_phone_has_no_figures_where_bars_are_too_thin_for_them(on: Canvas) -> None:
    weights = np.linspace(0.5, 1.5, 100_000)
    assert any(weight_histogram(weights, MADE, on).figure.data[0].text)
    assert not any(weight_histogram(weights, MADE, replace(on, narrow=True)).figure.data[0].text)


def effect_row(code: str, before: float | None, after: float | None) -> EffectRow:
    change = estimate(None if before is None or after is None else after - before, 0.1, code=code)
    return EffectRow(code, estimate(before, 0.5, code=code), estimate(after, 0.6, code=code), estimate(after, 0.5, code=code), change, 0.6)


def test_the_index_before_and_after_with_both_errors(on: Canvas) -> None:
    found = WeightingEffect(
        (effect_row("CSI", 70.0, 71.5), effect_row("C11", None, None)), 100, Provenance(METHOD, Thresholds(confidence=0.9))
    )
    chart = weight_effect(found, on)
    assert "90 % intervals" in chart.caption
    assert "1 not shown" in chart.caption
    assert "70.0 → 71.5" in chart.alt_text
    assert chart.table["Change"].tolist() == [1.5]
    row = found.rows[0]
    assert (chart.table["SE, weights as fixed"].iloc[0], chart.table["SE, re-raked"].iloc[0]) == (row.fixed.se, row.after.se)
    small = weight_effect(found, replace(on, narrow=True, language="zh_CN"))
    assert [list(trace.x) for trace in small.figure.data] == [list(trace.x) for trace in chart.figure.data]


def test_no_effect_is_said(on: Canvas) -> None:
    assert (
        weight_effect(WeightingEffect((effect_row("CSI", None, None),), 0, Provenance(METHOD, Thresholds())), on).alt_text
        == "Nothing to show."
    )
