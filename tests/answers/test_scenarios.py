"""A saved scenario is a question: it comes back as it was asked, also where an earlier version saved it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.kept import Kept
from answers.question import Question
from answers.scenarios import keep, question_of
from answers.source import StoreSource
from answers.topic import settled
from answers.what_if import WHAT_IF, WhatIfOptions
from settings import Settings
from storage.scenarios import Scenario
from storage.store import Store
from tests.places import ROOT
from tests.stores import small_store
from words.errors import ManyiError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scenarios") / "data"
    small_store.fill(made)
    return made


@pytest.fixture
def source(folder: Path) -> Iterator[StoreSource]:
    store = Store(folder)
    yield StoreSource(store, "telecom_csi", store.waves("telecom_csi")[-1].schema_hash, Settings(data=folder).rules, Kept())
    store.close()


def _asked(**options: object) -> Question[WhatIfOptions]:
    made = WhatIfOptions(drivers=("P1", "P8"), **options)  # type: ignore[arg-type]
    return Question("what-if", "telecom_csi", made, ("2026Q1",), (("operator", "mobile"),))


@pytest.mark.parametrize(
    "asked",
    [
        _asked(shifts=(("P8", 5.0), ("P1", 0.1))),
        _asked(target=80.0, costs=(("P1", 3.0), ("P8", 1.0)), bounds=(("P8", 6.0),)),
    ],
    ids=["shifts", "goal"],
)
def test_what_is_saved_is_the_question(asked: Question[WhatIfOptions], source: StoreSource) -> None:
    kept = keep(source.store, "better", asked, source, "li")
    (found,) = source.store.scenarios.saved("telecom_csi", "2026Q1")
    assert (found.name, found.saved_at, found.saved_by) == (kept.name, kept.saved_at, "li")
    assert question_of(found) == settled(WHAT_IF, asked, source)


def test_a_scenario_that_asks_nothing_is_refused(source: StoreSource) -> None:
    with pytest.raises(ManyiError, match="at least one driver"):
        keep(source.store, "nothing", _asked(shifts=(("P1", 0.0),)), source, "li")


def test_scenarios_of_earlier_versions_are_still_read(source: StoreSource) -> None:
    before_goals = {"outcome": "Q1", "drivers": ["P1"], "shifts": {"P1": 1.0}, "where": {}}
    with_goal = {
        "outcome": "Q1", "drivers": ["P1", "P8"], "shifts": {}, "where": {"operator": "mobile"}, "target": 80.0, "costs": {"P1": 3.0},
        "bounds": {"P8": 6.0},
    }  # fmt: skip
    shifts, goal = (question_of(Scenario("telecom_csi", "2026Q1", "old", asked)) for asked in (before_goals, with_goal))
    assert settled(WHAT_IF, shifts, source) == Question("what-if", "telecom_csi", WhatIfOptions("Q1", ("P1",), (("P1", 1.0),)), ("2026Q1",))
    assert settled(WHAT_IF, goal, source) == settled(
        WHAT_IF, _asked(outcome="Q1", target=80.0, costs=(("P1", 3.0),), bounds=(("P8", 6.0),)), source
    )


def test_the_scenario_of_a_store_made_by_an_earlier_version_is_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "storage" / "old_store" / "data", tmp_path / "data")
    store = Store(tmp_path / "data")
    (kept,) = store.scenarios.saved("old")
    assert question_of(kept) == Question("what-if", "old", WhatIfOptions("Q1", ("Q2",), (("Q2", 5.0),)), ("2026Q2",))
    store.close()
