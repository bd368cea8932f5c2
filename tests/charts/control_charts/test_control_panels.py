"""What a control chart shows: steps of limits by phase, marked points with the numbers of their rules, letters for what happened, gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.estimate_chart import ControlChart, control_chart
from analysis.control_charts.phases import Phase
from charts.control_charts.control_panels import control_panels
from charts.control_charts.panel import TELLING, Event, Panel
from charts.kit.description.panels import Panels
from charts.kit.layout import Canvas
from reports.native.native_form import native_form
from tests.charts.made_results import HOSTILE
from words.language import message

MONTHS = [f"2026-{place:02d}" for place in range(1, 13)]
VALUES = [10.0, 12.0, 9.0, 11.0, 10.5, 30.0, 60.0, 62.0, 59.0, 61.0, 60.5, 59.5]
HIDDEN = message("Base too small.")


@pytest.fixture
def chart() -> ControlChart:
    points = [ChartPoint(month, value, 50.0, 60) for month, value in zip(MONTHS, VALUES, strict=True)]
    points[3] = ChartPoint(MONTHS[3], None, 0.0, 3, HIDDEN)
    return control_chart(points, "i", phases=[Phase("", MONTHS[0], MONTHS[4]), Phase("", MONTHS[6])])


def texts(figure: object) -> list[str]:
    return [str(note.text) for note in figure.layout.annotations]  # type: ignore[attr-defined]


def test_points_that_break_rules_are_marked_with_their_numbers_and_phases_parted(chart: ControlChart, on: Canvas) -> None:
    drawn = control_panels([Panel("", chart)], on, title="NPS", better="higher")
    marks = next(trace for trace in drawn.figure.data if trace.mode == "markers")
    large = [at for at, size in zip(marks.x, marks.marker.size, strict=True) if size > 6]
    assert large == [5]
    assert marks.marker.color[marks.x.index(5)] == on.colours.better
    assert "1" in texts(drawn.figure)
    assert [shape.x0 for shape in drawn.figure.layout.shapes] == [5.5]
    lows = [trace for trace in drawn.figure.data if trace.mode == "lines" and trace.line.dash == "dot"]
    assert all(len(trace.x) % 2 == 0 and trace.x[0] % 1 == 0.5 for trace in lows), "steps reach half a period to either side"


def test_what_is_good_colours_the_side_and_without_it_nothing_does(chart: ControlChart, on: Canvas) -> None:
    def colour(better: str | None) -> str:
        drawn = control_panels([Panel("", chart)], on, title="t", better=better)  # type: ignore[arg-type]
        marks = next(trace for trace in drawn.figure.data if trace.mode == "markers")
        return str(marks.marker.color[marks.x.index(5)])

    assert [colour("lower"), colour(None)] == [on.colours.worse, on.colours.ink]


def test_a_hidden_point_is_a_gap_with_its_reason(chart: ControlChart, on: Canvas) -> None:
    drawn = control_panels([Panel("", chart)], on, title="t")
    assert all(3 not in trace.x for trace in drawn.figure.data if trace.x is not None)
    assert "Base too small." in drawn.caption
    row = drawn.table.iloc[3]
    assert row["Why not"] == "Base too small."
    assert row[["Value", "Lower limit", "Centre line", "Upper limit", "Base"]].isna().all()


def test_letters_say_what_happened_in_caption_and_table(chart: ControlChart, on: Canvas) -> None:
    events = (Event(MONTHS[6], "2026-07-09", HOSTILE), Event(MONTHS[1], "2026-02-01", "new shifts"))
    drawn = control_panels([Panel("A", chart, events), Panel("B", chart, events[:1])], on, title="t")
    assert "a 2026-02-01 new shifts" in drawn.caption
    assert f"b 2026-07-09 {HOSTILE}" in drawn.caption
    assert texts(drawn.figure).count("<b>b</b>") == 2
    assert HOSTILE not in "".join(texts(drawn.figure)) + "".join(str(trace.hovertext) for trace in drawn.figure.data)
    assert drawn.table["What happened"].iloc[6] == HOSTILE
    assert list(drawn.table["Group"].unique()) == ["A", "B"]


def test_a_report_in_the_place_of_an_annotation_is_cut_in_the_caption(chart: ControlChart, on: Canvas) -> None:
    drawn = control_panels([Panel("A", chart, (Event(MONTHS[1], "2026-02-01", "割" * 5000),))], on, title="t")
    assert drawn.caption.count("割") == 199
    assert drawn.table["What happened"].iloc[1] == "割" * 5000


@pytest.mark.parametrize(("narrow", "columns"), [(False, 3), (True, 1)])
def test_small_charts_share_one_scale_and_stand_below_each_other_on_a_phone(
    chart: ControlChart, on: Canvas, columns: int, *, narrow: bool
) -> None:
    drawn = control_panels([Panel(name, chart) for name in "ABCD"], replace(on, narrow=narrow), title="t")
    layout = drawn.figure.layout
    axes = [layout[f"xaxis{number or ''}"] for number in ("", 2, 3, 4)]
    assert len({axis.domain[0] for axis in axes}) == columns
    assert len({layout[f"yaxis{number or ''}"].range for number in ("", 2, 3, 4)}) == 1
    assert len(drawn.table) == 4 * len(MONTHS)


def test_a_chart_without_limits_or_points_still_draws(on: Canvas) -> None:
    few = control_chart([ChartPoint("2026-01", 1.0), ChartPoint("2026-02", 2.0)], "i")
    drawn = control_panels([Panel("", few)], on, title="t")
    assert list(drawn.table["Value"]) == [1.0, 2.0]
    assert drawn.table["Centre line"].isna().all()
    empty = control_panels([], on, title="t")
    assert empty.table.empty


def test_an_office_program_gets_a_chart_for_each_group_with_phases_and_letters(chart: ControlChart, on: Canvas) -> None:
    events = (Event(MONTHS[6], "2026-07-09", HOSTILE), Event(MONTHS[1], "2026-02-01", "new shifts"))
    drawn = control_panels([Panel("A", chart, events), Panel("B", chart)], on, title="t")
    assert drawn.described is not None
    plans = native_form(drawn.described, on).plans
    assert [plan.values.title for plan in plans] == ["A", "B"]
    uprights = [
        (plan.data[each.across].values, each.labels.texts[1] if each.labels and each.labels.texts else "")
        for plan in plans for each in plan.series if len(set(plan.data[each.across].values)) == 1
    ]  # fmt: skip
    assert uprights == [((5.5, 5.5), ""), ((1, 1), "a"), ((6, 6), "b"), ((5.5, 5.5), "")]
    values = [column.values for column in plans[0].data if column.header == "Value"]
    assert [sum(value is not None for value in piece) for piece in values] == [5, 6], "cut where a phase begins, without the hidden month"


def test_of_very_many_charts_those_with_signals_and_those_looked_for_are_drawn(chart: ControlChart, on: Canvas) -> None:
    calm = control_chart([ChartPoint(month, 10.0 + place % 2, 50.0, 60) for place, month in enumerate(MONTHS)], "i")
    panels = [Panel(f"b{place:03d}", chart if place % 50 == 7 else calm) for place in range(350)]
    drawn = control_panels(panels, replace(on, found=("b123",)), title="t")
    assert drawn.described is not None
    assert isinstance(drawn.described.body, Panels)
    names = [lines.axis.name for lines in drawn.described.body.panels]
    assert len(names) == TELLING + 1
    assert {"b123", *(f"b{place:03d}" for place in range(7, 350, 50))} <= set(names)
    assert names == sorted(names)
    assert list(drawn.names) == [panel.name for panel in panels]
    assert len(drawn.table) == 350 * len(MONTHS)
