"""Questions on screen: several answers, a ranking, recommendation, groups, a small branch, a survey without such questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sample_data.service_choices import WARY_BRANCH
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores import choice_store, small_store

PAGE = "measure/questions/page.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("questions") / "data"
    choice_store.fill(made)
    return made


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(folder))

    def show(code: str = "", by: str = "", **address: str) -> AppTest:
        app = frame(**address)
        for key, value in (("question_code", code), ("question_by", by)):
            if value:
                app.session_state[key] = value
        return turned_to(app, PAGE)

    return show


def test_several_answers_are_shown_by_option_and_branch(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en")
    said = words(app)
    assert "What do customers choose, put first and recommend?" in said
    assert "Channels used: App" in said
    assert len(app.get("plotly_chart")) == 2
    assert any(row[0] == "App" for row in rows(app))


@pytest.mark.parametrize(("code", "said"), [("wishes", "What matters most: "), ("recommend", "Net promoter score")])
def test_a_ranking_and_recommendation(code: str, said: str, opened: Callable[..., AppTest]) -> None:
    app = opened(code, lang="en")
    assert said in words(app)
    assert len(app.get("plotly_chart")) == 2


def test_the_sentence_names_groups_that_recommend_less(opened: Callable[..., AppTest]) -> None:
    assert f"Below the others: {WARY_BRANCH}" in words(opened("recommend", "branch", lang="en"))


def test_it_answers_in_chinese(opened: Callable[..., AppTest]) -> None:
    said = words(opened(lang="zh"))
    assert "使用渠道：手机App" in said


def test_a_small_branch_has_its_reason_and_no_chart(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en", branch=choice_store.SMALL_BRANCH)
    assert "the effective base is" in words(app)
    assert not app.get("plotly_chart")


def test_a_survey_without_such_questions_says_what_brings_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "A survey that asks one brings this page." in words(app)
    assert not app.get("plotly_chart")
