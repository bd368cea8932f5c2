"""The matrix of competitors: order, colours, words, and what is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.compare.compare_competitors import Duel, Duels
from analysis.results.estimates import Estimate
from charts.compare.rival_matrix import rival_matrix
from charts.kit.description.grid import Grid
from charts.kit.layout import Canvas
from reports.native.heat_table import heat_table
from tests.charts.made_results import HIDDEN_VALUE, HOW, estimate


def _duel(code: str, gap: Estimate, operator: str | None = "other") -> Duel:
    side = estimate(70.0 if gap.value is not None else HIDDEN_VALUE, code=code)
    return Duel(side, side, gap._replace(code=code, keys={"brand": None, "operator": operator}))


@pytest.fixture
def found() -> Duels:
    duels = (
        _duel("CSI", estimate(0.2, verdict="unclear", p_adjusted=0.7)),
        _duel("D1", estimate(1.5, verdict="higher", p_adjusted=0.01)),
        _duel("D2", estimate(None)),
        _duel("C11", estimate(6.0, verdict="higher", p_adjusted=0.001)),
        _duel("C12", estimate(9.0, verdict="unclear", p_adjusted=0.2)),
        _duel("C21", estimate(-2.5, verdict="lower", p_adjusted=0.02)),
    )
    return Duels(duels, (), None, {}, HOW)


def body(found: Duels, on: Canvas) -> Grid:
    shown = rival_matrix(found, on).described
    assert shown is not None
    assert isinstance(shown.body, Grid)
    return shown.body


def test_the_index_and_dimensions_come_first_then_lags_leads_and_what_is_not_clear(found: Duels, on: Canvas) -> None:
    grid = body(found, on)
    assert grid.rows == ("Satisfaction index", "Service quality", "Customer value", "Tariff", "Coverage", "Integrity")
    assert [column.name for column in grid.columns] == ["Competitor"]
    fills = [cell.fill.hue if cell.fill else None for cell in grid.columns[0].cells]
    assert fills == ["unclear", "better", None, "worse", "better", "unclear"]


def test_cells_have_gap_interval_and_verdict_and_a_sign_where_there_is_little_room(found: Duels, on: Canvas) -> None:
    cells = body(found, on).columns[0].cells
    assert cells[3].texts == ("−2.5 ±1.0 we trail",)
    assert cells[3].short == "▼−2.5 ±1.0"
    assert cells[5].short == "+9.0 ±1.0"


def test_a_hidden_gap_is_nowhere(found: Duels, on: Canvas) -> None:
    chart = rival_matrix(found, on)
    assert "1 not shown" in chart.caption
    assert chart.table["Difference"].tolist() == [0.2, 1.5, -2.5, 6.0, 9.0]
    for text in (chart.figure.to_json(), chart.table.to_csv(), chart.alt_text):
        assert "12.3" not in text


def test_the_composite_is_the_last_column_and_office_gets_a_table_that_can_be_edited(found: Duels, on: Canvas) -> None:
    grid = body(replace(found, composite=(_duel("CSI", estimate(3.0, verdict="higher"), None),)), on)
    assert [column.name for column in grid.columns] == ["Competitor", "the competition, by customers"]
    table = heat_table(grid, on)
    assert table.rows[0] == ("Satisfaction index", "+0.2 ±1.0 may be chance", "+3.0 ±1.0 we lead")
    assert [cell.texts for cell in grid.columns[1].cells[1:]] == [("–",)] * 5


def test_an_interval_that_was_widened_for_many_comparisons_is_the_one_shown_and_said(found: Duels, on: Canvas) -> None:
    assert "widened" not in rival_matrix(found, on).caption
    wider = estimate(0.4, verdict="small", p_adjusted=0.01)._replace(low_adjusted=0.1, high_adjusted=0.7, low=0.2, high=0.6)
    shown = replace(found, duels=(_duel("CSI", wider), *found.duels[1:]))
    assert "widened for the number of comparisons" in rival_matrix(shown, on).caption
    assert body(shown, on).columns[0].cells[0].texts == ("+0.4 ±0.3 certain but small",)
