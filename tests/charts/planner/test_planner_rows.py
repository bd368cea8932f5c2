"""The plan of a wave as rows: the least precise group first, what is wished for as a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.planner.sample_planner import Aim, GroupPlan, Plan
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas
from charts.planner.planner_rows import planner_rows
from tests.charts.made_results import METHOD, estimate
from words.language import message


def _group(branch: str, width: float | None, needed: int | None, **more: object) -> GroupPlan:
    now = more.pop("now", estimate(75.0, branch=branch, n=100))
    keys: Mapping[str, str | None] = {"branch": branch}
    missing = None if needed is None else max(needed - now.n, 0)
    plan = GroupPlan(keys, now, None, 20.0, 1.1, width, 5.0, 6.0, needed, missing)
    return replace(plan, **more)


def _plan(*groups: GroupPlan) -> Plan:
    return Plan("CSI", "branch", Aim("half_width", 2.0), groups, Provenance(METHOD, Thresholds(marked_below=30)))


def test_the_least_precise_comes_first_and_the_wish_is_a_line(on: Canvas) -> None:
    hidden = _group("jinchang", None, 300, borrowed=True, now=estimate(None, branch="jinchang"), deviation=None, detectable_rest=None)
    chart = planner_rows(_plan(_group("lanzhou", 1.5, 60), _group("gannan", 4.0, 400), hidden), on)
    assert chart.table["Responses needed"].tolist() == [400, 60, 300, 760]
    assert chart.table["More responses"].tolist() == [300, 0, 294, 594]
    assert chart.table["Half-width now"].tolist()[:2] == [4.0, 1.5]
    assert chart.table["Half-width now"].isna().tolist() == [False, False, True, True]
    (bars,) = chart.figure.data
    assert list(bars.x) == [4.0, 1.5]
    assert bars.marker.color[0] != bars.marker.color[1]
    assert any(shape.x0 == 2.0 == shape.x1 for shape in chart.figure.layout.shapes)
    assert "More responses are needed for: <a" in chart.alt_text
    assert "<a " not in "".join(bars.hovertext)
    assert "variance of the other groups" in chart.caption
    assert "answers" in chart.table["Note"].iloc[2]
    assert "small base, however" not in chart.caption


def test_a_small_plan_and_an_impossible_one_are_said(on: Canvas) -> None:
    never = _group("dingxi", 3.0, None, reason=message("No number of responses here suffices."))
    chart = planner_rows(_plan(_group("lanzhou", 1.5, 12), never), on)
    assert "Below an effective base of 30" in chart.caption
    assert "suffices" in chart.table["Note"].iloc[0]
    assert any("—" in annotation.text for annotation in chart.figure.layout.annotations)
