from __future__ import annotations

import dataclasses

import pytest

from analysis.results.estimates import Questions, Result
from charts.compare.league_dots import History, history_of, league_dots
from charts.kit.layout import Canvas
from tests.charts.made_results import HOSTILE, estimate, result

WAVES = ["2025Q3", "2025Q4", "2026Q1", "2026Q2"]


def _texts(chart_figure) -> list[str]:
    return [annotation.text for annotation in chart_figure.layout.annotations]


def test_best_first_with_rank_letters_and_verdict(league: Result, on: Canvas) -> None:
    chart = league_dots(league, on, total=estimate(76.5))
    assert list(chart.figure.data[1].x) == [82.0, 76.0, 70.0]
    assert list(chart.figure.data[0].base) == [81.0, 75.0, 69.0]
    assert list(chart.figure.data[0].x) == [2.0, 2.0, 2.0]
    texts = _texts(chart.figure)
    assert "1 (1–2)" in texts
    assert "<b>82.0</b>" in texts
    assert {"above", "below", "may be chance"} <= set(texts)
    assert chart.title == "Satisfaction index and its 90% interval"
    assert any(shape.line.dash == "3px,3px" and shape.x0 == 76.5 for shape in chart.figure.layout.shapes)


def test_colour_only_where_the_verdict_is_clear_and_hollow_where_the_base_is_small(league: Result, on: Canvas) -> None:
    marker = league_dots(league, on).figure.data[1].marker
    assert list(marker.line.color) == [on.colours.better, on.colours.unclear, on.colours.worse]
    assert list(marker.color) == [on.colours.better, on.colours.surface, on.colours.worse]


def test_a_hidden_branch_is_nowhere_but_counted(league: Result, on: Canvas) -> None:
    chart = league_dots(league, on)
    assert "Jinchang" not in chart.figure.to_json()
    assert "Jinchang" not in chart.table.to_csv()
    assert "1 not shown" in chart.caption


def test_a_name_from_a_workbook_is_shown_as_it_stands(league: Result, on: Canvas) -> None:
    chart = league_dots(league, on)
    drawn = "".join(_texts(chart.figure)) + "".join(chart.figure.data[1].hovertext)
    assert "<a href" not in drawn
    assert "&lt;a href=" in drawn
    assert "$" not in drawn
    assert HOSTILE in list(chart.table["Branch"])


def test_table_keeps_full_precision(on: Canvas) -> None:
    chart = league_dots(result(estimate(71.23456789, branch="lanzhou", rank=1)), on)
    assert chart.table["Value"].tolist() == [71.23456789]


def test_past_values_become_small_lines_with_gaps(league: Result, on: Canvas) -> None:
    on = dataclasses.replace(on, width=1100)
    chart = league_dots(league, on, history=History(WAVES, {"lanzhou": [70.0, 72.0, None, 75.0], "dingxi": [None, None, None, 70.0]}))
    paths = [shape.path for shape in chart.figure.layout.shapes if shape.type == "path" and shape.ysizemode == "pixel"]
    assert len(paths) == 1
    assert paths[0].count("M") == 2
    assert "Last 4 waves" in _texts(chart.figure)


def test_small_lines_are_true_to_time_and_break_over_a_long_gap(league: Result, on: Canvas) -> None:
    waves, on = ["2009", "2026H1", "2026H2"], dataclasses.replace(on, width=1100)
    chart = league_dots(league, on, history=History(waves, {"lanzhou": [50.0, 70.0, 72.0]}))
    (path,) = [shape.path for shape in chart.figure.layout.shapes if shape.type == "path" and shape.ysizemode == "pixel"]
    points = [float(point[1:].split(",")[0]) for point in path.split()]
    assert [point[0] for point in path.split()] == ["M", "M", "L"]
    assert (points[2] - points[1]) / (points[1] - points[0]) == pytest.approx(1 / 34, rel=0.05)


def test_narrow_leaves_the_wide_columns_out(league: Result, schema) -> None:
    wide, narrow = (league_dots(league, Canvas(schema, "en", narrow=flag), total=estimate(76.5)) for flag in (False, True))
    assert narrow.figure.layout.margin.l + narrow.figure.layout.margin.r < 300 < wide.figure.layout.margin.l + wide.figure.layout.margin.r
    assert narrow.table.equals(wide.table)


@pytest.mark.parametrize(("language", "theme"), [("zh_CN", "light"), ("en", "dark")])
def test_alt_text_names_both_ends(league: Result, schema, language, theme) -> None:
    on = Canvas(schema, language, theme)
    alt = league_dots(league, on).alt_text
    assert on.value("branch", "lanzhou") in alt
    assert on.value("branch", "dingxi") in alt


def test_nothing_to_show_is_a_chart_without_rows(on: Canvas) -> None:
    chart = league_dots(result(estimate(None, branch="jinchang")), on)
    assert len(chart.table) == 0
    assert chart.alt_text == "Nothing to show."


def test_an_estimate_without_interval_has_a_dot_and_no_bar(on: Canvas) -> None:
    bare = estimate(70.0, branch="lanzhou")._replace(low=None, high=None)
    figure = league_dots(result(bare), on).figure
    assert len(figure.data[0].base) == 0
    assert list(figure.data[1].x) == [70.0]


def test_the_league_of_a_question_has_its_design_effects(league: Result, on: Canvas) -> None:
    assert "Design effect" not in league_dots(league, on).table
    with_effects = dataclasses.replace(league, estimates=tuple(e._replace(deff=None if e.value is None else 1.5) for e in league.estimates))
    table = league_dots(with_effects, on).table
    assert table.columns[-1] == "Design effect"
    assert table["Design effect"].tolist() == [1.5] * len(table)


def test_history_holds_the_scores_on_the_questions_of_the_last_wave() -> None:
    fewer = Questions(frozenset({"q1", "q2"}), 3)
    over_time = result(
        estimate(70.0, branch="lanzhou", wave="2026Q1"),
        estimate(72.0, branch="lanzhou", wave="2026Q2"),
        estimate(60.0, branch="dingxi", wave="2026Q1")._replace(questions=fewer),
        estimate(64.0, branch="dingxi", wave="2026Q2"),
        estimate(50.0, branch="jiuquan", wave="2026Q1"),
    )
    history = history_of(over_time, ["2025Q4", "2026Q1", "2026Q2"])
    assert history is not None
    assert history.values == {"lanzhou": [None, 70.0, 72.0], "dingxi": [None, None, 64.0], "jiuquan": [None, 50.0, None]}
    assert history_of(over_time, ["2026Q2"]) is None
