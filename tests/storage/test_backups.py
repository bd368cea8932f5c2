"""Backups and what is put back from them, when they are killed, damaged or on a bad disk."""

from __future__ import annotations

import contextlib
import json
import os
import random
import time
from pathlib import Path

import pytest

from storage.backups import MANIFEST, Backup, back_up, check_backup, restore_backup
from storage.place import StorePlace
from storage.private_files import held
from storage.store import Store
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

HEX = "0123456789abcdef" * 2


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "data")
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    return store


def make(store: Store, out: Path) -> Backup:
    return back_up(store.place, *store.parts, out)


def left_by_a_kill(place: Path, name: str, *, hours: float = 0) -> Path:
    folder = place / f".{name}.{HEX}.unfinished"
    (folder / "waves").mkdir(parents=True)
    (folder / "waves" / "half.parquet").write_bytes(b"half")
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (time.time() - 3600 * hours, time.time() - 3600 * hours))
    return folder


def test_what_killed_backups_left_is_swept_by_the_next_one_to_that_place(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    same, young, old = left_by_a_kill(place, "monday"), left_by_a_kill(place, "sunday"), left_by_a_kill(place, "may", hours=2)
    strange, theirs = left_by_a_kill(place, "a", hours=2).rename(place / ".a.unfinished"), place / f".b.{HEX}.unfinished"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("mine", encoding="utf-8")
    os.utime(theirs, (0, 0))
    make(store, place / "monday")
    assert (same.exists(), young.exists(), old.exists(), strange.exists(), theirs.exists()) == (False, True, False, True, True)


@pytest.mark.skipif(os.name != "posix", reason="folders are not locked")
def test_a_backup_under_way_is_not_swept(store: Store, tmp_path: Path) -> None:
    other = left_by_a_kill(tmp_path, "monday", hours=5)
    with held(other) as free:
        assert free
        make(store, tmp_path / "monday")
        assert other.exists()


def test_a_damaged_manifest_is_a_sentence(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "backup"
    make(store, out)
    whole = (out / MANIFEST).read_bytes()
    dice = random.Random(5)
    spoilt = [b"", b"[]", b"{}", b'{"files": []}', whole[:-30], json.dumps({**json.loads(whole), "files": {"waves/x": 1}}).encode()]
    for _time in range(150):
        place, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        spoilt.append(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
    for content in spoilt:
        (out / MANIFEST).write_bytes(content)
        with contextlib.suppress(ManyiError):  # a bit of a date or of a number of waves says nothing wrong of a file
            check_backup(out)


def test_a_restore_that_was_killed_is_said_and_done_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed when everything was set aside and nothing had its place: the empty folder is not taken for a new store."""
    make(store, tmp_path / "backup")
    store.close()
    replace, data = Path.replace, tmp_path / "data"

    def killed(path: Path, target: Path) -> Path:
        if path.name.endswith(".restored"):
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(StorePlace(data), tmp_path / "backup")
    monkeypatch.undo()
    for _attempt in range(2):
        with pytest.raises(ManyiError, match=r"was interrupted. Do it again: python cli.py store restore BACKUP"):
            Store(data)
    restore_backup(StorePlace(data), tmp_path / "backup")
    assert not list(data.rglob("*.restored"))
    assert [wave.label for wave in Store(data).waves()] == ["2026Q1"]
