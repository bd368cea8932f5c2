"""Funnel plot, parted change and the possible ranks of a league: what is drawn, what is hidden, what is said."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from analysis.compare.decompose_change import ChangeSplit, GroupPart
from analysis.compare.funnel_limits import Funnel, FunnelPoint
from analysis.results.estimates import Thresholds
from analysis.results.gaps import League
from analysis.results.provenance import Provenance
from charts.compare.change_split import change_split
from charts.compare.funnel_plot import funnel_plot
from charts.compare.league_dots import league_dots
from charts.kit.layout import Canvas
from tests.charts.made_results import HIDDEN_VALUE, HOSTILE, METHOD, estimate
from tests.reports.exported import data_workbook
from words.language import message


def _point(value: float | None, base: float | None, z: float | None, outside: str | None, branch: str, **more: object) -> FunnelPoint:
    verdict = None if value is None else ("higher" if (z or 0) > 0 else "lower") if outside == "99.8" else "unclear"
    entry = estimate(value, 0.05, branch=branch, **({} if value is None else {"verdict": verdict, **more}))
    return FunnelPoint(entry, base, z, outside)  # type: ignore[arg-type]


@pytest.fixture
def funnel() -> Funnel:
    points = (
        _point(0.9, 400.0, 4.2, "99.8", "lanzhou"),
        _point(0.7, 100.0, -0.4, None, "dingxi"),
        _point(0.5, 25.0, -2.2, "95", "gannan", marked=True, n_eff=25.0),
        _point(None, None, None, None, "jinchang"),
    )
    return Funnel("C11", "branch", "rate", 0.72, 1.7, 0.45, points, None, Provenance(METHOD, Thresholds(confidence=0.95)))


def test_groups_outside_are_coloured_named_and_told(funnel: Funnel, on: Canvas) -> None:
    chart = funnel_plot(funnel, on)
    dots = chart.figure.data[-1]
    assert list(dots.x) == [400.0, 100.0, 25.0]
    assert list(dots.y) == pytest.approx([90.0, 70.0, 50.0])
    assert list(dots.marker.line.color) == [on.colours.better, on.colours.unclear, on.colours.unclear]
    assert dots.marker.color[2] == on.colours.surface  # small base
    assert dots.text[0] == "Lanzhou"
    assert chart.alt_text == "Chart of 3 points. Above the limits of 99.8 %: Lanzhou."
    assert "limits are 1.3 times as wide" in chart.caption
    assert "1 not shown" in chart.caption


def test_limits_are_those_of_the_analysis_and_meet_at_no_base(funnel: Funnel, on: Canvas) -> None:
    chart = funnel_plot(funnel, on)
    low, high = funnel.limits(np.array([100.0]), 0.998)
    row = chart.table[chart.table["Effective base"] == 420.0].iloc[1]
    assert (row["Limit 99.8 %, lower"], row["Limit 99.8 %, upper"]) == pytest.approx((100 * low[0], 100 * high[0]))
    outer_low, outer_high, inner_low, inner_high = (np.array(trace.y) for trace in chart.figure.data[:4])
    assert (outer_low <= inner_low).all()
    assert (inner_high <= outer_high).all()
    assert outer_low[-1] < inner_low[-1] < 72 < inner_high[-1]


def test_a_hidden_group_and_tags_in_a_name_are_nowhere(funnel: Funnel, on: Canvas) -> None:
    secret = funnel.points[3].estimate._replace(reason=message("{value}", value=HIDDEN_VALUE))
    chart = funnel_plot(replace(funnel, points=(*funnel.points[:3], replace(funnel.points[3], estimate=secret))), on)
    for shown in (chart.figure.to_json(), chart.table.to_csv(), chart.alt_text):
        assert "Jinchang" not in shown
        assert str(HIDDEN_VALUE) not in shown
    dots = chart.figure.data[-1]
    assert "<a href" not in "".join([*dots.hovertext, *dots.text])
    assert HOSTILE in list(chart.table["Branch"])


def test_no_limits_no_funnel(funnel: Funnel, on: Canvas) -> None:
    chart = funnel_plot(replace(funnel, target=None, reason=message("Too few.")), on)
    assert (chart.caption, chart.alt_text, len(chart.figure.data)) == ("Too few.", "Nothing to show.", 0)


def test_a_funnel_of_scores_counts_what_its_interval_is_worth(funnel: Funnel, on: Canvas) -> None:
    points = tuple(
        replace(p, estimate=p.estimate._replace(code="CSI", value=None if p.estimate.value is None else 76.0)) for p in funnel.points
    )
    chart = funnel_plot(replace(funnel, code="CSI", measure="score", target=75.0, spread=20.0, overdispersion=1.0, points=points), on)
    assert list(chart.figure.data[-1].y) == [76.0] * 3
    assert chart.figure.layout.xaxis.title.text == "Effective base"
    assert "interval is worth" in chart.caption
    assert "times as wide" not in chart.caption


@pytest.fixture
def split() -> ChangeSplit:
    groups = (
        GroupPart(
            {"branch": "lanzhou"}, estimate(0.1, 0.3, verdict="unclear"), estimate(-0.4, 0.3, verdict="lower"), 0.3, 0.35, 80.0, 78.7
        ),
        GroupPart(
            {"branch": "gannan"},
            estimate(0.2, 0.4, verdict="unclear"),
            estimate(-1.6, 0.9, verdict="lower", marked=True),
            0.2,
            0.15,
            70.0,
            61.0,
        ),
        GroupPart({"branch": "jinchang"}, estimate(None), estimate(None)),
    )
    total, mix, score = estimate(-1.9, verdict="lower"), estimate(0.3, 0.4, verdict="unclear"), estimate(-2.2, verdict="lower")
    return ChangeSplit(
        "2026Q2", "2026Q1", "CSI", ("branch",), total, mix, score, None, groups, None, Provenance(METHOD, Thresholds(confidence=0.9))
    )


def test_the_whole_comes_first_then_the_largest_parts(split: ChangeSplit, on: Canvas) -> None:
    chart = change_split(split, on, title="What changed")
    said, answered = (trace for trace in chart.figure.data if trace.type == "bar")
    assert list(said.x) == [-2.2, -1.6, -0.4]
    assert list(answered.x) == [0.3, 0.2, 0.1]
    assert said.xaxis != answered.xaxis
    assert chart.figure.layout.xaxis.range == chart.figure.layout.xaxis2.range
    assert list(said.marker.line.width) == [0, 1.5, 0]  # small base
    assert "−1.9 ±1.0 points in all: −2.2 ±1.0 by what customers said, +0.3 ±0.4 by who answered" in chart.alt_text
    assert "90% interval" in chart.caption
    assert chart.table["Share before, %"].tolist()[1:] == pytest.approx([20.0, 30.0])
    assert chart.table["Score now"].tolist()[1:] == [61.0, 78.7]


def test_hidden_parts_are_counted_and_tags_are_text(split: ChangeSplit, on: Canvas) -> None:
    chart = change_split(split, on, title="What changed")
    assert "Jinchang" not in chart.figure.to_json() + chart.table.to_csv()
    assert "1 not shown" in chart.caption
    texts = [annotation.text for annotation in chart.figure.layout.annotations]
    assert "<a href" not in "".join([*texts, *(chart.figure.data[0].hovertext)])
    narrow = change_split(split, replace(on, narrow=True, language="zh_CN"), title="t")
    assert [list(trace.x) for trace in narrow.figure.data] == [list(trace.x) for trace in chart.figure.data]


def test_a_change_that_cannot_be_parted_says_why(split: ChangeSplit, on: Canvas) -> None:
    chart = change_split(replace(split, mix=None, score=None, reason=message("Too few.")), on, title="t")
    assert (chart.caption, chart.table.empty) == ("Too few.", True)


def test_possible_ranks_are_in_the_table_of_the_league(league: League, on: Canvas) -> None:
    table = league_dots(league, on).table
    assert dict(zip(table["Branch"], table["Possible ranks"], strict=True)) == {"Lanzhou": "ranks 1–2", HOSTILE: "", "Dingxi": ""}
    certain = replace(league, possible_ranks={"lanzhou": (1, 1)})
    assert league_dots(certain, on).table["Possible ranks"].iloc[0] == "rank 1"
    assert "Possible ranks" not in league_dots(replace(league, possible_ranks={}), on).table


def test_both_can_be_taken_along(funnel: Funnel, split: ChangeSplit, on: Canvas) -> None:
    for chart, name in ((funnel_plot(funnel, on), "Lanzhou"), (change_split(split, on, title="t"), "All together")):
        book = openpyxl.load_workbook(io.BytesIO(data_workbook(chart, on)))
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        assert name in cells
        assert set(map(str, chart.table.columns)) <= set(map(str, cells))
