"""Sums kept beside the waves are never data: they go with their wave, another store does not read them, a read-only one writes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.kept_sums import KeptSums
from storage.store import Store
from storage.verifying import verify
from tests.stores import small_store


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "sums").iterdir())


def test_they_go_with_their_wave_and_are_no_data(tmp_path: Path) -> None:
    small_store.fill(tmp_path / "data")
    store = Store(tmp_path / "data")
    folder, (gone, stays) = store.parts[1].folder, store.waves("telecom_csi")[:2]
    for wave in (gone, stays):
        store.sums.write(wave.content_id, "form", b"sums")
    assert len(_names(folder)) == 2
    found = verify(*store.parts)
    assert not found.problems
    assert found.strange == 0
    store.versions.delete([gone], "test")
    assert [name.split(".")[0] for name in _names(folder)] == [stays.wave_id]
    store.sums.write(gone.content_id, "form", b"sums")  # by a process that had read the wave before
    assert [name.split(".")[0] for name in _names(folder)] == [stays.wave_id]
    (folder / "sums" / f"{'0' * 24}.abc.sums").write_bytes(b"of a wave that is no more")
    store.close()
    reopened = Store(tmp_path / "data")
    assert [name.split(".")[0] for name in _names(folder)] == [stays.wave_id]
    assert reopened.sums.read(stays.content_id, "form") == b"sums"
    assert reopened.sums.read(stays.content_id, "another form") is None
    reopened.close()


def test_weightings_have_their_own_and_all_go_with_the_wave(tmp_path: Path) -> None:
    kept = _kept(tmp_path)
    for content_id in ("a" * 24, f"{'a' * 24}.{'b' * 16}"):
        (tmp_path / f"{content_id}.parquet").touch()
        kept.write(content_id, "form", content_id.encode())
    assert kept.read("a" * 24, "form") == b"a" * 24
    kept.remove(f"{'a' * 24}.{'b' * 16}")
    assert len(_names(tmp_path)) == 1
    kept.remove("a" * 24)
    assert not _names(tmp_path)


def _kept(folder: Path, store: str = "one", *, writable: bool = True) -> KeptSums:
    return KeptSums(folder, store, writable=writable)


def test_another_store_reads_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "wave.parquet").touch()
    _kept(tmp_path).write("wave", "form", b"sums")
    assert _kept(tmp_path).read("wave", "form") == b"sums"
    assert _kept(tmp_path, "two").read("wave", "form") is None


def test_a_read_only_store_writes_none_and_a_full_disk_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wave.parquet").touch()
    _kept(tmp_path, writable=False).write("wave", "form", b"sums")
    assert not (tmp_path / "sums").exists()

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    kept = _kept(tmp_path)
    kept.write("wave", "form", b"sums")
    assert kept.read("wave", "form") is None
    assert not _names(tmp_path)


def test_few_are_kept_of_one_wave(tmp_path: Path) -> None:
    (tmp_path / "wave.parquet").touch()
    kept = _kept(tmp_path)
    for number in range(7):
        kept.write("wave", f"form {number}", b"sums")
    assert len(_names(tmp_path)) == 4
    assert kept.read("wave", "form 6") == b"sums"
