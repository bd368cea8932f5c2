from __future__ import annotations

from dataclasses import replace

from analysis.fuzzy.fuzzy_evaluation import FuzzyNode
from analysis.results.estimates import Estimate
from charts.fuzzy.membership_bars import MembershipRow, membership_bars
from charts.kit.layout import Canvas
from tests.charts.made_results import HOSTILE, estimate


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
