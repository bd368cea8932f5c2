"""The map and the order of improving: fields, doubts, cross-hairs, competitors, targets, arrows, phones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.importance_performance.effects_map import effects_map
from analysis.importance_performance.estimate_map import estimate_importance_map
from analysis.importance_performance.importance_map import ImportanceMap
from analysis.importance_performance.movements import movements
from analysis.measurement.path_model_result import ImportancePoint
from analysis.results.estimates import Estimate
from charts.importance_performance.importance_map_chart import importance_map_chart
from charts.importance_performance.map_words import MapWords
from charts.importance_performance.priority_rows import priority_rows
from charts.kit.layout import Canvas, Chart
from charts.kit.palette import blend
from tests.analysis.importance_performance.map_cases import CODES, frame, made, survey

WORDS = MapWords("Map", "Overall", "Them", "Q1")


@pytest.fixture(scope="module")
def on() -> Canvas:
    return Canvas(survey(), "en")


@pytest.fixture(scope="module")
def found() -> ImportanceMap:
    return estimate_importance_map(frame(made()), survey(), "stated", codes=CODES)


def _texts(chart: Chart) -> list[str]:
    return [annotation.text for annotation in chart.figure.layout.annotations if annotation.text]


def test_the_weak_spot_is_dark_named_with_its_figure_and_first(found: ImportanceMap, on: Canvas) -> None:
    chart = importance_map_chart(found, on, words=WORDS)
    assert "First improve p1: most important, and lowest" in chart.alt_text
    (dots,) = [trace for trace in chart.figure.data if trace.mode == "markers+text"]
    assert dots.marker.line.color[0] == on.colours.ink, "urgency has neither red nor blue"
    assert [("±" in text) for text in dots.text if text] == [True] + [False] * 3
    assert set(dots.marker.line.color[1:]) == {on.colours.ours}
    assert chart.table["Question"].tolist()[0] == "p1"
    assert sum(shape.opacity == 0.28 for shape in chart.figure.layout.shapes) == 8
    assert {"improve first", "keep up", "low priority", "perhaps too much"} <= set(_texts(chart))
    assert "Change of performance" not in chart.table


def test_a_phone_numbers_the_points_and_names_them_below(found: ImportanceMap, on: Canvas) -> None:
    chart = importance_map_chart(found, replace(on, narrow=True, width=328), words=WORDS)
    (dots,) = [trace for trace in chart.figure.data if trace.mode == "markers+text"]
    assert {text for text in dots.text if text} <= {str(point.rank) for point in found.points}
    assert dots.text[0] == "1"
    assert "the table names them" in chart.caption
    assert list(zip(chart.table["Rank"], chart.table["Question"], strict=True)) == [(p.rank, p.code) for p in found.points]
    assert "p1" in dots.hovertext[0]


def test_the_line_of_equal_priority_goes_through_the_cross_hair(found: ImportanceMap, on: Canvas) -> None:
    (line,) = [trace for trace in importance_map_chart(found, on, words=WORDS).figure.data if trace.mode == "lines"]
    slope = (line.y[1] - line.y[0]) / (line.x[1] - line.x[0])
    spreads = [np.std([getattr(point, axis).value for point in found.points]) for axis in ("importance", "performance")]
    assert slope == pytest.approx(spreads[1] / spreads[0])
    assert line.y[0] + slope * ((found.cross_importance or 0) - line.x[0]) == pytest.approx(found.cross_performance)


def test_a_doubtful_point_is_pale_and_says_so(found: ImportanceMap, on: Canvas) -> None:
    first = replace(found.points[0], fields=("improve", "low", "keep"))
    doubtful = replace(found, points=(first, replace(found.points[1], fields=("keep", "improve")), *found.points[2:]))
    chart = importance_map_chart(doubtful, on, words=WORDS)
    (dots,) = [trace for trace in chart.figure.data if trace.mode == "markers+text"]
    assert dots.marker.color[0] == blend(on.colours.ink, on.colours.surface, 0.35)
    assert "Pale dot" in chart.caption
    assert "Pale dot" not in importance_map_chart(found, on, words=WORDS).caption
    rows = priority_rows(doubtful, on)
    assert rows.table["Field"].tolist()[:2] == ["improve first (or low priority, keep up)", "keep up (or improve first)"]
    assert any("not certain" in text for text in _texts(rows))


def test_targets_are_ticks_and_competitors_diamonds_without_one_level(on: Canvas) -> None:
    levels = dict(zip(CODES, (30.0, 90.0, 40.0, 95.0), strict=True))
    target = estimate_importance_map(frame(made()), survey(), "stated", codes=CODES, cross="target", targets=levels)
    chart = importance_map_chart(target, on, words=WORDS)
    assert (
        sum(shape.line.color == on.colours.ink and shape.y0 == shape.y1 and shape.opacity is None for shape in chart.figure.layout.shapes)
        == 4
    )
    assert "improve first" not in _texts(chart)
    assert dict(zip(chart.table["Question"], chart.table["Set against"], strict=True)) == levels
    both = frame(made(seed=2), made(n=900, seed=3, operator="them", worst=5.0))
    rival = estimate_importance_map(both, survey(), "stated", codes=CODES, cross="competitor", competitor="them")
    chart = importance_map_chart(rival, on, words=WORDS)
    (diamonds,) = [trace for trace in chart.figure.data if trace.marker.symbol == "diamond"]
    assert diamonds.marker.color == on.colours.competitor
    assert list(diamonds.y) == [point.theirs.value for point in rival.points if point.theirs]
    assert "Diamond: Them." in chart.caption
    rows = priority_rows(rival, replace(on, width=1100), competitor="Them")
    assert "Lead" in _texts(rows)
    assert rows.table["Lead"].tolist()[0] < 0


def test_arrows_start_where_questions_stood(on: Canvas) -> None:
    now, before = (
        estimate_importance_map(frame(made(seed=seed, worst=worst)), survey(), "stated", codes=CODES)
        for seed, worst in ((6, 5.2), (7, 3.5))
    )
    moved = movements(now, before)
    chart = importance_map_chart(now, on, words=WORDS, moved=moved)
    arrows = [each for each in chart.figure.layout.annotations if each.showarrow]
    place = {each.code: each for each in moved}["p1"]
    (first,) = [each for each in arrows if each.ay == pytest.approx(place.performance_before)]
    assert first.arrowcolor == on.colours.better
    assert len(arrows) == 4
    assert "Arrow: from Q1" in chart.caption
    assert chart.table["Change of performance"].notna().all()


def test_a_path_model_is_drawn_alike_and_one_point_is_a_map(on: Canvas) -> None:
    one = Estimate({}, "p1", 0.6, 0.05, 0.5, 0.7, 200, 200.0, 99.0)
    made_map = effects_map([ImportancePoint("p1", "p1", one, one._replace(value=55.0, low=50.0, high=60.0))])
    chart = importance_map_chart(made_map, on, words=WORDS)
    assert chart.figure.layout.xaxis.title.text == "Importance: points of Overall per point"
    assert chart.table["Importance"].tolist() == [0.6]


def test_phone_and_chinese_have_the_same_figures(found: ImportanceMap, on: Canvas) -> None:
    phone = replace(on, narrow=True, language="zh_CN")
    for draw in (lambda canvas: importance_map_chart(found, canvas, words=WORDS), lambda canvas: priority_rows(found, canvas)):
        wide, small = draw(on), draw(phone)
        assert wide.table.select_dtypes("number").to_numpy().tolist() == small.table.select_dtypes("number").to_numpy().tolist()
        assert small.alt_text != wide.alt_text
