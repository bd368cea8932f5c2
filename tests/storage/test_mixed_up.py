"""Stores mixed up with older copies and other stores: what the refusal says to do then works, and nothing is lost on the way."""

from __future__ import annotations

import dataclasses
import errno
import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from storage.backups import back_up
from storage.catalogue_copy import COPY
from storage.failures import told_plainly
from storage.place import StorePlace, sqlite_url
from storage.rebuilding import rebuild
from storage.store import Store
from storage.verifying import verify
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

pytestmark = pytest.mark.slow


def fill(folder: Path, *labels: str, replace: bool = False, rows: int = 20) -> None:
    store = Store(folder)
    for label in labels:
        store.commit(make_workbook(label, content=f"{folder.name}{label}{rows}", rows=rows), make_schema(), "li", replace)
    store.close()


def sound(folder: Path) -> list[tuple[str, int, int, str]]:
    store = Store(folder)
    assert verify(*store.parts).problems == ()
    found = [(wave.label, wave.version, wave.n, wave.status.value) for wave in store.waves(status=None)]
    store.close()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "data", "2026Q1", "2026Q2")
    return tmp_path / "data"


@pytest.mark.parametrize("damage", ["cut", "head", "other"])
def test_a_lost_catalogue_is_made_again_whatever_became_of_its_copy(folder: Path, damage: str) -> None:
    copy = folder / "waves" / COPY
    if damage == "cut":
        copy.write_bytes(copy.read_bytes()[:-50])
    elif damage == "head":
        copy.write_bytes(copy.read_bytes().replace(b'"generation": ', b'"generation": 9', 1))
    else:
        fill(folder.with_name("another"), "2026Q3")
        shutil.copyfile(folder.with_name("another") / "waves" / COPY, copy)
    (folder / "catalogue.sqlite").unlink()
    made = rebuild(StorePlace(folder))
    assert (made.from_copy, made.from_files) == (0, 2)
    assert made.aside is not None
    assert (made.aside / COPY).is_file()
    assert [wave[:2] for wave in sound(folder)] == [("2026Q1", 1), ("2026Q2", 1)]


@pytest.mark.parametrize("generation", ["9999", '"x"', "null", "-1"])
def test_a_damaged_head_of_the_copy_says_nothing_of_a_whole_catalogue(folder: Path, generation: str) -> None:
    copy = folder / "waves" / COPY
    head, rest = copy.read_text(encoding="utf-8").split("\n", 1)
    right = json.loads(head)["generation"]
    copy.write_text(head.replace(f'"generation": {right}', f'"generation": {generation}') + "\n" + rest, encoding="utf-8")
    assert len(sound(folder)) == 2


def test_names_may_hold_any_sign_that_parts_lines(folder: Path) -> None:
    store = Store(folder)
    workbook = make_workbook("2026Q3", content="a\u2028b\x85c\u2029d\x1ee")
    store.commit(dataclasses.replace(workbook, source_name=f"{workbook.content_hash}\udcff.xlsx"), make_schema(), "li\u2028")
    store.close()
    (folder / "catalogue.sqlite").unlink()
    assert rebuild(StorePlace(folder)).from_copy == 3
    assert len(sound(folder)) == 3


def test_an_older_copy_laid_over_the_store_is_noticed_and_nothing_newer_is_lost(folder: Path) -> None:
    older = folder.with_name("older")
    shutil.copytree(folder, older)
    fill(folder, "2026Q3")
    fill(folder, "2026Q2", replace=True, rows=30)
    store = Store(folder)
    wave = store.waves()[0]
    store.weightings.save(wave.wave_id, "w", np.linspace(1, 2, wave.n), recipe={}, report={}, by="li")
    store.close()
    shutil.copytree(older, folder, dirs_exist_ok=True)
    with pytest.raises(ManyiError, match=r"is older than the files .* Nothing was touched"):
        Store(folder)
    assert rebuild(StorePlace(folder)).from_files == 2
    assert sorted(sound(folder)) == [
        ("2026Q1", 1, 20, "active"), ("2026Q2", 1, 20, "active"), ("2026Q2", 2, 30, "replaced"), ("2026Q3", 1, 20, "active"),
    ]  # fmt: skip


