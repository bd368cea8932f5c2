"""A store made by an earlier version opens, says what it said, and is brought up to date without loss."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.records import Selection
from storage.store import Store
from storage.verifying import verify

OLD = Path(__file__).with_name("old_store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD / "data", tmp_path / "data"))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OLD / "expected.json").read_text(encoding="utf-8"))
    return found


def figures(store: Store) -> dict[str, float | None]:
    """The index of every wave ever stored, as stored and under each weighting."""
    found = {}
    for wave in store.waves(status=None):
        for name in (wave.wave_id, *(f"{wave.wave_id}.{kept.weighting_id}" for kept in store.weightings.of(wave.wave_id))):
            schema = store.schema(wave.schema_hash)
            index = estimate_index(sums(store.scan(Selection("old", (name,))), schema, by=()), schema, by=())
            found[name] = index.estimates[0].value
    return found


def said(store: Store) -> dict[str, object]:
    """Everything the store says of itself, as ``old_store/make.py`` wrote it down."""
    return {
        "waves": [[w.wave_id, w.label, w.version, w.status.value, w.n, w.weighting, w.schema_hash] for w in store.waves(status=None)],
        "figures": figures(store),
        "audit": [[entry.action, entry.by, entry.wave_id, entry.detail] for entry in store.audit()],
        "schemas": [[each.version, each.note] for each in store.schemas.saved("old")],
        "scenarios": [each.name for each in store.scenarios.saved("old")],
        "profile": store.profiles.of("old")["abc"].to_json(),
        "draft": store.schemas.draft("old", "li"),
        "ids": sorted(store.responses(store.waves("old")[-1].wave_id, ["respondent_id"])["respondent_id"].to_pylist()),
    }


def plain(store: Store, *, without_audit: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(said(store)))
    if without_audit:
        found["audit"] = found["audit"][:-without_audit]
    return found


def same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    found["profile"] = {name: found["profile"][name] for name in expected["profile"]}  # what later versions keep beside it is new
    assert found.pop("figures") == pytest.approx(expected["figures"], rel=1e-12)
    assert found == {name: value for name, value in expected.items() if name != "figures"}


def test_it_says_what_it_said(folder: Path, expected: dict[str, Any]) -> None:
    files = {path.name: path.read_bytes() for path in (folder / "waves").iterdir()}
    store = Store(folder)
    key = store.id_key()
    same(plain(store), expected)
    assert verify(*store.parts).problems == ()
    store.close()
    again = Store(folder)
    same(plain(again), expected)
    assert again.id_key() == key == (folder / "keys" / "ids.key").read_bytes()
    assert {path.name: path.read_bytes() for path in (folder / "waves").glob("*.parquet")} == files


def test_the_key_leaves_the_catalogue_and_only_the_owner_may_read(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    store = Store(folder)
    key = store.id_key()
    store.close()
    assert all(key not in path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "ids.key")
    rights = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert {path: mode for path, mode in rights.items() if mode & 0o077} == {}
    folder.chmod(0o750)
    Store(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750, "rights widened on purpose stay"


def test_its_catalogue_can_be_made_again(folder: Path, expected: dict[str, Any]) -> None:
    Store(folder).close()
    (folder / "catalogue.sqlite").unlink()
    made = rebuild(StorePlace(folder))
    assert (made.from_copy, made.from_files, made.unused) == (4, 0, ())
    same(plain(Store(folder), without_audit=1), expected)


def test_the_old_catalogue_put_back_later_is_noticed(folder: Path, tmp_path: Path) -> None:
    old = shutil.copyfile(folder / "catalogue.sqlite", tmp_path / "old.sqlite")
    Store(folder).close()
    shutil.copyfile(old, folder / "catalogue.sqlite")
    with pytest.raises(Exception, match="is older than the files"):
        Store(folder)


def test_one_that_cannot_be_written_to_is_read_as_it_is(folder: Path, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.place.os.access", lambda _place, mode: mode != os.W_OK)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    store = Store(folder)
    assert not store.writable
    same(plain(store), expected)
    with pytest.raises(Exception, match="cannot be written to"):
        store.versions.withdraw(store.waves()[0].wave_id, "li")
    store.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
