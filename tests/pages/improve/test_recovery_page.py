"""*Recovery*: the list by opaque ids, what is missing, progress and effect; nothing stored of persons is on the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.pages.page_reader import frame, headers, open_page, rows, turned_to, words
from tests.stores.recovery_store import fill_one_wave, fill_with_contacts

PAGE = "improve/recovery/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recovery") / "data"
    fill_one_wave(folder)
    return folder


def test_progress_effect_and_list_are_on_the_screen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    app = open_page(PAGE, lang="en")
    assert not app.exception
    said = words(app)
    assert "Of 80 customers to recover 40 (50.00 %) were contacted" in said
    assert "more than chance explains" in said
    assert "was not drawn by lot" in said
    app.session_state["recovery_view"] = "list"
    app.run()
    assert {"Priority", "To be contacted by", "Suggested owner", "Why on the list"} <= headers(app)
    listed = [row for row in rows(app) if len(row[0]) == 16 and row[2] == "2026-04-04"]
    assert len(listed) == 20
    assert not any("K0" in row[0] for row in listed)
    assert [each.label for each in app.get("download_button") if "Recovery list" in each.label]


def test_the_day_is_picked_and_what_is_overdue_follows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    app = open_page(PAGE, lang="en")
    app.date_input(key="recovery_on").set_value(date(2026, 4, 3)).run()
    assert "overdue" not in words(app).split("Asked again")[0]
    app.date_input(key="recovery_on").set_value(date(2026, 4, 5)).run()
    assert "are overdue on 2026-04-05" in words(app)


def test_a_wave_without_contacts_says_which_have_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_with_contacts(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert not app.exception
    assert "Nobody here is to be recovered" in words(app)
