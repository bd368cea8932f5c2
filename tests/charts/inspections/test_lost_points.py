from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.inspections.estimate_inspections import TOTAL, estimate_inspections
from analysis.inspections.inspection_sums import inspection_sums
from analysis.inspections.lost_shares import lost_shares
from analysis.inspections.repeat_offenders import RepeatOffender
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from charts.inspections.lost_points import LostRow, lost_points
from charts.inspections.repeat_bars import repeat_bars
from charts.kit.layout import Canvas
from reports.native.native_form import native_form
from tests.analysis.inspections.inspection_cases import club, in_pandas, many
from tests.charts.made_results import HOSTILE, METHOD

HOW = Provenance(METHOD, Thresholds(confidence=0.9))


def _rows(table: object) -> list[LostRow]:
    found = estimate_inspections(inspection_sums(in_pandas(table)))  # type: ignore[arg-type]
    return [LostRow(row.points.code, row) for row in lost_shares([row for row in found.rows if row.code != TOTAL])]


def test_one_visit_has_dots_without_intervals_and_names_what_lost_nothing(on: Canvas) -> None:
    chart = lost_points(_rows(club()), on, how=HOW, title="t", name_header="Item")
    assert list(chart.figure.data[1].x) == pytest.approx([800 / 21, 50, 2.5])
    assert list(chart.figure.data[0].x) == []
    assert chart.table["Points lost"].tolist() == [8, 2, 0.5, 0, 0, 0, 0]
    assert chart.table["Cumulative, %"].tolist()[2] == pytest.approx(100)
    assert "Nothing lost: cross-region service, environment, staff" in chart.caption
    assert "Hollow dot" in chart.caption
    assert "service facilities: lost 8 / 21, 76.2 % of all lost." in chart.alt_text


def test_many_visits_have_intervals_at_the_level_in_force(on: Canvas) -> None:
    rows = _rows(many(60, items=25))
    chart = lost_points(rows, on, how=HOW, title="t", name_header="Item")
    assert len(chart.figure.data[0].x) == 20
    assert "90% intervals" in chart.caption
    assert "first 20 of 25 rows" in chart.caption
    assert len(chart.table) == 25
    assert all(row.lost.lost_percent.low < row.lost.lost_percent.value < row.lost.lost_percent.high for row in rows)  # type: ignore[operator]


def test_nothing_lost_draws_nothing(on: Canvas) -> None:
    table = club().assign(points_scored=lambda rows: rows["points_available"])
    chart = lost_points(_rows(table), on, how=HOW, title="t", name_header="Item")
    assert chart.alt_text == "Nothing was lost."
    assert chart.table["Share of all lost, %"].isna().all()


def test_phone_and_chinese_have_the_same_figures(on: Canvas) -> None:
    wide, small = (lost_points(_rows(club()), canvas, how=HOW, title="t", name_header="n")
                   for canvas in (on, replace(on, narrow=True, language="zh_CN")))  # fmt: skip
    assert list(small.figure.data[1].x) == list(wide.figure.data[1].x)


def test_repeat_offenders_are_bars_and_hostile_halls_stay_text(on: Canvas) -> None:
    rows = [RepeatOffender(HOSTILE, "lanzhou", "C11", 3, 3, 9.5, 30), RepeatOffender("b", None, "x", 2, 3, 2, 30)]
    chart = repeat_bars(rows, on)
    assert list(chart.figure.data[0].x) == [9.5, 2]
    assert "<a " not in "".join(chart.figure.data[0].hovertext)
    assert chart.table[["Branch", "Times lost", "Visits"]].values.tolist() == [["Lanzhou", 3, 3], ["", 2, 3]]
    assert len(set(chart.figure.data[0].marker.color)) == 2


def test_office_has_the_ends_of_the_intervals(on: Canvas) -> None:
    rows = _rows(many(60, items=8))
    chart = lost_points(rows, on, how=HOW, title="t", name_header="Item")
    assert chart.described is not None
    (plan,) = native_form(chart.described, on).plans
    upper = [arm for each in plan.series if each.whiskers for arm in plan.data[each.whiskers.plus].values if arm is not None]
    assert len(upper) == 8
    assert min(upper) > 0  # type: ignore[type-var]
