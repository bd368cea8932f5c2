"""The Pareto chart: bars, cumulative line, and the base that is our own sum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.pareto.cells import Cell
from analysis.pareto.estimate_pareto import Pareto, pareto
from charts.kit.layout import Canvas, Chart
from charts.pareto.pareto_bars import pareto_bars
from reports.native.native_form import native_form
from tests.charts.made_results import HOSTILE

CASES = {HOSTILE: 60.0, "signal": 32.0, "queue": 6.0, "bill": 5.0, "app": 3.0, "others": 9.0}
CELLS = [Cell({"cause": cause}, count, 2 * count, 4 * count) for cause, count in CASES.items()]
FOUND = pareto(CELLS, "cause", leftovers=frozenset({"others"}))


def _chart(on: Canvas, found: Pareto = FOUND) -> Chart:
    return pareto_bars(found, on, title="t", name=str, name_header="Cause", vital_share=0.8)


def test_bars_and_line_reach_the_whole_and_the_base_is_printed(on: Canvas) -> None:
    chart = _chart(on)
    bars, line = chart.figure.data
    assert sum(bars.x) == pytest.approx(100)
    assert line.x[-1] == pytest.approx(100)
    assert "Base: 115 cases" in chart.caption
    assert list(chart.table["Cause"])[-1] == "others"
    assert list(chart.table["One of the vital few"]) == ["yes", "yes", "", "", "", ""]
    assert "<a " not in "".join(text for trace in chart.figure.data for text in trace.hovertext)


def test_weights_have_a_column_of_their_own(on: Canvas) -> None:
    chart = _chart(on, pareto(CELLS, "cause", measure="weight"))
    assert chart.table["Weight of the cases"].iloc[0] == 120.0


def test_phone_and_chinese_have_the_same_figures_and_nothing_is_said_to_be_nothing(on: Canvas) -> None:
    small = _chart(replace(on, narrow=True, language="zh_CN"))
    assert list(small.figure.data[0].x) == list(_chart(on).figure.data[0].x)
    assert _chart(on, pareto([], "cause")).alt_text == "Nothing to show."


def test_the_running_sum_is_a_line_in_office_too(on: Canvas) -> None:
    chart = _chart(on)
    assert chart.described is not None
    (plan,) = native_form(chart.described, on).plans
    lines = [plan.data[each.values].values for plot in plan.plots if plot.kind == "line" for each in plot.series if each.line]
    assert tuple(row.cumulative.value for row in FOUND.rows) in lines
