"""The page of comments: counted, read page by page, searched; attacks are texts, and nothing of a hidden branch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.fresh import forget_everything
from tests.pages.page_reader import open_page, rows, words
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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_comments_are_counted_and_read_page_by_page(lang: str) -> None:
    app = open_page(PAGE, lang=lang)
    first = rows(app)
    assert len([row for row in first if "信号太差" in row]) >= 1
    assert SECRET not in str(first)
    app.number_input(key="comments_page").set_value(2).run()
    assert not app.exception
    assert rows(app) != first


def test_a_word_and_a_text_narrow_the_list() -> None:
    app = open_page(PAGE, lang="en")
    app.text_input(key="comment_text").set_value("<script>").run()
    listed = [row for row in rows(app) if any("alert" in cell for cell in row)]
    assert listed
    app.selectbox(key="comment_word").set_value("tariff").run()
    assert not app.exception
    assert all("资费" in row[-1] for row in rows(app) if "，" in row[-1])


def test_attacks_stand_there_as_texts() -> None:
    app = open_page(PAGE, lang="en")
    shown = [str(cell) for table in app.table for row in table.value.to_numpy().tolist() for cell in row]
    attack = next(cell for cell in shown if "alert" in cell)
    assert "<script>" not in attack
    assert "\\*\\*" in attack


def test_a_hidden_branch_gives_its_reason() -> None:
    app = open_page(PAGE, lang="en", branch=TINY)
    assert SECRET not in words(app)
    assert not app.table
