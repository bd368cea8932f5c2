"""Pictures of KPIs: what is drawn, on a phone too, and that names stay names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.kpis.monthly_values import KpiFigure
from analysis.kpis.objective_index import TwoIndices
from analysis.kpis.satisfaction_panel import Dot, PanelSlope, SatisfactionPanel
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart
from charts.kpis.kpi_grid import kpi_grid, kpi_terms
from charts.kpis.panel_slopes import panel_plot, panel_slopes
from charts.kpis.two_indices import two_indices
from survey_schema.operations import KpiDefinition
from survey_schema.schema_parts import LocalText
from tests.charts.made_results import HOSTILE
from words.language import message

MONTHS = [f"2026-{month:02d}" for month in range(1, 10)]


def _grid(on: Canvas) -> Chart:
    found = [
        KpiFigure("rate", "lanzhou", month, 90.0 + place, place % 2 == 0, 50.0, 1, int(place % 2 == 0))
        for place, month in enumerate(MONTHS)
    ]
    found += [
        KpiFigure("rate", "gannan", MONTHS[-1], 12345.6, None, None, 1, None),
        KpiFigure("rate", None, MONTHS[-1], 91.5, False, 0.0, 1, 0),
    ]
    return kpi_grid(
        found, MONTHS, on, column_of=lambda each: each.month, column_name=str, branches=["gannan", "lanzhou"], title="t",
        column_header="Month", keep_last=True,
    )  # fmt: skip


def test_a_cell_says_its_value_and_whether_the_target_is_met(on: Canvas) -> None:
    chart = _grid(on)
    texts = list(chart.figure.data[1].text)
    assert texts[9:18] == ["90 ✓", "91", "92 ✓", "93", "94 ✓", "95", "96 ✓", "97", "98 ✓"]
    assert (texts[8], texts[26]) == ("12,346", "91.5")
    colours = chart.figure.data[0].marker.color
    assert len({colours[8], colours[9], colours[10]}) == 3, "without a target, met, missed"
    assert chart.table["Value"].tolist() == [12345.6, *(90.0 + place for place in range(9)), 91.5]
    assert "<a " not in "".join([*chart.figure.data[0].hovertext, *chart.figure.layout.yaxis.ticktext])
    assert "5 meet the target" in chart.alt_text


def test_a_phone_has_the_last_months_and_says_so(on: Canvas) -> None:
    chart = _grid(replace(on, narrow=True))
    assert list(chart.figure.layout.xaxis.ticktext) == MONTHS[-4:]
    assert "The last 4 of 9 columns" in chart.caption
    assert len(chart.table) == 11


def test_direction_target_and_limit_are_said_with_the_unit(on: Canvas) -> None:
    named = LocalText(zh_CN="修障时长", en="Repair time")
    kpi = KpiDefinition(code="r", title=named, unit=LocalText(zh_CN="小时", en="hours"), direction="lower", target=12.5, limit=36)
    assert kpi_terms(kpi, on) == "Lower is better. Target 12.5 hours (100 points). Limit 36 hours (0 points)."
    assert kpi_terms(None, on) == kpi_terms(KpiDefinition(code="c", title=named), on) == ""


def _index(value: float | None, half: float | None = 2.0) -> Estimate:
    if value is None:
        return Estimate({}, "x", None, n=4, n_eff=4.0, reason=message("hidden"))
    low, high = (None, None) if half is None else (value - half, value + half)
    return Estimate({}, "x", value, low=low, high=high, n=12, n_eff=12.0)


PAIRS = (
    TwoIndices("dingxi", _index(85), _index(79), -5.0, 5.0, "better by customers"),
    TwoIndices("gannan", _index(95), _index(69), 5.0, -5.0, "better by KPIs"),
    TwoIndices("jinchang", _index(80), _index(None), None, None, None),
    TwoIndices("lanzhou", _index(90, None), _index(74), 0.0, 0.0, None),
)


@pytest.mark.parametrize("narrow", [False, True])
def test_two_indices_stand_by_their_disagreement_with_moved_intervals(narrow: bool, on: Canvas) -> None:
    chart = two_indices(PAIRS, replace(on, narrow=narrow), title="t", confidence="95")
    marks = [trace for trace in chart.figure.data if trace.type == "scatter" and trace.mode == "markers"]
    assert [list(trace.x) for trace in marks] == [[5, 0, -5], [-5, 0, 5]]
    by_kpis, by_customers = chart.described.body.series  # type: ignore[union-attr]
    assert [(each.low, each.high) for each in by_kpis.cells] == [(3, 7), (None, None), (-7, -3)], "one has no interval by KPIs"
    assert [(each.low, each.high) for each in by_customers.cells] == [(-7, -3), (-2, 2), (3, 7)]
    assert "Without both indices: Jinchang." in chart.caption
    assert ("Beyond both intervals" in chart.caption) == narrow
    assert chart.table["Verdict"].tolist() == ["better by customers", "better by KPIs", "", ""]
    assert chart.table["Why not"].tolist()[2] == "hidden"
    assert "<a " not in "".join(str(trace.hovertext) for trace in marks)


def _panel() -> SatisfactionPanel:
    real = Estimate({}, "slope", 0.5, 0.1, 0.3, 0.7, 40, 40.0, p=0.001, p_adjusted=0.002, verdict="higher", marked=True)
    none = Estimate({}, "slope", None, reason=message("too few periods"))
    dots = (Dot("gannan", "2026Q1", -1.0, -0.5), Dot("lanzhou", "2026Q1", 1.0, 0.5))
    return SatisfactionPanel("rate", False, (PanelSlope(0, real, 5, 2.0, dots), PanelSlope(1, none, 2, None, ())), message("m"))


def test_slopes_are_drawn_per_usual_move_and_missing_lags_have_their_reason(on: Canvas) -> None:
    chart = panel_slopes(_panel(), on, title="t", confidence="95")
    assert chart.table["Points per usual move"].tolist() == [1.0]
    assert chart.table[["Lower end", "Upper end"]].values.tolist() == [[0.6, 1.4]]
    assert "too few periods" in chart.caption
    assert "fewer than ten branches" in chart.caption
    assert "same months +1.00 ±0.40" in chart.alt_text


def test_the_line_goes_through_the_dots_with_the_slope(on: Canvas) -> None:
    chart = panel_plot(_panel().slopes[0], on, kpi=HOSTILE, indicator=HOSTILE)
    line, dots = chart.figure.data
    assert (line.y[1] - line.y[0]) / (line.x[1] - line.x[0]) == pytest.approx(0.5)
    assert list(dots.x) == [-1, 1]
    shown = [*dots.hovertext, chart.figure.layout.xaxis.title.text, chart.figure.layout.annotations[0].text]
    assert "<a " not in "".join(shown)
