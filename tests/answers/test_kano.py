"""Kano by the one door: planted classes, groups, both ways beside each other, a survey without pairs, what cannot be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answers.kano import KANO, KanoOptions
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from survey_schema.models import SurveySchema
from tests.stores import kano_store, small_store
from words.errors import ManyiError


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("kano") / "data"
    kano_store.fill(folder)
    return Store(folder)


def ask(store: Store, schema: SurveySchema | None = None, scope: Scope | None = None, **asked: Any) -> Any:
    survey = schema or kano_store.survey()
    source = StoreSource(store, survey.name, schema_hash(survey), Settings().rules, Kept(), scope or Scope())
    options = asked.pop("options", KanoOptions())
    return answer(KANO, Question("kano", survey.name, options, **asked), source)


def test_the_planted_classes_come_back(store: Store) -> None:
    found = ask(store)
    classes = {feature.code: feature.candidates for feature in found.result.features}
    assert {code: set(candidates) for code, candidates in classes.items()} == {
        code: set(planted) for code, (planted, *_levels) in kano_store.PLANTED.items()
    }
    shares = {(e.code, e.keys["class"]): e.value for e in found.figures.estimates if e.keys["figure"] == "kano_share"}
    assert sum(shares["K1", name] for name in "MOAIRQ") == pytest.approx(100)
    assert shares["K1", "M"] == max(shares["K1", name] for name in "MOAIRQ")
    verdicts = {e.code: e.verdict for e in found.figures.estimates if e.keys["figure"] == "strength"}
    assert verdicts == {"K1": "M", "K2": "O", "K3": "A", "K4": "I", "K5": "unclear"}
    told = "".join(part.text for part in found.sentence("en"))
    assert told.startswith("Taken for granted (must-be): Voice prompts")
    assert "delights (attractive): Personal touch" in told
    assert "one-dimensional: Speed" in " ".join(found.remarks("en"))


def test_penalty_and_reward_stand_beside_and_disagreement_is_said(store: Store) -> None:
    found = ask(store)
    contrasts = {each.driver: each.kind for each in found.result.contrasts.contrasts}
    assert {each.feature.code: each.contrast.kind for each in found.result.both} == {
        pair.code: contrasts[pair.satisfaction] for pair in kano_store.survey().kano_pairs
    }
    other = [each.feature.code for each in found.result.both if each.agree is False]
    assert "K3" in other
    assert any("Personal touch" in remark for remark in found.remarks("en"))


def test_groups_are_protected_and_each_has_its_class(store: Store) -> None:
    found = ask(store, by=("branch",))
    assert found.result.contrasts is None
    small = [each for each in found.result.features if each.keys["branch"] == "bing"]
    assert len(small) == 5
    assert all(each.kind is None and each.better.value is None for each in small)
    assert found.result.kano.find("K1", branch="jia").kind == "M"
    for each in found.result.features:
        values = {entry.value is not None for entry in (*each.shares.values(), each.better, each.worse, each.strength)}
        assert len(values) == 1, "a feature of a group is shown or hidden as one"
    one = ask(store, by=("branch",), codes=("K2",))
    assert {each.code for each in one.result.features} == {"K2"}


def test_rows_of_a_user_are_all_there_is(store: Store) -> None:
    found = ask(store, scope=Scope({"branch": ("jia",)}))
    assert {feature.strength.n for feature in found.result.features} == {kano_store.BRANCHES["jia"]}


def test_without_pairs_the_classes_are_those_of_penalty_and_reward(tmp_path: Path) -> None:
    small_store.fill(tmp_path / "data")
    found = ask(Store(tmp_path / "data"), load_schema("telecom_csi"))
    assert found.result.kano is None
    assert {e.keys["figure"] for e in found.figures.estimates} == {"penalty", "reward"}
    assert found.sentence("en")
    with pytest.raises(ManyiError):
        ask(found.asked.source.store, load_schema("telecom_csi"), by=("branch",))


def test_what_cannot_be_asked_is_a_sentence(store: Store) -> None:
    with pytest.raises(ManyiError, match="K9"):
        ask(store, codes=("K9",))
    with pytest.raises(ManyiError):
        ask(store, options=KanoOptions(outcome="nothing"))