def test_two_copies_that_both_went_on_are_put_together(folder: Path) -> None:
    """Both stored another second version of one period, and another weighting of one name."""
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    for place, rows in ((folder, 30), (twin, 40)):
        fill(place, "2026Q2", replace=True, rows=rows)
        store = Store(place)
        wave = store.waves()[0]
        store.weightings.save(wave.wave_id, "w", np.linspace(1, rows, wave.n), recipe={}, report={}, by="li")
        store.close()
    shutil.copytree(twin / "waves", folder / "waves", dirs_exist_ok=True)
    with pytest.raises(ManyiError, match="Nothing was touched"):
        Store(folder)
    rebuild(StorePlace(folder))
    assert sorted((version, n) for label, version, n, _status in sound(folder) if label == "2026Q2") == [(1, 20), (2, 40), (3, 30)]
    store = Store(folder)
    assert sorted(each.name for each in store.weightings.of(store.waves()[0].wave_id)) == ["w", "w (2)"]
    store.close()


def test_catalogue_and_copy_of_another_store_are_not_taken_for_those_of_the_files(folder: Path) -> None:
    fill(folder.with_name("another"), "2026Q3")
    for name in ("catalogue.sqlite", f"waves/{COPY}"):
        shutil.copyfile(folder.with_name("another") / name, folder / name)
    with pytest.raises(ManyiError, match=r"holds none of the 1 waves that the catalogue .* knows, but 2 other files. Nothing was touched"):
        Store(folder)


def test_a_database_of_somebody_else_is_neither_changed_nor_moved(folder: Path) -> None:
    theirs = folder.with_name("sales.db")
    with sqlite3.connect(theirs) as connection:
        connection.executescript("CREATE TABLE sales (x); INSERT INTO sales VALUES (1);")
    before = theirs.read_bytes()
    place = StorePlace(folder, sqlite_url(theirs))
    with pytest.raises(ManyiError, match=r"is a database of somebody else \(tables sales\). Nothing was touched"):
        Store(folder, place.catalog_url)
    with pytest.raises(ManyiError, match="is a database of somebody else"):
        rebuild(place)
    assert theirs.read_bytes() == before
    with pytest.raises(ManyiError, match="names no file"):
        Store(folder, "sqlite://")


def test_the_catalogue_of_another_store_stays_where_it_is(folder: Path) -> None:
    another = folder.with_name("another")
    fill(another, "2026Q3")
    for place in (StorePlace(folder, sqlite_url(another / "catalogue.sqlite")), StorePlace(folder, responses=str(another / "waves"))):
        with pytest.raises(ManyiError, match="is that of another store"):
            rebuild(place)
    assert len(sound(folder)) == 2
    assert len(sound(another)) == 1


@pytest.mark.parametrize(
    "spoilt", ["status = 'actjve'", "committed_at = '2026-13-01'", "source_name = CAST(x'32e9' AS TEXT)", "schema_hash = NULL"]
)
def test_what_a_catalogue_cannot_have_been_written_with_is_damage_and_made_good_by_rebuild(folder: Path, spoilt: str) -> None:
    before = sound(folder)
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        if spoilt.startswith("schema"):
            connection.execute("UPDATE survey_schemas SET definition = replace(definition, 'name', 'nbme')")
        else:
            connection.execute(f"UPDATE waves SET {spoilt}")
    connection.close()

    def read() -> None:
        store = Store(folder)
        store.schema(store.waves(status=None)[0].schema_hash)

    with pytest.raises(ManyiError, match=r"is damaged. Nothing was touched. .* store rebuild"):
        read()
    rebuild(StorePlace(folder))
    assert sound(folder) == before


def test_making_the_catalogue_again_on_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sound(folder)
    content = (folder / "catalogue.sqlite").read_bytes()

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("storage.rebuilding.insert_rows", full)
    with pytest.raises(OSError, match="full"):
        rebuild(StorePlace(folder))
    assert (folder / "catalogue.sqlite").read_bytes() == content
    assert not list(folder.glob("set-aside-*"))
    assert sound(folder) == before


def test_what_sqlite_says_itself_is_a_sentence() -> None:
    for failure, sentence in (("database or disk is full", "is full"), ("disk image is malformed", "is damaged")):
        with pytest.raises(ManyiError, match=sentence), told_plainly("here"):
            raise sqlite3.OperationalError(failure)


def test_a_store_on_a_full_disk_can_be_read_and_backed_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite needs room for its index of the log even to read."""
    before = sound(folder)

    def full(*_given: object) -> None:
        raise sa.exc.OperationalError(None, None, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr("storage.opening._tidy", full)
    assert sound(folder) == before
    store = Store(folder)
    assert not store.writable
    assert store.parts[0].only_for_now
    assert back_up(store.place, *store.parts, folder.with_name("backup")).waves == 2
    with pytest.raises(ManyiError, match=r"disk of .* is full"):
        store.versions.withdraw(store.waves()[0].wave_id, "li")
