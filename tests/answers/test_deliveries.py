"""Data beside responses in answers: read by period, cut to the rows of a user, and kept by content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from answers.kept import Kept
from answers.periods import lies_within
from answers.question import NoOptions, Question
from answers.source import Frame, StoreSource
from answers.topic import Asked, Topic, answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from tests.stores.kind_sheets import check_sheets, inspections
from words.errors import ManyiError
from words.language import message

SURVEY = load_schema("telecom_csi")
SHEETS = {
    "a": [*inspections(), *inspections("天水", date(2026, 5, 20), "V2")[1:], *inspections("兰州", date(2026, 7, 2), "V3")[1:]],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "data")
    made.commit(check_sheets(SHEETS), SURVEY, "li")
    yield made
    made.close()


def source_of(store: Store, scope: Scope | None = None, kept: Kept | None = None) -> StoreSource:
    return StoreSource(store, SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept() if kept is None else kept, scope or Scope())


def _points(frame: Frame) -> float:
    return float(frame.select("points_available").collect()["points_available"].sum())


def _figures(_asked: Asked[NoOptions], found: float) -> Result:
    return Result((Estimate({}, "total", found, n=1, n_eff=1.0),), Provenance(message("points")))


PROBE: Topic[NoOptions, float] = Topic(
    name="probe", compute=lambda asked: asked.summed("inspections", _points), figures=_figures, waves="deliveries", kinds=("inspections",)
)


def ask(source: StoreSource, *waves: str) -> Any:
    return answer(PROBE, Question("probe", SURVEY.name, NoOptions(), waves), source)


def test_a_question_is_about_the_deliveries_within_the_waves_it_names(store: Store) -> None:
    source = source_of(store)
    assert [each.label for each in source.deliveries("inspections")] == ["2026-05", "2026-07"]
    assert (ask(source).question.waves, ask(source).result) == (("2026-05", "2026-07"), 300)
    assert (ask(source, "2026Q2").question.waves, ask(source, "2026Q2").result) == (("2026-05",), 200)
    with pytest.raises(ManyiError, match="2025Q1"):
        ask(source, "2025Q1")


@pytest.mark.parametrize(
    ("label", "wave", "within"),
    [("2026-05", "2026Q2", True), ("2026-07", "2026Q2", False), ("2026Q2", "2026-05", False), ("all", "2026Q2", True), ("x", "x", True)],
)
def test_a_month_lies_in_its_quarter(label: str, wave: str, within: bool) -> None:
    assert lies_within(label, wave) is within


def test_a_user_gets_the_rows_of_the_branches_he_may_see_and_no_one_elses_sums(store: Store) -> None:
    kept = Kept()
    some = source_of(store, Scope({"branch": frozenset({"tianshui"})}), kept)
    assert (ask(source_of(store, kept=kept)).result, ask(some).result) == (300, 100)


def test_a_replaced_delivery_is_computed_anew(store: Store) -> None:
    kept = Kept()
    before = ask(source_of(store, kept=kept)).result
    assert ask(source_of(store, kept=kept)).result is before
    store.commit(check_sheets({"a": inspections("兰州", date(2026, 7, 2), "V3")[:6]}), SURVEY, "li", replace=True)
    assert ask(source_of(store, kept=kept)).result == before - 25


def test_what_did_not_come_is_named_with_its_sheet(store: Store) -> None:
    with pytest.raises(ManyiError, match="Complaint"):
        source_of(store).rows("complaints")
