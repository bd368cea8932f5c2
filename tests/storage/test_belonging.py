"""Catalogue and files belong together, or nothing is touched and a sentence says what was found and the way back."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from storage.catalogue_copy import COPY
from storage.place import sqlite_url
from storage.records import Selection
from storage.store import Store
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError


def filled(folder: Path, *labels: str) -> Store:
    store = Store(folder)
    for label in labels or ("2026Q1", "2026Q2"):
        store.commit(make_workbook(label, content=label, population=True), make_schema(), "li")
    return store


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def age(folder: Path) -> None:
    """Make every file old enough to be swept, if it were swept."""
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - 7200, time.time() - 7200))


def empty(folder: Path) -> None:
    (folder / "catalogue.sqlite").write_bytes(b"")


def deleted(folder: Path) -> None:
    (folder / "catalogue.sqlite").unlink()


def damaged(folder: Path) -> None:
    whole = (folder / "catalogue.sqlite").read_bytes()
    (folder / "catalogue.sqlite").write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def older(folder: Path) -> None:
    """The catalogue as it was before the last wave was stored."""
    shutil.copyfile(folder.with_name("before.sqlite"), folder / "catalogue.sqlite")


def other(folder: Path) -> None:
    """The catalogue of another store."""
    filled(folder.with_name("another"), "2026Q1").close()
    shutil.copyfile(folder.with_name("another") / "catalogue.sqlite", folder / "catalogue.sqlite")


ACCIDENTS: dict[Callable[[Path], None], str] = {
    empty: "is missing or empty, but .* holds the files of 2 stored waves. Nothing was touched",
    deleted: "is missing or empty, but .* holds the files of 2 stored waves. Nothing was touched",
    damaged: "is damaged. Nothing was touched",
    older: r"is older than the files in .* \(2 waves\). Nothing was touched",
    other: r"is that of another store than the files in .* \(2 waves\). Nothing was touched",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of two waves, closed, with its catalogue of one wave beside it."""
    folder = tmp_path / "data"
    filled(folder, "2026Q1").close()
    shutil.copyfile(folder / "catalogue.sqlite", tmp_path / "before.sqlite")
    filled(folder, "2026Q2").close()
    age(folder)
    return folder


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda accident: accident.__name__)
@pytest.mark.parametrize("with_copy", [True, False])
def test_a_catalogue_that_is_not_the_files_catalogue_touches_nothing(
    folder: Path, accident: Callable[[Path], None], with_copy: bool
) -> None:
    if not with_copy:
        (folder / "waves" / COPY).unlink()
    accident(folder)
    before = contents(folder)
    for _attempt in range(2):
        with pytest.raises(ManyiError, match=ACCIDENTS[accident] if with_copy else "Nothing was touched") as refusal:
            Store(folder).waves()
        assert "python cli.py store rebuild" in str(refusal.value) or not with_copy
        found = {name: content for name, content in contents(folder).items() if not name.endswith(("-wal", "-shm"))}
        assert found == before


def test_a_folder_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    pq.write_table(pa.table({"sales": [1, 2]}), strange / "sales.parquet")
    store = filled(tmp_path / "data")
    store.close()
    age(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(ManyiError, match=r"holds none of the 2 waves that the catalogue .* knows, but 1 other files. Nothing was touched"):
        Store(tmp_path / "data", responses=str(strange))
    assert contents(tmp_path) == before
    with pytest.raises(ManyiError, match="holds Parquet files of somebody else"):
        Store(tmp_path / "new", responses=str(strange))
    assert contents(tmp_path) == before
    with pytest.raises(ManyiError, match="missing or empty"):
        Store(tmp_path / "data", catalog_url=sqlite_url(tmp_path / "fresh.sqlite"))
    assert contents(tmp_path) == before


def test_the_files_of_another_store_are_not_touched(tmp_path: Path) -> None:
    filled(tmp_path / "one").close()
    filled(tmp_path / "two").close()
    age(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(ManyiError, match="is that of another store"):
        Store(tmp_path / "one", responses=str(tmp_path / "two" / "waves"))
    assert contents(tmp_path) == before


def test_what_a_kill_left_behind_the_catalogues_back_is_made_good(folder: Path) -> None:
    """The copy one change behind, or not there, is written again; a damaged one too."""
    for spoil in (Path.unlink, lambda path: path.write_bytes(b"no copy"), lambda path: path.write_bytes(path.read_bytes()[:-40])):
        copy = folder / "waves" / COPY
        whole = copy.read_bytes()
        spoil(copy)
        store = Store(folder)
        store.schemas.save_draft("small", "li", "a change")
        store.schemas.forget_draft("small", "li")
        store.close()
        assert len(copy.read_bytes().splitlines()) == len(whole.splitlines())


def test_other_files_beside_the_waves_are_left_alone(folder: Path) -> None:
    own = folder / "waves" / "notes.parquet"
    pq.write_table(pa.table({"x": [1]}), own)
    age(folder)
    store = Store(folder)
    assert len(store.waves()) == 2
    assert store.scan(Selection("small")).collect().shape[0] == 120
    assert own.is_file()
