"""Measures on screen: what is overdue by day, project and owner; added, changed, finished, removed, undone; two windows; an empty store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from storage.measures import put_measure
from storage.store import Store
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import kpi_store, measure_store

PAGE = "improve/measures/page.py"
ON = date(2026, 7, 1)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("measures") / "data"
    measure_store.fill(made)
    return made


@pytest.fixture
def opened(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(filled))

    def on_the_day(**address: str) -> AppTest:
        app = frame(**address)
        app.session_state["measures_on"] = ON
        return turned_to(app, PAGE)

    return on_the_day


@pytest.fixture
def own(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def stored(folder: Path) -> dict[str, dict[str, Any]]:
    store = Store(folder)
    found = store.scan_kind(measure_store.SURVEY, "measures").collect("pyarrow").to_native().to_pylist()
    store.close()
    return {row["measure"]: row for row in found}


def field(app: AppTest, code: str, kind: str) -> Any:
    (found,) = [each for each in getattr(app, kind) if str(each.key).startswith(f"measure_{code}_")]
    return found


def in_view(app: AppTest, view: str) -> AppTest:
    app.session_state["measures_view"] = view
    return app.run()


def picked(app: AppTest, measure: str) -> AppTest:
    box = app.selectbox(key="measures_picked")
    place = next(place for place, name in enumerate(box.options) if name.startswith(measure))
    return box.select_index(place).run()


def test_the_answer_and_the_charts_in_both_languages(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en")
    assert "On 2026-07-01 2 of 5 measures are overdue], 1 finished; 3 of 5 issues are closed." in words(app)
    assert len(app.get("plotly_chart")) == 1
    assert ["未定日期", "overdue", "92"] in [[row[1], row[4], row[8]] for row in rows(app) if len(row) > 10]
    assert len(in_view(app, "counts").get("plotly_chart")) == 1
    assert len(in_view(app, "changes").get("plotly_chart")) == 1
    assert "接通率" in words(in_view(opened(lang="zh"), "changes")), "a KPI is told, since it has no interval to be drawn"
    assert "5 项措施中有 2 项逾期" in words(opened(lang="zh"))


def test_project_owner_and_branch_narrow(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en")
    app.selectbox(key="measures_project").set_value("热线").run()
    assert "1 of 2 measures" in words(app)
    app.selectbox(key="measures_owner").set_value("张三").run()
    assert "none of 1 measures" in words(app)
    assert "1 of 2 measures" in words(opened(lang="en", branch="lanzhou")), "its own, and the one of all branches"


def test_one_is_added_finished_removed_and_each_undone(own: Path) -> None:
    app = turned_to(frame(lang="en"), PAGE)
    field(app, "measure", "text_input").set_value("新措施")
    field(app, "planned", "number_input").set_value(8.0)
    field(app, "branch", "selectbox").set_value("wuwei")
    app.button(key="measures_save").click().run()
    assert (stored(own)["新措施"]["planned"], stored(own)["新措施"]["branch"]) == (8, "wuwei")
    app.button(key="measures_undo_button").click().run()
    assert "新措施" not in stored(own)
    picked(app, "预测排班")
    app.button(key="measures_finish").click().run()
    assert stored(own)["预测排班"]["done_on"] == date.today()
    app.button(key="measures_undo_button").click().run()
    assert stored(own)["预测排班"]["done_on"] is None
    app.button(key="measures_remove").click().run()
    assert "预测排班" not in stored(own)
    app.button(key="measures_undo_button").click().run()
    assert stored(own)["预测排班"]["done"] == 90
    assert not app.exception


def test_what_contradicts_itself_is_said_and_stays_in_the_fields(own: Path) -> None:
    app = picked(turned_to(frame(lang="en"), PAGE), "预测排班")
    field(app, "closed", "number_input").set_value(9.0)
    app.button(key="measures_save").click().run()
    assert "Issues closed (9) is above Issues found (5)" in words(app)
    assert field(app, "closed", "number_input").value == 9
    assert stored(own)["预测排班"]["closed"] == 3


def test_two_windows_keep_each_other_s_fields_and_overwrite_nothing_unseen(own: Path) -> None:
    app = picked(turned_to(frame(lang="en"), PAGE), "预测排班")
    row = stored(own)["预测排班"]
    beside = Store(own)
    put_measure(beside, kpi_store.survey(), {**row, "done": 100.0}, "other", instead_of=row)
    beside.close()
    field(app, "note", "text_input").set_value("加一个班")
    app.button(key="measures_save").click().run()
    assert (stored(own)["预测排班"]["done"], stored(own)["预测排班"]["note"]) == (100, "加一个班")


def test_without_a_measure_the_sheet_is_offered_and_the_first_one_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kpi_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "There are no measures yet." in words(app)
    field(app, "measure", "text_input").set_value("第一项")
    app.button(key="measures_save").click().run()
    assert list(stored(tmp_path / "data")) == ["第一项"]
    assert "none of 1 measures" in words(app)
