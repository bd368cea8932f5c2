"""Fuzzy evaluation and sample planner on screen: published scores, both languages, choices, hidden groups, downloads."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analysis.planner.sample_planner import Aim, plan_sample
from charts.kit.layout import Canvas
from charts.planner.planner_rows import planner_rows
from sample_data.make import COMMITTED
from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_workbook import check_file
from tests.analysis.planner.planner_cases import SCHEMA, made_tallies
from tests.pages.page_reader import frame, open_page, rows, turned_to, words
from tests.reports.exported import data_workbook

FUZZY, PLANNER = "explain/fuzzy/page.py", "explain/planner/page.py"


def by_first_cell(app: AppTest) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows(app)}


@pytest.fixture(scope="module")
def five_grade_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("five") / "data"
    store = Store(folder)
    schema = load_schema("telecom_five_grade")
    store.commit(check_file(COMMITTED / "five_grade_lines.xlsx", schema), schema, "test")
    store.close()
    return folder


@pytest.fixture
def five_grades(five_grade_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(five_grade_folder))

    return frame


def test_published_five_grade_scores_are_on_the_page(five_grades: Callable[..., AppTest]) -> None:
    app = turned_to(five_grades(lang="en"), FUZZY)
    assert "between “Basically satisfied” and “Satisfied”" in words(app)
    assert "grade score 68.2 (±" in words(app)
    lines = by_first_cell(app)
    assert "68.22" in lines["The overall evaluation"]
    assert lines["Corporate image"][0] == "0.25"
    assert "66.11" in lines["Corporate image"]
    for line, score in (("broadband", "67.6"), ("mobile_line", "68.8")):
        assert f"grade score {score}" in words(turned_to(five_grades(lang="en", business_line=line), FUZZY))


def test_operator_and_matrix_are_choices(five_grades: Callable[..., AppTest]) -> None:
    app = turned_to(five_grades(lang="en"), FUZZY)
    app.selectbox(key="fuzzy_node").set_value("C1").run()
    assert "Brand awareness" in by_first_cell(app)
    app.selectbox(key="fuzzy_operator").set_value("product_max").run()
    assert not app.exception
    assert "68.4" in words(app)
    assert "M(·,+) uses all of them" in words(app)


@pytest.mark.parametrize(("language", "grade", "plan"), [("en", "“Satisfied”", "For intervals of ±2.0 points"), ("zh", "", "")])
def test_both_pages_answer_in_both_languages(open_app: Callable[..., AppTest], language: str, grade: str, plan: str) -> None:
    fuzzy, planner = (turned_to(open_app(lang=language), page) for page in (FUZZY, PLANNER))
    for app, wanted in ((fuzzy, grade.strip("“”").lower()), (planner, plan)):
        assert any(part.value.startswith("## ") and len(part.value) > 8 for part in app.markdown)
        assert wanted in words(app).lower() or wanted in words(app)
        assert any(expander.label in ("How this was computed", "怎样算出来的") for expander in app.expander)
    assert len(fuzzy.get("plotly_chart")) == 2


def test_the_planner_plans_what_is_wished(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), PLANNER)
    table = by_first_cell(app)
    assert int(table["Lanzhou"][5].replace(",", "")) > 0
    before = [row[5] for row in table.values() if len(row) > 6]
    app.number_input(key="planner_size_half_width").set_value(1.0).run()
    after = [row[5] for row in by_first_cell(app).values() if len(row) > 6]
    assert before != after
    assert "±1.0 points" in words(app)
    app.selectbox(key="planner_wish").set_value("rest").run()
    app.selectbox(key="planner_power").set_value("0.9").run()
    assert "3.0 points from the rest in 90 % of cases" in words(app)
    app.selectbox(key="planner_wish").set_value("wave").run()
    assert "between two waves" in words(app)
    assert "population sheet" in words(app)
    assert not app.exception


def test_a_survey_without_branches_is_planned_as_a_whole(five_grades: Callable[..., AppTest]) -> None:
    app = turned_to(five_grades(lang="en"), PLANNER)
    assert "responses suffice and there are 639" in words(app)
    assert list(app.selectbox(key="planner_wish").options) == ["An interval of ± points", "A change between two waves"]


@pytest.mark.parametrize("page", [FUZZY, PLANNER])
def test_tiny_bases_hide_every_figure(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    shutil.copytree(filled_folder, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000000")
    app = open_page(page, lang="en")
    shown = [row for row in by_first_cell(app).values() if any(cell.replace(".", "").isdigit() and "." in cell for cell in row[2:])]
    assert shown == []


def test_the_plan_can_be_taken_along() -> None:
    on = Canvas(SCHEMA, "en")
    chart = planner_rows(plan_sample(made_tallies(), SCHEMA, Aim("half_width", 2)), on)
    sheet = openpyxl.load_workbook(io.BytesIO(data_workbook(chart, on))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(row for row in cells if "Responses needed" in row)
    assert {row[0] for row in cells} >= {"a", "b", "c"}
    needed = [row[header.index("Responses needed")] for row in cells[cells.index(header) + 1 :]]
    assert all(isinstance(value, int) for value in needed[:3])
