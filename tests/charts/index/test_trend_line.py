from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.results.estimates import Result
from charts.index.sparkline import sparkline
from charts.index.trend_line import trend_line
from charts.kit.description.numbers import OURS
from charts.kit.layout import Canvas
from tests.charts.made_results import estimate, result
from words.language import message

WAVES = ["2025Q3", "2025Q4", "2026Q1", "2026Q2"]


@pytest.fixture
def trend() -> Result:
    index = [estimate(v, wave=w) for v, w in zip((75.0, 76.0, None, 71.5), WAVES, strict=True)]
    return result(*index, *(estimate(60.0 + i, code="D1", wave=w) for i, w in enumerate(WAVES)))


@pytest.fixture
def changes() -> Result:
    return result(
        estimate(1.0, wave="2025Q4", verdict="unclear", p_adjusted=0.4),
        estimate(-4.5, wave="2026Q2", verdict="lower", p_adjusted=0.001),
    )


def test_real_changes_are_marked_and_a_hidden_wave_breaks_the_line(trend: Result, changes: Result, on: Canvas) -> None:
    chart = trend_line(trend, changes, WAVES, on)
    points = chart.figure.data[-1]
    assert list(points.x) == [0, 1, 3]
    assert list(points.marker.symbol) == ["circle", "circle", "triangle-down"]
    assert points.marker.color[2] == on.colours.worse
    lines = [trace for trace in chart.figure.data if trace.mode == "lines" and trace.fill is None]
    assert [list(line.x) for line in lines] == [[0, 1], [3]]
    assert any("▼ 4.5" in annotation.text for annotation in chart.figure.layout.annotations)
    assert "1 not shown" in chart.caption
    assert chart.table["Value"].tolist() == [75.0, 76.0, 71.5]
    assert chart.table["Verdict"].tolist() == ["", "may be chance", "real fall"]


def test_the_band_is_the_interval(trend: Result, changes: Result, on: Canvas) -> None:
    band = trend_line(trend, changes, WAVES, on).figure.data[0]
    assert list(band.y) == [76.0, 77.0, 75.0, 74.0]


def test_several_lines_are_named_at_their_ends_without_overlap(trend: Result, changes: Result, on: Canvas) -> None:
    close = result(*trend.estimates, *(estimate(63.05, code="D2", wave=w) for w in WAVES))
    figure = trend_line(close, changes, WAVES, on, codes=["CSI", "D1", "D2"]).figure
    places = {annotation.text: annotation.y for annotation in figure.layout.annotations}
    assert set(places) == {"Satisfaction index", "Service quality", "Customer value"}
    low, high = figure.layout.yaxis.range
    assert places["Customer value"] - places["Service quality"] >= (high - low) * 0.04


def test_operators_keep_their_colours(on: Canvas) -> None:
    by = result(*(estimate(70.0 + i, wave=w, operator=o) for o in ("ours", "other") for i, w in enumerate(WAVES)))
    figure = trend_line(by, result(), WAVES, on, role="operator", places=["ours", "other"]).figure
    drawn = {trace.line.color for trace in figure.data if trace.mode == "lines" and trace.fill is None}
    assert drawn == {on.colours.ours, on.colours.competitor}


def test_one_wave_and_no_wave(on: Canvas) -> None:
    one = result(estimate(75.0, wave="2026Q2"))
    assert list(trend_line(one, result(), ["2026Q2"], on).figure.data[-1].y) == [75.0]
    assert len(trend_line(result(), result(), [], on).table) == 0
    assert sparkline(one, "CSI", ["2026Q2"], on, OURS) == ""


def test_phone_shows_fewer_wave_names(trend: Result, changes: Result, schema) -> None:
    waves = [f"202{year}Q{quarter}" for year in range(4, 7) for quarter in range(1, 5)]
    narrow = trend_line(trend, changes, waves, Canvas(schema, "zh_CN", narrow=True)).figure
    assert 2 <= len(narrow.layout.xaxis.ticktext) <= 3  # as many as stand side by side without being turned
    assert narrow.layout.xaxis.ticktext[-1] == "2026年四季度"


