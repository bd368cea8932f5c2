"""The page about complaints: what it says with and without customers, in both languages, and what brings the missing sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import frame, turned_to, words
from tests.stores import complaint_store

PAGE = "explain/complaints/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("complaints") / "data"
    complaint_store.fill(made)
    return made


def test_rates_promises_and_causes_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    app = turned_to(frame(lang="en"), PAGE)
    told = words(app)
    assert "240 complaints (2026-04 to 2026-05), in all 2.40 per 10,000 customers" in told
    assert "more than the rest: Lanzhou" in told
    assert len(app.get("plotly_chart")) == 2, "months, branches"
    app.session_state["complaints_view"] = "handling"
    assert "promised at most 48" in words(app.run())
    assert len(app.get("plotly_chart")) == 2, "handling, promises"
    app.session_state["complaints_view"] = "within"
    assert len(app.run().get("plotly_chart")) == 1
    assert len(app.selectbox(key="pareto_within").options) == 2
    app.session_state["complaints_view"] = "causes"
    assert "80.0 % come from 费用争议, 无信号" in words(app.run())
    app.selectbox(key="complaint_period").set_value("2026-05").run()
    assert "120 complaints" in words(app)
    app.selectbox(key="pareto_before").set_value("2026-04").run()
    assert "120 cases before, 120 after" in words(app)
    assert len(app.get("plotly_chart")) == 2
    assert not app.exception


def test_one_month_without_customers_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint_store.fill(tmp_path / "data", ((2026, 5),), customers=False)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="zh_CN"), PAGE)
    assert "只有件数没有投诉率" in words(app)
    assert len(app.get("plotly_chart")) == 1, "no months"


def test_the_missing_sheet_is_named_and_offered(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), PAGE)
    assert "No sheet “Complaints” came yet." in words(app)
    assert app.get("download_button")
