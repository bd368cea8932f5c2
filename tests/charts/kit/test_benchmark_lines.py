"""Lines a figure is read against: over time and through rows, named, and hostile names as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.results.gaps import League
from charts.compare.league_dots import league_dots
from charts.index.trend_line import trend_line
from charts.kit.benchmark_lines import BenchmarkLine
from charts.kit.layout import Canvas
from tests.charts.made_results import HOSTILE, estimate, result

WAVES = ("2025Q4", "2026Q1", "2026Q2")
LINES = (
    BenchmarkLine(
        HOSTILE, {"2026Q1": estimate(90.0, half=0.0), "2026Q2": estimate(91.0, half=0.0)}, dict.fromkeys(WAVES, f"{HOSTILE} 2025")
    ),
    BenchmarkLine("Best branch", {wave: estimate(90.5) for wave in WAVES}, dict.fromkeys(WAVES, "best branch (Lanzhou)")),
    BenchmarkLine("Nothing", {"2026Q1": estimate(None)}, {"2026Q1": "hidden"}),
)


def _trend(on: Canvas, lines: tuple[BenchmarkLine, ...] = LINES):
    found = result(*(estimate(75.0 + place, wave=wave) for place, wave in enumerate(WAVES)))
    return trend_line(found, result(), WAVES, on, benchmarks=lines)


def test_a_trend_has_dashed_lines_at_the_waves_they_have_a_value_for(on: Canvas) -> None:
    chart = _trend(on)
    dashed = [trace for trace in chart.figure.data if trace.line.dash]
    assert [list(trace.y) for trace in dashed] == [[90, 91], [90.5] * 3]
    assert list(dashed[0].x) == [1, 2]
    assert chart.figure.layout.yaxis.range[1] > 91.5
    assert "best branch (Lanzhou) 90.5" in chart.caption
    labels = [note for note in chart.figure.layout.annotations if note.text == "Best branch" or "Gannan" in note.text]
    assert abs(labels[0].y - labels[1].y) > 0.5, "names do not cover each other"
    assert "<a " not in "".join([*dashed[0].hovertext, *(note.text for note in labels)])


def test_the_table_has_them_below_the_lines_without_a_base(on: Canvas) -> None:
    table = _trend(on).table
    assert table["Value"].tolist() == [75, 76, 77, 90, 91, 90.5, 90.5, 90.5]
    assert table["Base"].tolist()[:3] == [500] * 3
    assert table["Base"].isna().tolist()[3:] == [True] * 5
    assert _trend(on, ()).table.equals(_trend(on, LINES[2:]).table), "what is hidden is not there"


@pytest.mark.parametrize("narrow", [False, True])
def test_a_league_has_a_named_line_for_each(narrow: bool, league: League, on: Canvas) -> None:
    drawn, plain = (league_dots(league, replace(on, narrow=narrow), benchmarks=lines) for lines in (LINES, ()))
    strokes = {shape.x0 for shape in drawn.figure.layout.shapes} - {shape.x0 for shape in plain.figure.layout.shapes}
    assert strokes == {91.0, 90.5}
    below = [note for note in drawn.figure.layout.annotations if note.bgcolor]
    assert len({note.yshift for note in below}) == len(below) == 2
    assert drawn.figure.layout.height > plain.figure.layout.height
    assert "<a " not in "".join(note.text for note in below)
    assert "Dashed: " in drawn.caption
    assert "Dashed: " not in plain.caption
