"""What takes long is found by another process, the same to the last digit, for the rows a user may see; and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answers.index import INDEX
from answers.kept import Kept
from answers.path_model import PATH_MODEL, PathModelOptions
from answers.pool.job import Job
from answers.pool.pool import Pool
from answers.pool.store_at import SourceAt, StoreAt, found_at
from answers.question import Question
from answers.source import StoreSource
from answers.topic import answer
from settings import load_settings
from storage.records import Scope
from storage.store import Store
from tests.stores import small_store

BRANCHES = ("lanzhou", "tianshui")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> StoreSource:
    folder = tmp_path_factory.mktemp("elsewhere")
    small_store.fill(folder)
    store = Store(folder)
    wave = store.waves("telecom_csi")[-1]
    return StoreSource(store, wave.survey, wave.schema_hash, load_settings().rules, Kept(), Scope({"branch": frozenset(BRANCHES)}))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.close()


def compared(topic_source: StoreSource) -> Any:
    question = Question(
        PATH_MODEL.name, "telecom_csi", PathModelOptions(against=BRANCHES[1]), where=(("branch", BRANCHES[0]),), by=("branch",)
    )
    return answer(PATH_MODEL, question, topic_source)


def test_path_models_of_groups_are_found_by_another_process_once(source: StoreSource, pool: Pool) -> None:
    asked = []

    def elsewhere(of: StoreSource, question: Question[Any]) -> Any:
        asked.append(question)
        return pool.ask(Job(found_at, (SourceAt.of(of), question), "quick")).result()

    there = replace(source, kept=Kept(), elsewhere=elsewhere)
    first, second = compared(there), compared(there)
    assert first.result is second.result
    assert [question.by for question in asked] == [("branch",)]
    assert first.figures.estimates == compared(source).figures.estimates


def test_what_is_quick_is_found_here(source: StoreSource) -> None:
    def elsewhere(_of: StoreSource, _question: Question[Any]) -> Any:
        raise AssertionError

    assert answer(INDEX, Question(INDEX.name, "telecom_csi", INDEX.options()), replace(source, elsewhere=elsewhere)).result


def test_a_store_is_opened_once_in_a_process_and_again_for_another_place(source: StoreSource, tmp_path: Path) -> None:
    at = StoreAt.of(source.store)
    assert at.opened()[0] is at.opened()[0]
    assert at.opened()[0] is not source.store
    other = replace(at, place=replace(at.place, data_folder=tmp_path / "other"))
    assert other.opened()[0].waves() == ()
