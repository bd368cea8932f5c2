"""Making a survey on Upload: no index without answers, the first one as pandas has it, drafts found again, known headings not asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from storage.store import Store
from tests.pages.page_reader import open_page, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))


@pytest.fixture
def districts(foreign_workbook: Callable[[str], Path]) -> Path:
    """Three grades from 1 to 5, kept as text, and a district."""
    return foreign_workbook("districts")


def opened() -> AppTest:
    return open_page("measure/upload/page.py", lang="en", part="make")


def dropped(path: Path) -> AppTest:
    app = opened()
    app.file_uploader[0].set_value((path.name, path.read_bytes(), XLSX)).run()
    assert not app.exception
    return app


def best_end(app: AppTest) -> object:
    return next(radio for radio in app.radio if radio.key.startswith("say_best_1_5"))


def tick(app: AppTest) -> AppTest:
    next(box for box in app.checkbox if box.key.startswith("tick_")).check().run()
    assert not app.exception
    return app


def index_of(path: Path) -> float:
    grades = pd.read_excel(path, engine="openpyxl").iloc[:, 3:].astype(float)
    return float(((grades - 1) / 4 * 100).mean().mean())


def test_nothing_is_chosen_beforehand_and_an_open_question_gives_no_index(districts: Path) -> None:
    app = dropped(districts)
    assert (best_end(app).value, [box.value for box in app.checkbox]) == (None, [False])
    best_end(app).set_value("high").run()
    assert "make_index" not in app.session_state
    assert "Open: tick what makes up the index." in words(app)
    assert "no index yet" in words(app)
    assert all(button.key != "store" for button in app.button)


def test_the_first_index_is_that_of_the_raw_file_before_and_after_it_is_stored(districts: Path, tmp_path: Path) -> None:
    app = dropped(districts)
    best_end(app).set_value("low").run()
    tick(app)
    turned = app.session_state["make_index"][1].figures.find("index")
    assert turned.value == pytest.approx(100 - index_of(districts), abs=1e-9)
    best_end(app).set_value("high").run()
    index = app.session_state["make_index"][1].figures.find("index")
    assert index.value == pytest.approx(index_of(districts), abs=1e-9)
    assert "Nothing is stored yet" in words(app)
    assert Store(tmp_path / "data").waves() == ()
    next(button for button in app.button if button.key == "store").click().run()
    assert not app.exception
    assert "It is stored" in words(app)
    store = Store(tmp_path / "data")
    assert [(wave.survey, wave.n) for wave in store.waves()] == [("districts", 306)]
    store.close()
    again = dropped(districts)  # a second file with the same headings
    assert "nothing is asked" in words(again)
    assert not [radio for radio in again.radio if radio.key.startswith("say_")]
    next(button for button in again.button if button.key == "make_ask_again").click().run()
    assert best_end(again).value == "high", "what was said is there to be changed"


def test_a_draft_is_found_again_without_its_file_and_goes_on_with_it(districts: Path) -> None:
    best_end(dropped(districts)).set_value("high").run()
    later = opened()
    assert "questions open: 1, no index yet" in words(later)
    next(button for button in later.button if button.key.startswith("go_on_")).click().run()
    assert best_end(later).value == "high"
    tick(later)
    assert "Drop the workbook once more" in words(later)
    later.file_uploader[0].set_value((districts.name, districts.read_bytes(), XLSX)).run()
    assert later.session_state["make_index"][1].figures.find("index").value == pytest.approx(index_of(districts), abs=1e-9)


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"no workbook at all, but a text of more than a few letters" * 20)
    app = dropped(path)
    assert app.error
    assert "None yet" in words(app)
