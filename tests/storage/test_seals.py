"""Seals are kept once, travel with backup and rebuilding, and an older catalogue gains them."""

from __future__ import annotations

from pathlib import Path

from storage.backups import back_up, restore_backup
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.seals import Seal
from storage.store import Store
from tests.stores.older_store import set_back
from tests.stores.small_survey import make_schema, make_workbook

SEAL = Seal("ABCDEFGH2345", "small", {"answers": [{"question": {"where": {"branch": "兰州"}}}]}, [["1", "2"]])


def kept(folder: Path) -> tuple[object, ...]:
    store = Store(folder)
    found = store.seals.of(SEAL.code)
    schema = store.schema(store.waves()[0].schema_hash)
    store.close()
    assert found is not None
    assert schema.name == "small"
    return found.inputs, found.figures, found.sealed_by


def made(folder: Path) -> Path:
    store = Store(folder)
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.seals.keep(SEAL, [make_schema(maximum=7)], "li")
    store.close()
    return folder


def test_a_seal_stays_as_the_first_one_made_it(tmp_path: Path) -> None:
    store = Store(made(tmp_path))
    before = store.parts[0].identity()
    assert store.seals.keep(Seal(SEAL.code, "other", {}, []), [], "wang").survey == "small"
    assert store.parts[0].identity() == before
    assert store.seals.of("nothing") is None
    store.close()
    assert kept(tmp_path) == (SEAL.inputs, SEAL.figures, "li")


def test_a_backup_has_it(tmp_path: Path) -> None:
    folder = made(tmp_path / "store")
    store = Store(folder)
    back_up(store.place, *store.parts, tmp_path / "backup")
    store.close()
    restore_backup(StorePlace(tmp_path / "again"), tmp_path / "backup")
    assert kept(tmp_path / "again") == (SEAL.inputs, SEAL.figures, "li")


def test_a_catalogue_made_again_has_it(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "catalogue.sqlite").unlink()
    rebuild(StorePlace(folder))
    assert kept(folder) == (SEAL.inputs, SEAL.figures, "li")


def test_a_catalogue_of_the_revision_before_gains_them(tmp_path: Path) -> None:
    folder = made(tmp_path)
    set_back(folder, "0002")
    store = Store(folder)
    assert store.seals.of(SEAL.code) is None
    store.seals.keep(SEAL, [], "li")
    store.close()
    assert kept(folder) == (SEAL.inputs, SEAL.figures, "li")
