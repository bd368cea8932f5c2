"""The box on *Methods* that checks a seal code."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answers.kept import Kept
from answers.question import Question
from answers.sealing import keep_seal
from answers.source import StoreSource
from answers.topic import answer
from answers.topics import topic_named
from settings import load_settings
from storage.store import Store
from tests.stores.small_survey import make_schema, make_workbook
from words.check_codes import EXAMPLE, shown_code


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A seal of a store the settings name."""
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    store, topic = Store(tmp_path / "data"), topic_named("index")
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    source = StoreSource(store, "small", wave.schema_hash, load_settings().rules, Kept())
    kept = keep_seal([answer(topic, Question("index", "small", topic.options()), source)], "li")
    store.close()
    assert kept is not None
    return shown_code(kept.code)


def box(text: str) -> AppTest:
    def page() -> None:
        import streamlit as st

        from pages.explain.methods.verify_box import verify_box

        st.session_state["language"] = "en"
        verify_box()

    app = AppTest.from_function(page, default_timeout=30).run()
    return app.text_input[0].input(text).run()


def test_equal_and_changed_are_told(code: str, tmp_path: Path) -> None:
    app = box(code)
    assert "equal" in app.success[0].value
    store = Store(tmp_path / "data")
    store.versions.withdraw(store.waves()[0].wave_id, "wu")
    store.close()
    app = box(code)
    assert not app.success
    assert "wu" in app.warning[0].value


@pytest.mark.parametrize("text", ["**x**", EXAMPLE])
def test_what_is_no_code_of_this_store_is_a_sentence(code: str, text: str) -> None:
    app = box(text)
    assert not app.exception
    assert len(app.warning) == 1
