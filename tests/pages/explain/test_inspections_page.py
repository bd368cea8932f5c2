"""Inspections on screen: the hall that loses points, both languages, one visit, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from storage.store import Store
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import inspected_store
from tests.stores.kind_sheets import check_sheets, inspections

PAGE = "explain/inspections/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("inspected") / "data"
    inspected_store.fill(made)
    return made


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return frame


def test_the_page_names_the_hall_and_what_it_loses_again(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en"), PAGE)
    assert "Where do halls lose points?" in words(app)
    assert "Most is lost at 东岗厅: 15.5 of 200 points" in words(app), "the months of the chosen wave"
    assert len(app.get("plotly_chart")) == 1, "places"
    for view, charts in {"items": 2, "again": 1, "beside": 1}.items():
        app.session_state["inspections_view"] = view
        assert len(app.run().get("plotly_chart")) == charts, view
    app.session_state["inspections_view"] = "places"
    app.run()
    app.selectbox(key="inspection_period").set_value("all").run()
    assert "Most is lost at 东岗厅: 24.5 of 300 points" in words(app)
    assert ["东岗厅", "24.50", "300.00"] in [[row[0], row[4], row[5]] for row in rows(app) if len(row) > 5]


def test_it_answers_in_chinese(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="zh"), PAGE)
    assert "营业厅在哪里失分？" in words(app)
    assert "失分最多的是东岗厅" in words(app)


def test_a_branch_narrows_and_one_that_was_not_inspected_says_so(opened: Callable[..., AppTest]) -> None:
    assert "东岗厅" not in words(turned_to(opened(lang="en", branch="tianshui"), PAGE))
    app = turned_to(opened(lang="en", branch="wuwei"), PAGE)
    assert "Choose another branch or other months." in words(app)
    assert not app.get("plotly_chart")


def test_a_missing_sheet_is_named_and_its_template_offered(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), PAGE)
    assert "No sheet “Inspections” came yet." in words(app)
    assert [button.label for button in app.get("download_button") if button.key.startswith("template_")] == [
        "Blank workbook for this survey"
    ]


def test_one_visit_is_shown_without_an_interval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inspected = Store(tmp_path / "data")
    schema = load_schema("telecom_csi")
    people: list[list[object]] = [
        ["期次", "分公司", *(item.code for item in schema.items)], *(["2026Q2", "兰州", *[8] * len(schema.items)] for _ in range(40))
    ]  # fmt: skip
    inspected.commit(check_sheets({"数据": people, "暗访检查": inspections()}), schema, "test")
    inspected.close()
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "scored 89.5 of 100 points" in words(app)
    assert ["服务设施", "38.10", "—", "—"] in [row[:4] for row in rows(app)]
