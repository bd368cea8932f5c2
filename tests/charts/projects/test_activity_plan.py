"""The activity plan says how each activity stands, and its lines of time are readable at every width."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from analysis.measures.planned_activity import PlannedActivity
from charts.kit.description.schedule import Schedule
from charts.kit.layout import Canvas
from charts.projects.activity_plan import activity_plan
from survey_schema.loading import load_schema

SCHEMA = load_schema("telecom_csi")
TODAY = date(2010, 7, 15)


def day(number: int) -> date:
    return date(2010, 7, number)


@pytest.mark.parametrize(
    ("days", "state", "late"),
    [
        ((day(1), day(9), day(1), day(9)), "done", 0),
        ((day(1), day(9), day(2), day(12)), "done_late", 3),
        ((day(1), day(20), day(2), None), "running", 0),
        ((day(1), day(9), day(2), None), "overdue", 6),
        ((day(1), day(9), None, None), "overdue", 6),
        ((day(1), day(20), None, None), "due", 0),
        ((day(15), day(20), None, None), "planned", 0),
        ((None, None, None, None), "none", 0),
        ((None, None, day(3), None), "running", 0),
        ((None, None, day(3), day(4)), "done", 0),
    ],
)
def test_every_activity_stands_somewhere(days: tuple[date | None, ...], state: str, late: int) -> None:
    activity = PlannedActivity("x", *days)
    assert (activity.state(TODAY), activity.days_late(TODAY)) == (state, late)


def test_what_goes_on_is_drawn_up_to_today_and_red_when_overdue() -> None:
    rows = [PlannedActivity("a", day(1), day(9), day(2)), PlannedActivity("b", day(1), day(20), day(5)), PlannedActivity("c")]
    chart = activity_plan(rows, Canvas(SCHEMA, "en", width=900), today=TODAY)
    assert chart.described is not None
    body = chart.described.body
    assert isinstance(body, Schedule)
    first, second, third = body.tasks
    assert first.actual is not None
    assert (first.actual.last, first.late, second.late) == (TODAY, True, False)
    assert (third.planned, third.actual) == (None, None)
    assert list(chart.table["Days late"]) == [6, 0, 0]
    assert "1 overdue" in chart.alt_text


@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize("length", [1, 20, 200, 900, 4000])
def test_labels_of_time_do_not_touch(width: int, length: int) -> None:
    rows = [PlannedActivity("设定目标", TODAY, TODAY + timedelta(days=length - 1))]
    on = Canvas(SCHEMA, "zh_CN", narrow=width < 480, width=width)
    figure = activity_plan(rows, on, today=TODAY - timedelta(days=1)).figure
    margin, (low, high) = figure.layout.margin, figure.layout.xaxis.range
    unit = (width - margin.l - margin.r) / (high - low)
    at = [each.x for each in figure.layout.annotations if each.x is not None and each.x > 1]
    assert all((later - earlier) * unit >= 44 for earlier, later in pairwise(at))
    assert len(at) <= 30


def test_today_is_marked_where_it_lies_in_the_plan_only() -> None:
    rows = [PlannedActivity("a", day(1), day(20))]
    for today, marked in ((day(10), True), (date(2012, 1, 1), False)):
        figure = activity_plan(rows, Canvas(SCHEMA, "en", width=900), today=today).figure
        assert any("today" in each.text for each in figure.layout.annotations) == marked


def test_a_plan_without_days_is_drawn_empty() -> None:
    figure = activity_plan([PlannedActivity("a")], Canvas(SCHEMA, "en", width=900), today=TODAY).figure
    assert not figure.data
