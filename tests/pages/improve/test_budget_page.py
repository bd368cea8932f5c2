"""Choosing measures on the screen: what was written down outlives a reload, a window follows another one, a sheet comes in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.session.store_access import who
from pages.improve.budget.draft import BudgetDraft, draft_of
from projects.measure_choice import budget_choices
from projects.project import Projects
from projects.sections import About, Countermeasure, Countermeasures
from storage.records import Scope
from storage.store import Store
from survey_schema.measure_rows import MeasureRow
from tests.pages.page_reader import frame, turned_to, words
from tests.stores.measure_drafts import ROWS, draft_text

PAGE = "improve/budget/page.py"


@pytest.fixture
def folder(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own, since what is written down is kept."""
    own = tmp_path / "data"
    shutil.copytree(filled_folder, own)
    monkeypatch.setenv("MANYI_DATA", str(own))
    return own


def _kept(folder: Path, text: str | None = None) -> BudgetDraft:
    """What the store keeps for whoever works here; ``text`` is kept first."""
    store = Store(folder)
    if text is not None:
        store.measure_drafts.keep("telecom_csi", who(), text)
    found = draft_of(store.measure_drafts.of("telecom_csi", who()))
    store.close()
    return found


def _opened() -> AppTest:
    return turned_to(frame(lang="en"), PAGE)


def test_without_measures_the_page_asks_for_them_and_offers_the_sheet(folder: Path) -> None:
    app = _opened()
    assert "Write down the measures" in words(app)
    assert app.get("download_button")


def test_what_was_written_down_is_there_after_a_reload_with_its_answer(folder: Path) -> None:
    _kept(folder, draft_text(budget=400_000.0))
    app = _opened()
    assert "For ¥400,000" in words(app)
    next(each for each in app.number_input if each.label == "Budget, yuan").set_value(300_000.0).run()
    assert "For ¥300,000" in words(app)
    assert _kept(folder) == replace(draft_of(draft_text()), budget=300_000.0)
    assert "For ¥300,000" in words(_opened())


def test_a_window_follows_what_another_one_kept(folder: Path) -> None:
    _kept(folder, draft_text())
    app = _opened()
    _kept(folder, draft_text(ROWS[:2], budget=350_000.0))
    app.run()
    assert "For ¥350,000" in words(app)
    assert len(_kept(folder).rows) == 2


def test_rows_that_lack_a_cell_are_kept_and_left_aside(folder: Path) -> None:
    _kept(folder, draft_text((*ROWS, MeasureRow("半行", "P2"))))
    app = _opened()
    assert "of 5 measures" in words(app)
    assert "Left aside, since cells are blank: 1." in words(app)
    assert len(_kept(folder).rows) == 6


def test_measures_that_cannot_be_are_one_sentence(folder: Path) -> None:
    _kept(folder, draft_text((ROWS[0], ROWS[0])))
    assert "Two measures are called" in words(_opened())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rows": 3}', '{"strange": 1}', '{"rows": [{"name": 5, "shift": "x"}]}'])
def test_a_draft_that_is_not_understood_is_an_empty_one(text: str) -> None:
    assert draft_of(text).budget == BudgetDraft().budget


def test_countermeasures_of_a_project_are_chosen_among_for_its_budget(folder: Path) -> None:
    store = Store(folder)
    table = Countermeasures(
        measures=(
            Countermeasure(id="a", cause="", what="扩容", cost=250_000, reach=0.4, driver="P1", shift=5),
            Countermeasure(id="b", cause="", what="培训"),
        ),
        budget=260_000,
    )
    Projects(store, who(), Scope()).start(About(title="提升网络满意度"), table)
    store.close()
    app = _opened()
    app.button(key="budget_project_take").click().run()
    assert not app.exception
    assert "2 countermeasures taken from “提升网络满意度”." in words(app)
    assert "For ¥260,000, 1 of 1 measures: 扩容" in words(app)
    assert [row.name for row in _kept(folder).rows] == ["扩容", "培训"]
    told = budget_choices(table)
    assert told == {"measures": ["扩容;driver=P1;shift=5;reach=0.4;cost=250000"], "budget": 260_000}
    assert budget_choices(Countermeasures(measures=table.measures)) is None
