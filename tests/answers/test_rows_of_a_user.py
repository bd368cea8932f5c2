"""The rows of a user are cut in one place, the source: responses, sums and the population alike."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.data_quality import DATA_QUALITY
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.workbook.check.check_workbook import check_file
from tests.architecture.sources import PYTHON, tree_of
from tests.stores import quality_cases

#: Who asks the store for customers: the one place that cuts them, and what deals with whole waves alone.
WHOLE_WAVES = {"answers/source.py", "pages/measure/upload/weights_recipe.py"}
SEEN = Scope({"branch": frozenset({"wuwei"})})


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    folder: Path = tmp_path_factory.mktemp("rows")
    store = Store(folder / "data")
    (wave,) = store.commit(check_file(quality_cases.write_workbook(folder / "w.xlsx"), quality_cases.SCHEMA), quality_cases.SCHEMA, "test")
    yield StoreSource(store, wave.survey, wave.schema_hash, Settings(data=folder).rules, Kept(), SEEN)
    store.close()


def test_responses_sums_and_customers_are_of_the_rows_a_user_may_see(source: StoreSource) -> None:
    (wave,) = source.labels
    customers = source.population(wave)
    assert customers is not None
    assert customers["branch"].tolist() == ["wuwei"]
    assert source.frame([wave]).select("branch").unique().collect()["branch"].to_list() == ["wuwei"]
    assert source.tallies([wave], ("wave", "branch")).values("branch") == ("wuwei",)
    assert source.values(wave)["branch"] == ("wuwei",)


def test_who_sees_one_branch_is_not_told_that_the_others_did_not_answer(source: StoreSource) -> None:
    found = answer(DATA_QUALITY, Question("data-quality", source.survey, DATA_QUALITY.options()), source)
    assert found.result.profile.reason is not None
    assert {e.keys.get("branch") for e in found.figures.estimates} <= {None, "wuwei"}


def test_nobody_else_asks_for_customers() -> None:
    asking = {
        name
        for name in PYTHON
        if name.startswith(("answers/", "pages/", "command_line/", "storage/"))
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "population"
        and "store" in ast.unparse(node.func.value)
    }  # fmt: skip
    assert asking == WHOLE_WAVES
