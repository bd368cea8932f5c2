"""Kano on screen: planted classes in both languages, a small branch, no pairs, nothing to tell from, an empty store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from storage.store import Store
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import kano_store, small_store

PAGE = "explain/kano/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kano") / "data"
    kano_store.fill(made)
    return made


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return frame


def test_the_page_names_the_classes_and_each_view_draws_its_charts(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en"), PAGE)
    said = words(app)
    assert "What is taken for granted, and what delights?" in said
    assert "## Taken for granted (must-be): Voice prompts" in said
    assert ":red[" not in said, "no class is worse than another"
    assert "Other classes: " in said
    assert len(app.get("plotly_chart")) == 2
    assert ["Voice prompts", "must-be"] in [row[:2] for row in rows(app)]
    for view in ("groups", "penalty"):
        app.button_group(key="kano_view").set_value(view).run()
        assert len(app.get("plotly_chart")) == 1


def test_it_answers_in_chinese(opened: Callable[..., AppTest]) -> None:
    said = words(turned_to(opened(lang="zh"), PAGE))
    assert "哪些是理所当然" in said
    assert "理所当然（基本型）：有声提示" in said


def test_a_small_branch_has_its_reason(opened: Callable[..., AppTest]) -> None:
    app = turned_to(opened(lang="en", branch="bing"), PAGE)
    assert "the effective base is 6.0" in words(app)
    assert not app.get("plotly_chart")


def test_without_pairs_penalty_and_reward_answer_and_the_page_says_what_pairs_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "marked so in the survey's description" in words(app)
    assert len(app.get("plotly_chart")) == 1


def test_a_survey_with_neither_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = kano_store.survey().model_copy(update={"kano_pairs": [], "outcome": None, "drivers": []})
    store = Store(tmp_path / "data")
    store.commit(kano_store.workbook(), bare, "test")
    store.close()
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "This survey cannot tell." in words(app)
    drivers = turned_to(frame(lang="en"), "explain/drivers/page.py")
    assert "First improve Voice prompts" in words(drivers), "stated importance needs no outcome"
    drivers.button_group(key="drivers_view").set_value("strength").run()
    assert "This survey has no overall question to explain." in words(drivers)


def test_an_empty_store_offers_the_sample_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert [button.key for button in app.button if button.key == "fill_sample"] == ["fill_sample"]
