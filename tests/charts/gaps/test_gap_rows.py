"""The tornado of gaps: widest first, red where it falls short whichever its sign, nothing hidden in picture, table or words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.results.reasons import suppression_reason
from charts.gaps.gap_rows import SIDES, GapRow, gap_rows
from charts.kit.layout import Canvas, Chart
from tests.charts.made_results import HOSTILE, METHOD

HOW = Provenance(METHOD, Thresholds(confidence=0.9))


def _gap(code: str, value: float | None, verdict: str | None, short: bool | None) -> Gap:
    reason = suppression_reason(4.0, Thresholds()) if value is None else None
    ends = (None, None) if value is None else (value - 2, value + 2)
    gap = Estimate({}, code, value, 1.0 if value else None, *ends, 40, 38.0, verdict=verdict, p_adjusted=0.01, reason=reason)
    plus = Estimate({}, code, None if value is None else 60 + value, reason=reason)
    return Gap(gap, plus, Estimate({}, code, None if value is None else 60.0, reason=reason), short)


def _chart(on: Canvas, kind: GapKind, *gaps: Gap, names: str = "abcdefgh", change: Estimate | None = None) -> Chart:
    found = GapAnalysis(kind, gaps, Result(tuple(gap.gap for gap in gaps), HOW), on.schema)
    rows = [GapRow(name, gap, change) for name, gap in zip(names, gaps, strict=False)]
    return gap_rows(rows, on, found=found, title="Gaps", name_header="Service", before="Q1 2026")


def test_the_widest_is_on_top_and_a_shortfall_is_red_whichever_its_sign(on: Canvas) -> None:
    gaps = (_gap("x", -3.0, "lower", False), _gap("y", 12.0, "higher", True), _gap("z", 1.0, "unclear", False))
    chart = _chart(on, "understanding", *gaps)
    assert chart.table["Service"].tolist() == ["b", "a", "c"]
    assert chart.table["Gap"].tolist() == [12.0, -3.0, 1.0]
    assert chart.table["Verdict"].tolist() == ["falls short", "exceeds", "may be chance"]
    bars = next(trace for trace in chart.figure.data if trace.type == "bar")
    assert list(bars.marker.line.color) == [on.colours.worse, on.colours.better, on.colours.unclear]
    assert "above zero falls short" in chart.caption
    assert "90%" in chart.caption


def test_hidden_gaps_are_counted_and_in_nothing_else(on: Canvas) -> None:
    chart = _chart(on, "service", _gap("x", -3.0, "lower", True), _gap("y", None, None, None), names=("shown", "hidden"))  # type: ignore[arg-type]
    assert chart.table["Service"].tolist() == ["shown"]
    assert "hidden" not in chart.alt_text
    assert "1 not shown" in chart.caption
    assert _chart(on, "service", _gap("y", None, None, None)).alt_text == "Nothing to show."


def test_a_change_has_columns_of_its_own(on: Canvas) -> None:
    change = Estimate({}, "x", -1.5, 1.0, -3.5, 0.5, p_adjusted=0.13)
    table = _chart(on, "service", _gap("x", -3.0, "lower", True), change=change).table
    assert table["Change since Q1 2026"].tolist() == [-1.5]
    assert table["Change: adjusted p"].tolist() == [0.13]


@pytest.mark.parametrize("kind", SIDES)
def test_phone_and_chinese_have_the_same_figures_and_hostile_names_are_text(on: Canvas, kind: GapKind) -> None:
    gap = _gap("x", -3.0, "lower", True)
    wide = _chart(on, kind, gap)
    for canvas in (replace(on, narrow=True), replace(on, language="zh_CN")):
        small = _chart(canvas, kind, gap, names=(HOSTILE,))  # type: ignore[arg-type]
        assert small.table.iloc[0, 1] == wide.table.iloc[0, 1]
        assert "<script" not in small.figure.to_json().replace("\\u003c", "<")
