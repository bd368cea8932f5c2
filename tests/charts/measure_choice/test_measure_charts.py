"""The charts of a choice of measures: chosen ones first, the set as a total, limits in words, amounts in the unit of the language."""

from __future__ import annotations

import pytest

from analysis.measure_choice.choose import MeasureChoice, choose_measures
from analysis.measure_choice.programme import Requirements
from charts.kit.layout import Canvas
from charts.measure_choice.hinge_rows import hinge_rows
from charts.measure_choice.measure_rows import measure_rows
from charts.measure_choice.points_against_cost import points_against_cost
from survey_schema.loading import load_schema
from survey_schema.measure_candidates import Candidate
from tests.analysis.measure_choice.measure_cases import effects_of
from words.language import Language

SCHEMA = load_schema("telecom_csi")
MEASURES = (
    Candidate("cheap", "P1", 10, 0.2, 20_000), Candidate("dear", "P2", 10, 0.5, 300_000), Candidate("useless", "P3", 5, 0.5, 50_000),
)  # fmt: skip


@pytest.fixture(scope="module")
def choice() -> MeasureChoice:
    return choose_measures(MEASURES, effects_of([0.2, 0.3, -0.1], [50, 50, 50]), Requirements(350_000.0), 50)


def test_chosen_measures_come_first_and_the_set_stands_below_them(choice: MeasureChoice) -> None:
    chart = measure_rows(choice, Canvas(SCHEMA, "en"))
    assert chart.table["Measure to choose"].tolist() == ["dear", "cheap", "useless"]
    assert chart.table["Expected points"].tolist() == pytest.approx([1.5, 0.4, -0.25])
    assert chart.described is not None
    assert [row.kind for row in chart.described.body.rows] == ["row", "row", "total", "row"]
    assert "dear" in chart.alt_text


def test_limits_are_told_in_words_where_there_are_none(choice: MeasureChoice) -> None:
    chart = hinge_rows(choice, Canvas(SCHEMA, "en"))
    assert chart.described is not None
    columns = {column.header: column.cells for column in chart.described.body.columns}
    assert columns["Chosen up to this cost of a unit"] == ("¥50,000 (now ¥20,000)", "¥350,000 (now ¥300,000)", "not for nothing")
    assert columns["Chosen from this shift on"][2] == "by none"


@pytest.mark.parametrize(("language", "named", "cost"), [("zh_CN", "费用（万元）", 30.0), ("en", "Cost, thousand yuan", 300.0)])
def test_amounts_are_counted_as_the_language_does(choice: MeasureChoice, language: Language, named: str, cost: float) -> None:
    described = points_against_cost(choice, Canvas(SCHEMA, language)).described
    assert described is not None
    assert described.body.x.name == named
    assert described.body.spots[0].x.value == cost
