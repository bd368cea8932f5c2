from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.fuzzy.fuzzy_evaluation import FuzzyNode
from analysis.planner.sample_planner import Aim, GroupPlan, Plan
from analysis.results.estimates import Estimate
from charts.fuzzy.membership_bars import MembershipRow, membership_bars
from charts.kit.layout import Canvas
from charts.planner.planner_rows import planner_rows
from tests.charts.made_results import HOSTILE, METHOD, estimate
from words.language import message


def _node(*shares: float, grade: int, tie: int | None = None, score: float = 70.0) -> FuzzyNode:
    memberships = tuple(Estimate({"grade": str(5 - place)}, "D1", share) for place, share in enumerate(shares))
    return FuzzyNode({}, "D1", memberships, estimate(score, 0.5, code="D1"), grade, tie)


HIDDEN = FuzzyNode({}, "D2", (), estimate(None, code="D2"))


def test_bars_add_up_worst_grade_left_and_the_table_is_the_matrix(on: Canvas) -> None:
    rows = [
        MembershipRow("Service quality", _node(0.1, 0.4, 0.38, 0.1, 0.02, grade=1, tie=2), 0.6),
        MembershipRow(HOSTILE, _node(0.0, 0.1, 0.2, 0.3, 0.4, grade=4), 0.4),
        MembershipRow("Hidden", HIDDEN),
    ]
    chart = membership_bars(rows, on, title="Memberships", name_header="Indicator")
    assert [round(sum(trace.x[row] for trace in chart.figure.data), 9) for row in (0, 1)] == [1.0, 1.0]
    assert list(chart.figure.data[0].x) == [0.02, 0.4]
    assert "satisfied ≈ basically satisfied" in chart.alt_text
    assert "within 0.05" in chart.caption
    assert "1 not shown" in chart.caption
    assert "<a " not in "".join(text for trace in chart.figure.data for text in trace.hovertext)
    row = chart.table.iloc[0]
    assert [row[name] for name in ("very satisfied", "satisfied", "basically satisfied")] == [0.1, 0.4, 0.38]
    assert (row["Indicator weight"], row["Grade score"], row["Grade reached"]) == (0.6, 70.0, "satisfied ≈ basically satisfied")
    assert "Hidden" not in chart.table.to_csv()


def test_nothing_to_show(on: Canvas) -> None:
    assert membership_bars([MembershipRow("Hidden", HIDDEN)], on, title="t", name_header="n").alt_text == "Nothing to show."


def test_phone_and_chinese_have_the_same_figures(on: Canvas) -> None:
    rows = [MembershipRow("Service quality", _node(0.1, 0.4, 0.38, 0.1, 0.02, grade=1))]
    wide = membership_bars(rows, on, title="t", name_header="n")
    small = membership_bars(rows, replace(on, narrow=True, language="zh_CN"), title="t", name_header="n")
    assert [list(trace.x) for trace in small.figure.data] == [list(trace.x) for trace in wide.figure.data]


def _group(branch: str, width: float | None, needed: int | None, **more: object) -> GroupPlan:
    now = more.pop("now", estimate(75.0, branch=branch, n=100))
    keys: Mapping[str, str | None] = {"branch": branch}
    missing = None if needed is None else max(needed - now.n, 0)
    plan = GroupPlan(keys, now, None, 20.0, 1.1, width, 5.0, 6.0, needed, missing)
    return replace(plan, **more)


def _plan(*groups: GroupPlan) -> Plan:
    return Plan("CSI", "branch", Aim("half_width", 2.0), groups, METHOD, {"marked_below": 30})


def test_the_least_precise_comes_first_and_the_wish_is_a_line(on: Canvas) -> None:
    hidden = _group("jinchang", None, 300, borrowed=True, now=estimate(None, branch="jinchang"), deviation=None, detectable_rest=None)
    chart = planner_rows(_plan(_group("lanzhou", 1.5, 60), _group("gannan", 4.0, 400), hidden), on)
    assert chart.table["Responses needed"].tolist() == [400, 60, 300]
    assert chart.table["Responses more"].tolist() == [300, 0, 294]
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
