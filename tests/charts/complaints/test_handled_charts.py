"""Charts of what became of tickets: handling, promised times, the unhappy; and of Pareto charts before and after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.complaints.handling import PromiseKept
from analysis.complaints.silent_unhappy import silent_unhappy
from analysis.complaints.ticket_sums import Promise
from analysis.pareto.before_and_after import compare_paretos
from analysis.pareto.cells import Cell
from analysis.pareto.estimate_pareto import pareto
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from charts.complaints.handling_rows import handling_rows
from charts.complaints.promise_rows import promise_rows
from charts.complaints.silent_rows import silent_rows
from charts.kit.layout import Canvas
from charts.pareto.before_after_bars import before_after_bars
from tests.charts.made_results import HOSTILE, METHOD

HOW = Provenance(METHOD, Thresholds(confidence=0.9))


def estimate(code: str, value: float | None, *ends: float, n: int = 100) -> Estimate:
    low, high = ends or (None, None)
    return Estimate({}, code, value, low=low, high=high, n=n, n_eff=float(n))


def test_a_promise_has_a_mean_and_a_maximum(on: Canvas) -> None:
    """Published limits: repair on average within 24 hours and at most 48, reconnection within 1 and at most 24."""
    kept = [
        PromiseKept(
            Promise(HOSTILE, 24, 48, {}), {}, 90, estimate("r", 20.0, 18.0, 22.0), 51.5, estimate("w", 97.0, 95.0, 98.0), 3, 1, True, False
        ),
        PromiseKept(Promise("x", 1, None, {}), {}, 9, estimate("x", None), None, estimate("x", None), 9, 0, None, None),
    ]  # fmt: skip
    chart = promise_rows(kept, on, how=HOW)
    table = chart.table.iloc[0].tolist()
    assert [value for value in table[1:] if value is not None] == [20.0, 18.0, 22.0, 24, 51.5, 48, 97.0, 95.0, 98.0, 90, 3, 1]
    assert "90%" in chart.caption
    assert "<a " not in str(chart.figure.to_dict())
    narrow = promise_rows(kept, replace(on, narrow=True, language="zh_CN"), how=HOW)
    assert narrow.table.iloc[0].tolist()[1:4] == [20.0, 18.0, 22.0]


def test_the_rule_stands_beside_the_survey(on: Canvas) -> None:
    found = silent_unhappy(100, 50_000, estimate("dissatisfied", 0.08, 0.06, 0.1), ratio=25)
    chart = silent_rows(found, on, how=HOW)
    assert chart.table.iloc[:, 1].tolist() == pytest.approx([2_500, found.by_survey.value])
    assert chart.table.iloc[1, 2:4].tolist() == pytest.approx([found.by_survey.low, found.by_survey.high])


def test_hand_overs_have_no_place_on_the_scale_of_shares(on: Canvas) -> None:
    rows = (estimate("first_contact", 60.0, 55.0, 65.0), estimate("escalated", None), estimate("hand_overs", 1.5, 1.2, 1.8))
    chart = handling_rows(Result(rows, HOW), on)
    assert chart.table.iloc[:, 1].tolist() == [60.0, 1.5]
    drawn = [x for trace in chart.figure.data if trace.type == "scatter" for x in trace.x]
    assert drawn == [60.0]


def test_before_and_after_stand_side_by_side_a_month(on: Canvas) -> None:
    def chart_of(**counts: float):  # type: ignore[no-untyped-def]
        return pareto([Cell({"cause": name}, count) for name, count in counts.items()], "cause")

    pair = compare_paretos(chart_of(a=90, b=30), chart_of(a=30, b=33), 3, 1)
    chart = before_after_bars(
        pair, on, title="t", name=lambda cause: HOSTILE if cause == "a" else str(cause), name_header="Cause", periods=("Q1", "April"),
        months=(3, 1),
    )  # fmt: skip
    assert chart.table["Before, a month"].tolist() == [30, 10]
    assert chart.table["After, a month"].tolist() == [30, 33]
    assert chart.table["Change"].tolist() == ["may be chance", "more frequent"]
    assert "120 cases before (Q1), 63 cases after (April)" in chart.caption
    assert "<a " not in str(chart.figure.to_dict())
