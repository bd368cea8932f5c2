"""Service gaps on screen: what falls short, in both languages, and which sheets are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import frame, turned_to, words
from tests.stores import gap_store

PAGE = "explain/gaps/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gaps") / "data"
    gap_store.fill(made)
    return made


def test_the_answer_the_weak_spots_and_every_gap_in_both_languages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    app = turned_to(frame(lang="en"), PAGE)
    told = words(app)
    assert "7 of 22 services fall short of what customers expect, most of all :red[Service at the promised time: −27." in told
    assert "came yet" not in told, "no sheet is missing"
    app.button_group(key="gaps_view").set_value("five").run()
    assert "Service at the promised time: perceived 44.5, expected 71.8" in words(app)
    picked = app.selectbox(key="gap_kind")
    assert picked.options == ["Gap 5 (service)", "Gap 4 (communication)", "Gap 3 (delivery)", "Gap 2 (standards)", "Gap 1 (understanding)"]
    for kind, sentence in (("communication", "修障: promised are 24.0 hours"), ("understanding", "staff believe 43.1")):
        app.selectbox(key="gap_kind").set_value(kind).run()
        assert not app.exception
        assert sentence in words(app)
    chinese = words(turned_to(frame(lang="zh_CN"), PAGE))
    assert "22 项服务中有 7 项低于客户期望" in chinese


def test_missing_sheets_are_named_and_their_template_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gap_store.fill(tmp_path / "data", "员工问卷", "投诉工单")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    told = words(app)
    assert all(f"No sheet “{sheet}” came yet." in told for sheet in ("Staff questionnaire", "Complaints"))
    assert "No sheet “Standards” came yet." not in told
    assert [button.label for button in app.get("download_button")].count("Blank workbook for this survey") == 1


def test_a_survey_that_asks_no_expectations_says_what_it_lacks(open_app: Callable[..., AppTest]) -> None:
    told = words(turned_to(open_app(lang="en"), PAGE))
    assert "None of the gaps can be told yet." in told
    assert "Customers were not asked what they expect" in told
