"""Saved reports: versions, two windows, rows, and that backups and rebuilt catalogues have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.backups import back_up, restore_backup
from storage.committing import ChangedMeanwhile
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.records import Scope
from storage.saved_reports import PARTS, ReportDraft, part_id_of
from storage.store import Store
from tests.stores.older_store import set_back
from words.errors import ManyiError

ALL = Scope()
NORTH, SOUTH = (Scope({"branch": frozenset({name})}) for name in ("north", "south"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


def test_every_version_is_kept_with_who_and_when(store: Store) -> None:
    one = store.reports.save(" Quarter  2 ", {"a": 1}, "li", ALL)
    two = store.reports.save("Quarter 2", {"a": 2}, "wang", ALL, of=one.report_id, instead_of=1)
    assert [(each.version, each.name, each.definition, each.saved_by) for each in store.reports.versions(one.report_id, ALL)] == [
        (1, "Quarter 2", {"a": 1}, "li"), (2, "Quarter 2", {"a": 2}, "wang"),
    ]  # fmt: skip
    assert store.reports.newest(ALL) == (two,)


def test_who_saves_after_somebody_else_is_told(store: Store) -> None:
    one = store.reports.save("Q2", {"a": 1}, "li", ALL)
    store.reports.save("Q2", {"a": 2}, "li", ALL, of=one.report_id, instead_of=1)
    with pytest.raises(ChangedMeanwhile, match="li saved version 2"):
        store.reports.save("Q2", {"a": 3}, "wang", ALL, of=one.report_id, instead_of=1)
    with pytest.raises(ChangedMeanwhile):
        store.reports.delete(one.report_id, 1, "wang", ALL)
    assert store.reports.delete(one.report_id, 2, "wang", ALL) == 2
    with pytest.raises(ChangedMeanwhile, match="deleted"):
        store.reports.save("Q2", {"a": 3}, "li", ALL, of=one.report_id, instead_of=2)
    assert [entry.action for entry in store.audit()] == ["delete report"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_name_is_needed(store: Store, name: str) -> None:
    with pytest.raises(ManyiError):
        store.reports.save(name, {}, "li", ALL)


def test_a_name_belongs_to_one_report(store: Store) -> None:
    store.reports.save("Q2", {}, "li", ALL)
    with pytest.raises(ManyiError, match="already"):
        store.reports.save("Q2", {}, "li", ALL)


def test_reports_of_other_rows_are_not_there(store: Store) -> None:
    whole, north = store.reports.save("whole", {}, "li", ALL), store.reports.save("north", {}, "bei", NORTH)
    assert [each.name for each in store.reports.newest(ALL)] == ["north", "whole"]
    assert [each.name for each in store.reports.newest(NORTH)] == ["north"]
    assert store.reports.newest(SOUTH) == ()
    assert store.reports.versions(whole.report_id, NORTH) == ()
    assert store.reports.delete(north.report_id, 1, "nan", SOUTH) == 0
    store.reports.change_draft("bei", ALL, lambda _now: ReportDraft({"secret": 1}))
    assert store.reports.draft("bei", NORTH) is None


def test_no_step_of_two_windows_is_lost(store: Store) -> None:
    other = Store(store.data_folder)

    def add(window: Store, what: str, meanwhile: Store | None = None) -> None:
        def step(now: ReportDraft | None) -> ReportDraft:
            if meanwhile and what not in ({} if now is None else now.definition) and "meanwhile" not in (now.definition if now else {}):
                add(meanwhile, "meanwhile")
            return ReportDraft({**(now.definition if now else {}), what: True})

        window.reports.change_draft("li", ALL, step)

    add(store, "first", meanwhile=other)
    add(store, "second")
    found = other.reports.draft("li", ALL)
    assert found is not None
    assert set(found.definition) == {"meanwhile", "first", "second"}
    other.close()


def test_parts_live_as_long_as_something_names_them(store: Store) -> None:
    ids = [part_id_of(content) for content in ("kept", "mine")]
    one = store.reports.save("Q2", {PARTS: ids[:1]}, "li", ALL, parts=["kept"])
    store.reports.change_draft("li", ALL, lambda _now: ReportDraft({PARTS: ids[1:]}), ["mine"])
    assert store.reports.part(ids[0]) == "kept"
    store.reports.delete(one.report_id, 1, "li", ALL)
    assert store.reports.part(ids[1]) == "mine"
    with pytest.raises(ManyiError):
        store.reports.part(ids[0])


def filled(folder: Path) -> Path:
    store = Store(folder)
    store.reports.save("季报", {"a": "满意"}, "li", ALL, parts=["part"])
    store.reports.change_draft("li", ALL, lambda _now: ReportDraft({"b": 1}))
    store.close()
    return folder


def told(folder: Path) -> tuple[object, ...]:
    store = Store(folder)
    try:
        (saved,), draft = store.reports.newest(ALL), store.reports.draft("li", ALL)
        return saved.name, saved.definition, draft and draft.definition, store.reports.part(part_id_of("part"))
    finally:
        store.close()


WHOLE = ("季报", {"a": "满意"}, {"b": 1}, "part")


def test_a_backup_has_them(tmp_path: Path) -> None:
    store = Store(filled(tmp_path / "store"))
    back_up(store.place, *store.parts, tmp_path / "backup")
    store.close()
    restore_backup(StorePlace(tmp_path / "again"), tmp_path / "backup")
    assert told(tmp_path / "again") == WHOLE


def test_a_catalogue_made_again_has_them(tmp_path: Path) -> None:
    (filled(tmp_path) / "catalogue.sqlite").unlink()
    rebuild(StorePlace(tmp_path))
    assert told(tmp_path) == WHOLE


def test_a_catalogue_of_the_revision_before_gains_them(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    set_back(folder, "0004")
    store = Store(folder)
    assert store.reports.newest(ALL) == ()
    store.close()