def test_design_effects_are_the_last_column_where_there_are_any(trend: Result, changes: Result, on: Canvas) -> None:
    assert "Design effect" not in trend_line(trend, changes, WAVES, on).table
    one = [estimate(70.0 + i, code="D1", wave=w, deff=1.2 + i / 10) for i, w in enumerate(WAVES[:3])]
    table = trend_line(result(*one, estimate(75.0, code="D1", wave=WAVES[3])), changes, WAVES, on, codes=["D1"]).table
    assert table.columns[-1] == "Design effect"
    assert table["Design effect"].tolist()[:3] == pytest.approx([1.2, 1.3, 1.4])
    assert table["Design effect"].isna().tolist() == [False, False, False, True]


def test_the_axis_is_true_to_time_and_a_long_gap_breaks_line_and_band(on: Canvas) -> None:
    waves = ["2009", "2026H1", "2026H2"]
    trend = result(*(estimate(70.0 + i, wave=w) for i, w in enumerate(waves)))
    chart = trend_line(trend, result(estimate(1.0, wave="2026H2", verdict="higher", p_adjusted=0.001)), waves, on)
    assert list(chart.figure.data[-1].x) == [0, 34, 35]
    lines = [list(trace.x) for trace in chart.figure.data if trace.mode == "lines" and trace.fill is None]
    assert lines == [[0], [34, 35]]
    assert "more than 2 periods" in chart.caption
    assert "more than 2 periods" not in trend_line(trend, result(), waves[1:], on).caption
    assert list(chart.figure.layout.xaxis.tickvals) == [0, 35], "names that would overlap are left out"


def test_the_small_line_breaks_where_the_large_one_does_and_ends_in_a_dot(on: Canvas) -> None:
    waves = ["2009", "2026H1", "2026H2"]
    svg = sparkline(result(*(estimate(70.0 + i, wave=w) for i, w in enumerate(waves))), "CSI", waves, on, OURS, height=46)
    lines = re.findall(r'd="([^"]+)" fill="none"', svg)
    assert [line.count("L") for line in lines] == [0, 1]
    assert svg.count('stroke-width="7"') == 1
    assert on.colours.ours in svg
    assert "index" not in svg, "the card says what it is"


def test_what_happened_stands_at_its_day_with_letters_told_below(trend: Result, changes: Result, on: Canvas) -> None:
    happened = [(date(2026, 1, 1), "▶ one"), (date(2026, 1, 1), "▶ two"), (date(2026, 5, 16), "■ one"), (date(2024, 1, 1), "▶ long ago")]
    chart = trend_line(trend, changes, WAVES, on, happened=happened)
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [1.5, pytest.approx(3, abs=0.01)]
    written = [each.text for each in chart.figure.layout.annotations if each.yref == "paper"]
    assert written == ["A ▶ one B ▶ two", "C ■ one"]
    crowded = [(date(2026, 1, day), f"a long name of what happened {day}") for day in (1, 9)]
    figure = trend_line(trend, changes, WAVES, on, happened=crowded).figure
    written = [each.text for each in figure.layout.annotations if each.yref == "paper"]
    assert written == ["A", "B a long name of what happened 9"], "the letter alone where there is no room for words"
    assert "A 2026-01-01 ▶ one" in chart.caption
    assert "long ago" not in chart.caption


def test_the_line_breaks_where_the_survey_was_made_differently_and_says_why(trend: Result, changes: Result, on: Canvas) -> None:
    why = {"CSI": {"2025Q4": message("another weighting ({now})", now="raked")}}
    chart = trend_line(trend, changes, WAVES, on, breaks=why)
    lines = [list(trace.x) for trace in chart.figure.data if trace.mode == "lines" and trace.fill is None]
    assert lines == [[0], [1], [3]]
    assert "The line breaks before Q4 2025: another weighting (raked)." in chart.caption
    assert chart.table["Break before it"].tolist() == ["", "another weighting (raked)", ""]
    assert "made differently: another weighting (raked)" in chart.figure.data[-1].hovertext[1]
    other = trend_line(trend, changes, WAVES, on, codes=["D1"], breaks=why)
    assert "Break before it" not in other.table


def test_annotations_alone_need_no_word_on_the_signs_of_measures(trend: Result, changes: Result, on: Canvas) -> None:
    assert "▶" not in trend_line(trend, changes, WAVES, on, happened=[(date(2026, 1, 1), "new hotline")]).caption
