"""Benchmarks by the one door: from outside, of last year, of the best branch, and what does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answers.benchmarks import BENCHMARKS, BenchmarkOptions, meaning
from answers.index import INDEX
from answers.kept import Kept
from answers.league import LEAGUE
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from tests.stores import small_store
from tests.stores.benchmark_store import fill
from words.errors import ManyiError

SURVEY = load_schema("telecom_csi")
OURS = (("operator", "mobile"),)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("benchmarks") / "data"
    fill(folder)
    return Store(folder)


def ask(store: Store, scope: Scope | None = None, **asked: Any) -> Answered[BenchmarkOptions, Any]:
    source = StoreSource(store, SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept(), scope or Scope())
    return answer(BENCHMARKS, Question("benchmarks", SURVEY.name, asked.pop("options", BenchmarkOptions()), where=OURS, **asked), source)


def told(found: Answered[BenchmarkOptions, Any]) -> list[tuple[Any, ...]]:
    return [(*(entry.keys[name] for name in ("benchmark", "wave", "dated")), entry.value) for entry in found.figures.estimates]


def test_each_wave_has_the_value_that_holds_for_it(store: Store) -> None:
    found = ask(store)
    assert told(found) == [
        ("全国移动", "2025Q2", "2024-12-31", 77.1), ("全国移动", "2026Q1", "2025-12-31", 78.3), ("全国移动", "2026Q2", "2025-12-31", 78.3),
        *(("早年全国", wave, "2009-12-31", 78.4) for wave in small_store.WAVES),
    ]  # fmt: skip
    assert "全国移动 (主管部门, 2025-12-31) 78.3" in "".join(part.text for part in found.sentence("en"))
    assert found.asked.reads == (), "no response is read for values from outside"


def test_our_own_are_the_figures_the_other_topics_give(store: Store) -> None:
    found = ask(store, options=BenchmarkOptions(last_year=True, best_branch=True), waves=("2026Q2",))
    source = found.asked.source
    before = answer(INDEX, Question("index", SURVEY.name, INDEX.options(), ("2025Q2",), OURS), source).result.find("csi")
    league = answer(LEAGUE, Question("league", SURVEY.name, LEAGUE.options(), ("2026Q2",), OURS), source).result
    first = next(entry for entry in league.estimates if entry.rank == 1)
    own = {entry.keys["figure"]: entry for entry in found.figures.estimates if entry.keys["figure"] != "outside"}
    assert before is not None
    assert (own["last_year"].value, own["last_year"].low, own["last_year"].keys["dated"]) == (before.value, before.low, "2025Q2")
    assert (own["best_branch"].value, own["best_branch"].keys["branch"]) == (first.value, first.keys["branch"])
    assert any("chance" in remark for remark in found.remarks("en"))
    seen = ask(store, Scope({"branch": frozenset({"tianshui"})}), options=BenchmarkOptions(best_branch=True), waves=("2026Q2",))
    assert {entry.keys["figure"] for entry in seen.figures.estimates} == {"outside"}, "a user who sees one branch has no best one"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"codes": ("C31",)}, "No benchmark of"),
        ({"codes": ("C99",)}, "There is no indicator C99"),
        ({"codes": ("csi", "C1")}, "one indicator"),
    ],
)
def test_what_does_not_fit_is_refused(asked: dict[str, Any], told: str, store: Store) -> None:
    with pytest.raises(ManyiError, match=told):
        ask(store, **asked)


def test_without_the_sheet_it_is_named_and_our_own_still_answer(tmp_path: Path) -> None:
    small_store.fill(tmp_path / "data")
    store = Store(tmp_path / "data")
    with pytest.raises(ManyiError, match="Benchmarks"):
        ask(store)
    assert [entry.keys["figure"] for entry in ask(store, options=BenchmarkOptions(last_year=True)).figures.estimates] == ["last_year"]


def test_a_gap_item_stands_for_its_perception() -> None:
    schema = load_schema("servqual_telecom")
    gap = next(gap for gap in schema.gap_items if gap.perception)
    assert meaning(str(gap.perception), schema) == {gap.code, gap.perception}
