"""Annotations one by one: checked like a sheet, stored as versions with their author, removed, undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storage.annotating import add_annotation, remove_annotation
from storage.records import WaveStatus
from storage.row_edits import list_in_force
from storage.store import Store
from survey_schema.data_kinds.references import ANNOTATIONS
from survey_schema.loading import load_schema
from tests.stores.kind_sheets import check_sheets, good_sheets
from words.errors import ManyiError

SURVEY = load_schema("telecom_csi")
NEW = {"date": "2026-05-15", "text": "资费调整", "branch": "兰州", "phase_start": "是"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def rows(store: Store) -> list[tuple[object, ...]]:
    found = store.scan_kind(SURVEY.name, "annotations").collect("pyarrow").to_native().to_pylist()
    return [(row["date"], row["text"], row["branch"], row["phase_start"], row["author"]) for row in found]


def test_one_is_added_to_what_a_sheet_brought_and_the_audit_knows_who(store: Store) -> None:
    store.commit(check_sheets({"图表注记": good_sheets()["annotations"]}), SURVEY, "uploader")
    stored = add_annotation(store, SURVEY, NEW, "li lei").stored
    assert (stored.version, stored.n, stored.committed_by) == (2, 3, "li lei")
    assert rows(store)[-1] == (date(2026, 5, 15), "资费调整", "lanzhou", True, "li lei")
    assert [row[1] for row in rows(store)[:2]] == ["新排班上线", "系统割接"]
    assert [entry.by for entry in store.audit()][-1] == "li lei"


KEY = {"date": date(2026, 5, 15), "text": "资费调整", "branch": "lanzhou"}


def test_a_step_is_undone_by_its_contrary_and_leaves_what_others_wrote_since(store: Store) -> None:
    added = add_annotation(store, SURVEY, NEW, "a")
    add_annotation(store, SURVEY, {**NEW, "text": "新套餐"}, "b")
    removed = remove_annotation(store, SURVEY, added.annotation, "a")
    assert [row[1] for row in rows(store)] == ["新套餐"]
    add_annotation(store, SURVEY, {**NEW, "text": "割接"}, "c")
    add_annotation(store, SURVEY, removed.annotation, "d")
    assert [(row[1], row[4]) for row in rows(store)] == [("新套餐", "b"), ("割接", "c"), ("资费调整", "a")]
    assert rows(store)[-1][:4] == (date(2026, 5, 15), "资费调整", "lanzhou", True)


def test_who_writes_beside_another_process_loses_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = Store(tmp_path / "data")
    first, commit = add_annotation(store, SURVEY, NEW, "a"), Store.commit
    between = [lambda: add_annotation(beside, SURVEY, {**NEW, "text": "新套餐"}, "b")]

    def overtaken(self: Store, *given: object, **named: object) -> object:
        if self is store and between:
            between.pop()()
        return commit(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "commit", overtaken)
    add_annotation(store, SURVEY, {**NEW, "text": "割接"}, "c")
    assert [row[1] for row in rows(store)] == ["资费调整", "新套餐", "割接"]
    assert first.stored.version == 1


def test_the_last_one_removed_withdraws_the_list(store: Store) -> None:
    add_annotation(store, SURVEY, NEW, "a")
    gone = remove_annotation(store, SURVEY, KEY, "a")
    assert list_in_force(store, SURVEY.name, ANNOTATIONS) is None
    assert {wave.status for wave in store.deliveries(SURVEY.name, "annotations", None)} == {WaveStatus.WITHDRAWN}
    add_annotation(store, SURVEY, gone.annotation, "a")
    assert len(rows(store)) == 1


def test_private_data_is_masked_as_in_a_sheet(store: Store) -> None:
    add_annotation(store, SURVEY, {**NEW, "text": "回访 13812345678"}, "a")
    assert "13812345678" not in str(rows(store))


@pytest.mark.parametrize("wrong", [{"date": "soon"}, {"date": None}, {"text": "  "}, {"phase_start": "perhaps"}, {"date": "1890-01-01"}])
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(store: Store, wrong: dict[str, object]) -> None:
    with pytest.raises(ManyiError):
        add_annotation(store, SURVEY, {**NEW, **wrong}, "a")
    assert list_in_force(store, SURVEY.name, ANNOTATIONS) is None


def test_the_same_twice_and_one_that_is_not_there_are_refused(store: Store) -> None:
    add_annotation(store, SURVEY, NEW, "a")
    with pytest.raises(ManyiError, match="already"):
        add_annotation(store, SURVEY, NEW, "b")
    with pytest.raises(ManyiError, match="no annotation"):
        remove_annotation(store, SURVEY, {"date": date(2026, 5, 15), "text": "other", "branch": None}, "b")
