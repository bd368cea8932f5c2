"""Inspections by the one door: the published case exactly, groups in Pareto order, what is lost again, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answers.index import INDEX
from answers.inspections import INSPECTIONS, InspectionOptions
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import schema_hash
from tests.stores.inspected_store import SURVEY, fill, visits
from tests.stores.kind_sheets import CLUB, inspections, write_sheets
from words.errors import ManyiError

IN_ENGLISH = ("--schema", "telecom_csi", "--json", "--lang", "en")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("inspected") / "data"
    fill(folder)
    return Store(folder)


def ask(store: Store, scope: Scope | None = None, **asked: Any) -> Answered[InspectionOptions, Any]:
    source = StoreSource(store, SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept(), scope or Scope())
    options = asked.pop("options", InspectionOptions())
    asked.setdefault("waves", ("2026Q1", "2026Q2"))
    return answer(INSPECTIONS, Question("inspections", SURVEY.name, options, **asked), source)


def test_the_published_inspection_comes_back_from_workbook_and_store(manyi: Callable[..., Any], tmp_path: Path) -> None:
    """100 points available, 89.5 scored, lost 0, 0.5, 8, 2, 0, 0, 0."""
    path = write_sheets(tmp_path / "club.xlsx", {"暗访检查": inspections()})
    direct = manyi("estimate", "inspections", path, *IN_ENGLISH)
    assert direct.code == 0, direct.err
    found = {(one["figure"], one["code"]): one["value"] for one in direct.json["estimates"]}
    assert [found[figure, "total"] for figure in ("available", "scored", "lost", "lost_percent")] == [100, 89.5, 10.5, 10.5]
    named = [SURVEY_ITEMS.get(item, item) for item, *_points in CLUB]
    assert [found["lost", item] for item in named] == [0, 0.5, 8, 2, 0, 0, 0]
    assert [found["available", item] for item in named] == [20, 20, 21, 4, 10, 10, 15]
    assert found["share_of_lost", "服务设施"] == pytest.approx(800 / 10.5)
    assert found["cumulative_share", "宣传资料"] == pytest.approx(1000 / 10.5)
    assert manyi("commit", path, "--schema", "telecom_csi").code == 0
    stored = manyi("estimate", "inspections", *IN_ENGLISH)
    assert stored.json["estimates"] == direct.json["estimates"], "a store without any response answers too"


def test_the_standard_and_the_satisfaction_of_the_same_branches_stand_beside(store: Store) -> None:
    found = ask(store)
    records = {(entry.keys.get("figure"), entry.keys.get("branch"), entry.code): entry for entry in found.figures.estimates}
    assert (records["standard", None, "C45"].value, records["against_standard", None, "C45"].value) == (95, 5)
    scored = {entry.keys["branch"]: entry for entry in ask(store, by=("branch",)).result.groups.shares.estimates if entry.code == "total"}
    index = found.asked.ask(INDEX, options=INDEX.options(), waves=("2026Q2",), where=(), by=("branch",), codes=("csi",))
    for branch in ("lanzhou", "tianshui"):
        assert records["place_scored", branch, "total"].value == scored[branch].value
        assert records["place_satisfaction", branch, "csi"][2:7] == index.find("csi", branch=branch)[2:7]
    assert records["correlation", None, "correlation"].reason is not None
    assert ("place_scored", "wuwei", "total") not in records, "nobody inspected there"
    assert ask(store, by=("hall",)).result.beside is None


def test_who_is_hidden_among_answers_is_hidden_beside_inspections(store: Store) -> None:
    strict = replace(Settings().rules, thresholds=replace(Settings().rules.thresholds, marked_below=60, hidden_below=50))
    source = StoreSource(store, SURVEY.name, schema_hash(SURVEY), strict, Kept(), Scope())
    found = answer(INSPECTIONS, Question("inspections", SURVEY.name, InspectionOptions()), source)
    assert found.result.beside is not None
    assert found.result.beside.places == ()
    assert not any(entry.keys["figure"] == "place_satisfaction" for entry in found.figures.estimates)


def test_totals_alone_are_those_of_all_items(store: Store) -> None:
    alone, whole = (ask(store, by=("hall",), codes=codes).figures.estimates for codes in (("total",), ()))
    assert [(entry.keys["figure"], entry.keys["hall"], *entry[1:]) for entry in alone] == [
        (entry.keys["figure"], entry.keys["hall"], *entry[1:]) for entry in whole if entry.code == "total"
    ]


#: The one item of the published checklist that bears the name of an item of the survey.
SURVEY_ITEMS = {"服务态度": "C45"}


def test_groups_stand_by_what_they_lost_and_items_within_them(store: Store) -> None:
    asked = ask(store, by=("hall",))
    assert [row.points.keys["hall"] for row in asked.result.places] == ["东岗厅", "麦积厅", "城关厅", "秦州厅"]
    assert [row.points.lost for row in asked.result.places] == [24.5, 2, 1.5, 0.5]
    assert asked.result.places[0].share == pytest.approx(2450 / 28.5)
    assert [row.cumulative for row in asked.result.places][-1] == pytest.approx(100)
    first = asked.result.items_of(asked.result.places[0].points)
    assert [(row.points.code, row.points.lost) for row in first[:2]] == [("服务设施", 24), ("视觉形象", 0.5)]
    records = [one for one in asked.figures.estimates if one.keys["figure"] == "lost_percent" and one.code == "total"]
    assert [one.low is None for one in records] == [False, True, False, False], "a hall visited once has no interval"


def test_it_opens_on_the_latest_wave_that_was_inspected(store: Store) -> None:
    assert ask(store, waves=()).question == ask(store, waves=("2026Q2",)).question


def test_what_is_lost_again_and_again_is_listed(store: Store) -> None:
    rows = [one for one in ask(store).figures.estimates if one.keys["figure"] == "repeat_times"]
    assert [(one.keys["hall"], one.code, one.value, one.n) for one in rows] == [("东岗厅", "服务设施", 3.0, 3)]
    once = ask(store, options=InspectionOptions(times=1, last=1)).result.repeats
    assert {(each.hall, each.item) for each in once} == {
        ("东岗厅", "服务设施"), ("东岗厅", "视觉形象"), ("城关厅", "视觉形象"), ("秦州厅", "视觉形象"), ("麦积厅", "服务设施")
    }  # fmt: skip


def test_a_wave_means_its_months_and_a_branch_its_halls(store: Store) -> None:
    assert ask(store, waves=("2026Q1",)).question.waves == ("2026-03",)
    assert ask(store, waves=("2026Q2",), where=(("branch", "lanzhou"),)).result.whole.rows[0].lost == 17
    assert ask(store, Scope({"branch": frozenset({"tianshui"})})).result.whole.rows[0].lost == 2.5


def test_the_answer_names_the_hall_and_the_item(store: Store) -> None:
    found = ask(store, by=("hall",))
    said, remarks = "".join(part.text for part in found.sentence("en")), " ".join(found.remarks("en"))
    assert "Most is lost at 东岗厅: 24.5 of 300 points" in said
    assert "服务设施 lost points at 3 of its last 3 visits" in remarks
    assert "28.5 points lost in all; items that lose most: 服务设施 27 (" in remarks


def test_visits_of_two_halls_with_one_number_are_two(store: Store) -> None:
    assert len(ask(store, by=("visit",)).result.places) == 10


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"where": (("hall", "x"),)}, "东岗厅"), ({"codes": ("x",)}, "checklist item"), ({"waves": ("2020Q1",)}, "2026-03")],
)
def test_what_was_not_inspected_is_refused_naming_what_was(store: Store, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ManyiError, match=told):
        ask(store, **asked)


def test_columns_go_by_their_names_in_both_languages(manyi: Callable[..., Any], tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "halls.xlsx", {"暗访检查": visits()})
    done = manyi("estimate", "inspections", path, *IN_ENGLISH, "--by", "营业厅", "--where", "Branch=兰州", "--code", "服务设施")
    assert {one["hall"] for one in done.json["estimates"]} == {"东岗厅", "城关厅"}
    refused = manyi("estimate", "inspections", path, *IN_ENGLISH, "--by", "brand")
    assert refused.code == 2
    assert "hall" in refused.err
