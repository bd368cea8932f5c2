"""Control charts on screen: the signal named in both languages, small charts, the way from other pages, annotations added and undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from storage.store import Store
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import monthly_store

PAGE = "measure/control_charts/page.py"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("monthly") / "data"
    monthly_store.fill(made)
    return made


@pytest.fixture
def opened(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(filled))
    return frame


def test_the_page_names_the_signal_and_marks_it(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en"), PAGE)
    assert "Is it a signal, or chance?" in words(app)
    assert "2026-06: Rule 1" in words(app)
    assert "资费调整" in words(app)
    assert ["2026-06", "1"] in [[row[0], row[5]] for row in rows(app) if len(row) > 5]


def test_it_answers_in_chinese_branch_by_branch(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="zh")
    app.session_state["spc_by_False"] = "branch"
    app = turned_to(app, PAGE)
    assert "是异常信号，还是偶然波动？" in words(app)
    assert "3 张图中有 1 张出现异常信号" in words(app)
    assert "兰州，2026年6月：准则1" in words(app)


def test_trends_lead_to_the_chart_of_the_same_indicator(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en")
    app.session_state["trend_code"] = "C1"
    app = turned_to(app, "measure/trends/page.py")
    app.button(key="signal_trend").click().run()
    assert app.selectbox(key="spc_of").value == "index"
    assert app.selectbox(key="spc_code_index").value == "C1"


def test_complaints_stand_on_a_u_chart(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en"), "explain/complaints/page.py")
    assert "Laney u′ chart" in words(app)
    assert "2026-03: Rule 1" in words(app)


def test_a_missing_sheet_is_named(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en")
    app.session_state["spc_of"] = "complaints"
    app = turned_to(app, PAGE)
    assert "No sheet “Complaints” came yet." in words(app)


def test_one_wave_is_too_few_and_says_how_many_are_needed(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en", wave="2025-01")
    app.session_state["spc_of"] = "index"
    app = turned_to(app, PAGE)
    assert "control limits need at least 3" in words(app)


def test_what_is_charted_first_has_enough_periods_for_limits(opened: Callable[..., AppTest]) -> None:
    assert turned_to(opened(lang="en", wave="2025-01"), PAGE).selectbox(key="spc_of").value == "complaints"


def test_an_annotation_is_added_begins_a_phase_and_is_undone(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    app.date_input(key="noted_day").set_value("2026-02-10")
    app.text_input(key="noted_text").set_value("new shifts")
    app.checkbox(key="noted_phase").set_value(True)
    app.button(key="noted_add").click().run()
    assert "The annotation is added." in words(app)
    assert "Phase from 2026-02: limits of 5 points" in words(app)
    app.button(key="noted_undo_button").click().run()
    assert "It is as it was before." in words(app)
    assert "Phase from 2026-02" not in words(app)
    app.button(key="remove_noted_0").click().run()
    assert "兰州核心网割接" not in words(app)
    store = Store(tmp_path / "data")
    assert [entry.action for entry in store.audit()][-2:].count("replace") == 1
    store.close()
