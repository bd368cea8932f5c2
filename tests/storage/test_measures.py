"""Measures one by one: checked like a sheet, stored as versions with their author, changed, removed, taken back; nothing unseen is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.measures import put_measure, remove_measure, undo_measure
from storage.records import WaveStatus
from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores.kind_sheets import check_sheets, good_sheets
from words.errors import ManyiError

SURVEY = load_schema("telecom_csi")
NEW = {
    "measure": "修复弱覆盖",
    "branch": "兰州",
    "target": "网络质量投诉",
    "start": "2026-04-01",
    "due": "2026-06-30",
    "planned": 64,
    "done": "12",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def rows(store: Store) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = store.scan_kind(SURVEY.name, "measures").collect("pyarrow").to_native().to_pylist()
    return found


def done(store: Store) -> dict[str, float | None]:
    return {row["measure"]: row["done"] for row in rows(store)}


def test_one_is_put_beside_what_a_sheet_brought_and_changed_in_its_place(store: Store) -> None:
    store.commit(check_sheets({"改进措施": good_sheets()["measures"]}), SURVEY, "uploader")
    put = put_measure(store, SURVEY, NEW, "li lei")
    assert (put.stored.version, put.stored.n, put.stored.committed_by) == (2, 4, "li lei")
    assert put.after is not None
    assert (put.before, put.after["branch"], put.after["target"], put.after["start"]) == (
        None,
        "lanzhou",
        "complaints_network",
        date(2026, 4, 1),
    )
    seen = rows(store)[1]
    put_measure(store, SURVEY, {**seen, "done": 18000, "share": None}, "han", instead_of=seen)
    assert list(done(store).values()) == [90, 18000, None, 12]
    assert [entry.by for entry in store.audit()][-1] == "han"


def test_an_edit_is_taken_back_and_leaves_what_others_wrote_since(store: Store) -> None:
    first = put_measure(store, SURVEY, NEW, "a")
    changed = put_measure(store, SURVEY, {**NEW, "done": 30}, "a", instead_of=first.after)
    put_measure(store, SURVEY, {**NEW, "measure": "宣贯"}, "b")
    undo_measure(store, SURVEY, changed, "a")
    assert done(store) == {"修复弱覆盖": 12, "宣贯": 12}
    removed = remove_measure(store, SURVEY, rows(store)[0], "c")
    assert done(store) == {"宣贯": 12}
    undone = undo_measure(store, SURVEY, removed, "c")
    assert done(store) == {"宣贯": 12, "修复弱覆盖": 12}
    undo_measure(store, SURVEY, undone, "c")
    assert done(store) == {"宣贯": 12}


def test_of_two_windows_both_changes_are_kept_and_what_both_changed_is_not_overwritten(store: Store) -> None:
    seen = put_measure(store, SURVEY, NEW, "a").after
    assert seen is not None
    put_measure(store, SURVEY, {**NEW, "done": 63, "found": 3}, "b", instead_of=seen)
    put_measure(store, SURVEY, {**NEW, "note": "later", "closed": 2}, "a", instead_of=seen)
    (row,) = rows(store)
    assert (row["done"], row["found"], row["note"], row["closed"]) == (63, 3, "later", 2)
    for late in (
        lambda: put_measure(store, SURVEY, {**NEW, "done": 20}, "a", instead_of=seen),
        lambda: remove_measure(store, SURVEY, seen, "a"),
        lambda: put_measure(store, SURVEY, {**row, "found": 5, "closed": 4}, "a", instead_of={**row, "found": 5}),
        lambda: put_measure(store, SURVEY, {**row, "closed": 4}, "a", instead_of=row),
    ):
        with pytest.raises(ManyiError):
            late()
    assert rows(store) == [row]


def test_who_writes_beside_another_process_loses_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside, commit = Store(tmp_path / "data"), Store.commit
    put_measure(store, SURVEY, NEW, "a")
    between = [lambda: put_measure(beside, SURVEY, {**NEW, "measure": "宣贯"}, "b")]

    def overtaken(self: Store, *given: object, **named: object) -> object:
        if self is store and between:
            between.pop()()
        return commit(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "commit", overtaken)
    put_measure(store, SURVEY, {**NEW, "measure": "培训"}, "c")
    assert list(done(store)) == ["修复弱覆盖", "宣贯", "培训"]


def test_the_last_one_removed_withdraws_the_list(store: Store) -> None:
    put = put_measure(store, SURVEY, NEW, "a")
    gone = undo_measure(store, SURVEY, put, "a")
    assert {wave.status for wave in store.deliveries(SURVEY.name, "measures", None)} == {WaveStatus.WITHDRAWN}
    undo_measure(store, SURVEY, gone, "a")
    assert done(store) == {"修复弱覆盖": 12}


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": " "}, {"planned": -1}, {"due": "2026-03-01"}, {"done_on": "2026-03-31"}, {"done_on": "2999-01-01"},
        {"found": 3, "closed": 4}, {"found": 2.5}, {"total": 10}, {"total": 100, "share": 13}, {"start": "soon"}, {"measure": "长" * 201},
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_contradicts_itself_is_refused_and_nothing_is_stored(store: Store, wrong: dict[str, object]) -> None:
    with pytest.raises(ManyiError):
        put_measure(store, SURVEY, {**NEW, **wrong}, "a")
    assert store.deliveries(SURVEY.name, "measures") == ()


def test_the_same_measure_twice_is_refused_but_not_in_another_branch_or_project(store: Store) -> None:
    put_measure(store, SURVEY, NEW, "a")
    with pytest.raises(ManyiError, match="already"):
        put_measure(store, SURVEY, NEW, "b")
    put_measure(store, SURVEY, {**NEW, "branch": None}, "b")
    put_measure(store, SURVEY, {**NEW, "project": "提升感知"}, "b")
    assert len(rows(store)) == 3
