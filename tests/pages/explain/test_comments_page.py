"""The page of comments: counted, read page by page, searched; attacks are texts, and nothing of a hidden branch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.fresh import forget_everything
from tests.pages.page_reader import open_page, words
from tests.stores.commented_store import SECRET, TINY, fill

PAGE = "explain/comments/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("comments") / "data"
    fill(made)
    return made


@pytest.fixture(autouse=True)
def _on_that_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    forget_everything()


def listed(app: AppTest) -> list[str]:
    """The comments on the screen, as Markdown: a line each, its score in bold first."""
    return [line for part in app.markdown for line in part.value.split("\n\n") if re.match(r"\*\*(?:\d+|–)\*\* · ", line)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_comments_are_counted_and_read_page_by_page(lang: str) -> None:
    app = open_page(PAGE, lang=lang)
    first = listed(app)
    assert len(first) == 20
    assert any("信号太差" in line for line in first)
    assert SECRET not in words(app)
    app.number_input(key="comments_page").set_value(2).run()
    assert not app.exception
    assert listed(app) != first


def test_a_word_and_a_text_narrow_the_list() -> None:
    app = open_page(PAGE, lang="en")
    app.text_input(key="comment_text").set_value("<script>").run()
    assert listed(app)
    assert all("alert" in line for line in listed(app))
    app.selectbox(key="comment_word").set_value("tariff").run()
    assert not app.exception
    assert listed(app)
    assert all("资费" in line for line in listed(app))


def test_attacks_stand_there_as_texts() -> None:
    app = open_page(PAGE, lang="en")
    app.text_input(key="comment_text").set_value("script").run()
    attack = listed(app)[0]
    assert "<script>" not in attack
    assert "\\*\\*慢" in attack
    assert "[x](" not in attack


def test_a_hidden_branch_gives_its_reason() -> None:
    app = open_page(PAGE, lang="en", branch=TINY)
    assert SECRET not in words(app)
    assert not listed(app)
