"""Several answers, rankings and recommendation by the one door: planted shares, groups, a small branch, what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.results.sentences import plain_text
from answers.choices import CHOICES
from answers.kept import Kept
from answers.nps import NPS
from answers.question import NoOptions, Question
from answers.ranking import RANKING
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from sample_data.service_choices import APP_BRANCH, WARY_BRANCH, WISHES
from settings import Settings
from storage.store import Store
from tests.stores import choice_store, small_store
from words.errors import ManyiError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("choices") / "data"
    choice_store.fill(made)
    return made


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store(folder)
    yield opened
    opened.close()


def ask(store: Store, topic: Topic[Any, Any], survey: str = choice_store.SURVEY, **asked: Any) -> Answered[Any, Any]:
    source = StoreSource(store, survey, store.waves(survey)[-1].schema_hash, Settings().rules, Kept())
    return answer(topic, Question(topic.name, survey, NoOptions(), **asked), source)


def test_planted_shares_come_back(store: Store) -> None:
    found = ask(store, CHOICES, by=("branch",)).result.of("channels")
    people = {(row.option, row.keys["branch"]): row.people for row in found.rows}
    assert people["app", APP_BRANCH].value > people["app", WARY_BRANCH].value + 5
    assert people["hall", APP_BRANCH].value < people["hall", WARY_BRANCH].value
    whole = ask(store, CHOICES).result.of("products")
    assert whole.rows[0].people.n < ask(store, CHOICES).result.of("channels").rows[0].people.n  # not everybody was asked
    assert whole.rows[0].people.low < 90 < whole.rows[0].people.high


def test_the_planted_order_of_wishes_comes_back(store: Store) -> None:
    found = ask(store, RANKING, waves=("2026Q1", "2026Q2")).result.of("wishes")
    assert [row.option for row in found.group({})] == sorted(WISHES, key=lambda code: -WISHES[code])


def test_the_wary_branch_recommends_less(store: Store) -> None:
    found = ask(store, NPS, by=("branch",), waves=("2026Q1", "2026Q2"))
    scores = {row.keys["branch"]: row.nps for row in found.result.rows}
    assert scores[WARY_BRANCH].verdict == "lower"
    assert min((e.value, name) for name, e in scores.items() if e.value is not None)[1] == WARY_BRANCH


def test_a_small_branch_is_hidden_everywhere(store: Store) -> None:
    for topic in (CHOICES, RANKING, NPS):
        entries = [e for e in ask(store, topic, by=("branch",)).figures.estimates if e.keys["branch"] == choice_store.SMALL_BRANCH]
        assert entries
        assert all(entry.value is None and entry.reason is not None for entry in entries)


def test_each_topic_answers_in_a_sentence(store: Store) -> None:
    for topic, words in ((CHOICES, "App"), (RANKING, "Coverage"), (NPS, "promoters")):
        assert words in plain_text(ask(store, topic).sentence("en"))
        assert not ask(store, topic, by=("branch",)).sentence("en")


def test_nps_is_of_the_recommendation_question_unless_another_is_named(store: Store) -> None:
    assert ask(store, NPS).question.codes == ("recommend",)
    with pytest.raises(ManyiError, match="overall has no net promoter score"):
        ask(store, NPS, codes=("overall",))


def test_a_survey_without_such_questions_says_so(tmp_path: Path) -> None:
    small_store.fill(tmp_path / "data")
    opened = Store(tmp_path / "data")
    try:
        for topic, words in ((CHOICES, "multi"), (RANKING, "rankings"), (NPS, "0 to 10")):
            with pytest.raises(ManyiError, match=words):
                ask(opened, topic, "telecom_csi")
    finally:
        opened.close()


def test_an_unknown_question_names_those_there_are(store: Store) -> None:
    with pytest.raises(ManyiError, match="channels"):
        ask(store, CHOICES, codes=("chanels",))


def test_the_command_line_prints_every_share(folder: Path, manyi: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    done = manyi("estimate", "choices", "--schema", choice_store.SURVEY, "--code", "channels", "--by", "branch", "--json")
    assert done.code == 0, done.err
    app = done.one(figure="people", code="channels_app", branch=APP_BRANCH)
    assert app["low"] < app["value"] < app["high"]
    assert app["letters"]
    assert {record["figure"] for record in done.records()} == {"people", "mentions", "options_chosen"}
