"""KPIs on screen: where KPIs and customers disagree, both languages, a branch, a KPI without a target, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import kpi_store

PAGE = "explain/kpis/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kpis") / "data"
    kpi_store.fill(made)
    return made


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return frame


def test_the_page_names_where_kpis_and_customers_disagree(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en")
    app.session_state["kpi_period"] = "all"
    turned_to(app, PAGE)
    assert "Are targets met, and do customers say the same?" in words(app)
    assert "Better by KPIs than by their customers: Tianshui" in words(app)
    assert "missed 84 of 108" in words(app)
    assert len(app.get("plotly_chart")) == 1
    verdicts = {row[0]: row[10] for row in rows(app) if len(row) == 12}
    assert (verdicts["Tianshui"], verdicts["Jiuquan"]) == ("better by KPIs", "better by customers")
    for view, charts in {"means": 1, "months": 1, "moves": 2}.items():
        app.session_state["kpis_view"] = view
        assert len(app.run().get("plotly_chart")) == charts, view
    assert "one month later" in words(app)


def test_it_answers_in_chinese(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="zh", view="moves"), PAGE)
    assert "指标达标了吗，客户也这样看吗？" in words(app)
    assert "接通率与满意度" in words(app)


def test_a_branch_narrows_and_one_without_kpis_says_so(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en", branch="tianshui", view="means"), PAGE)
    assert {row[0] for row in rows(app) if len(row) == 7} == {"Tianshui"}


def test_a_kpi_of_all_branches_together_has_no_slope(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en", view="moves")
    app.session_state["kpi_code"] = "calls"
    turned_to(app, PAGE)
    assert "a slope within branches needs 3" in words(app)
    assert "three branches or more bring it" in words(app)


def test_a_missing_sheet_is_named_and_its_template_offered(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), PAGE)
    assert "No sheet “KPIs” came yet." in words(app)
    assert [button.label for button in app.get("download_button") if button.key.startswith("template_")] == [
        "Blank workbook for this survey"
    ]
