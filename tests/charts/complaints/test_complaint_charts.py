"""Charts of complaints: rows by branch and the line over months."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.complaints.complaint_rates import compare_complaint_rates, complaint_rates
from analysis.results.estimates import Result
from charts.complaints.complaint_rows import complaint_rows
from charts.complaints.rates_over_months import rates_over_months
from charts.kit.layout import Canvas
from reports.native.native_form import native_form
from tests.charts.made_results import HOSTILE

COUNTS = {"lanzhou": 300.0, "dingxi": 90.0, "gannan": 3.0, "jinchang": 12.0}
CUSTOMERS = {"lanzhou": 1e6, "dingxi": 9e5, "gannan": 2e4}
RATES = complaint_rates(COUNTS, CUSTOMERS, "branch")
RATIOS = compare_complaint_rates(COUNTS, CUSTOMERS, "branch")


def _name(value: str | None) -> str:
    return HOSTILE if value == "gannan" else str(value)


def _rows(on: Canvas, rates: Result = RATES, compared: Result | None = RATIOS):  # type: ignore[no-untyped-def]
    return complaint_rows(rates, "branch", on, title="t", name=_name, name_header="Branch", compared=compared)


def test_most_first_with_verdicts_and_the_unknown_named(on: Canvas) -> None:
    chart = _rows(on)
    assert list(chart.table["Value"]) == sorted([3.0, 1.0, 1.5], reverse=True)
    assert dict(zip(chart.table["Branch"], chart.table["Against the rest"], strict=True))["lanzhou"] == "more"
    assert "jinchang" in chart.caption
    assert "fewer than five" in chart.caption
    assert "<a " not in "".join(text for trace in chart.figure.data for text in trace.hovertext or ())
    assert chart.figure.data[1].marker.color[0] == on.colours.worse


def test_numbers_without_comparison_on_a_phone_in_chinese(on: Canvas) -> None:
    chart = _rows(replace(on, narrow=True, language="zh_CN"), compared=None)
    assert list(chart.figure.data[1].x) == [3.0, 1.5, 1.0]
    assert len(chart.table.columns) == 5


def test_nothing_to_show(on: Canvas) -> None:
    assert _rows(on, complaint_rates({"lanzhou": 3.0}, {}, "branch"), None).alt_text == "Nothing to show."


def test_months_in_time_with_a_gap_where_some_are_missing(on: Canvas) -> None:
    months = {"2025-01": 30.0, "2025-02": 60.0, "2026-05": 45.0}
    chart = rates_over_months(complaint_rates(months, dict.fromkeys(months, 1e5), "month"), on, title="t")
    assert list(chart.table["Value"]) == [3.0, 6.0, 4.5]
    assert [list(line.y) for line in chart.figure.data[:-1]] == [[3.0, 6.0], [4.5]]
    points = chart.figure.data[-1]
    assert list(points.y) == [3.0, 6.0, 4.5]
    assert list(points.error_y.array) == [high - value for high, value in zip(chart.table["Upper end"], chart.table["Value"], strict=True)]
    assert "over 3 points" in chart.alt_text


def test_office_has_the_ends_of_the_intervals(on: Canvas) -> None:
    chart = _rows(on)
    assert chart.described is not None
    (plan,) = native_form(chart.described, on).plans
    pairs = [(plan.data[each.values].values, plan.data[each.whiskers.plus].values) for each in plan.series if each.whiskers]
    ends = [value + arm for values, arms in pairs for value, arm in zip(values, arms, strict=True) if arm is not None]  # type: ignore[operator]
    assert sorted(ends) == pytest.approx(sorted(chart.table["Upper end"]))
