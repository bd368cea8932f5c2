"""*Tiers*: planted layers come back, whom to win back is listed by id only, moves are drawn, what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.page_reader import open_page, rows, words
from tests.stores.panel_store import fill_panel

PAGE = "compare/tiers/page.py"


@pytest.fixture(scope="module")
def panel_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel") / "data"
    fill_panel(folder)
    return folder


def test_planted_layers_are_on_the_screen(panel_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(panel_folder))
    app = open_page(PAGE, lang="en")
    assert not app.exception
    said = words(app)
    assert "100 respondents are valuable and likely to leave" in said
    assert "50 of them unhappy" in said
    cell = next(row for row in rows(app) if row[:2] == ["Top (150 yuan or more)", "High"])
    assert cell[2:5] == ["100", "25.00", "61.11"]
    assert cell[7] == "50.00"
    assert cell[-1] == "yes"


def test_the_list_holds_ids_and_no_more_than_fits(panel_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(panel_folder))
    app = open_page(PAGE, lang="en", view="list")
    listed = [row for row in rows(app) if row[0].startswith("r") and row[0][1:].isdigit()]
    assert [row[0] for row in listed[:3]] == ["r000", "r008", "r016"]
    assert len(listed) == 20
    assert "The first 20 of 50" in words(app)


def test_moves_between_waves_are_drawn_for_a_panel(panel_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(panel_folder))
    app = open_page(PAGE, lang="en", view="moves")
    app.selectbox(key="tier_axis").set_value("leaving").run()
    assert "Of 400 respondents asked in both waves, 300 stayed in their class" in words(app)
    assert ["Medium", "High", "100"] in [row[:3] for row in rows(app)]


def test_one_wave_has_no_moves_and_says_so(panel_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(panel_folder))
    app = open_page(PAGE, lang="en", wave="2026Q1", view="moves")
    assert not app.exception
    assert "Nobody here is in a layer to win back" in words(app)
    assert "There is no earlier wave to compare with." in words(app)


def test_small_layers_are_nowhere(panel_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(panel_folder))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000")
    app = open_page(PAGE, lang="en")
    assert not app.exception
    assert "61.11" not in str(rows(app))
    assert "not shown: the base is too small" in words(app)


def test_a_tiny_store_shows_no_figures_and_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_panel(tmp_path / "data", customers=5)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page(PAGE, lang="en")
    assert not app.exception
    assert "2 respondents are valuable and likely to leave" in words(app)
    assert "not shown: the base is too small" in words(app)
    assert "% unhappy" not in words(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_survey_without_rules_says_what_brings_them(filled_folder: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = open_page(PAGE, lang=language)
    assert not app.exception
    assert ("written into the survey's description" if language == "en" else "分层规则") in words(app)
