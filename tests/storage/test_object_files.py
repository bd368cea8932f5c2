"""Waves in object storage: written whole under their final names, fetched by a machine that does not have them, removed for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from storage.object_files import ObjectFiles
from storage.records import Selection
from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores import small_store
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")
ADDRESS = "memory://bucket/waves"


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    yield
    fsspec.filesystem("memory").store.clear()


def _names() -> list[str]:
    return sorted(Path(name).name for name in fsspec.filesystem("memory").find("/bucket/waves"))


def _filled(folder: Path) -> Store:
    store = Store(folder, responses=ADDRESS)
    store.commit(small_store.workbook(SCHEMA), SCHEMA, "test")
    return store


def test_every_counted_file_lies_there_under_its_final_name(tmp_path: Path) -> None:
    store = _filled(tmp_path)
    assert _names() == sorted(f"{wave.wave_id}.parquet" for wave in store.waves())


def test_a_machine_without_the_files_fetches_them(tmp_path: Path) -> None:
    store = _filled(tmp_path)
    rows = store.scan(Selection("telecom_csi")).collect("pyarrow").shape
    for path in (tmp_path / "waves").glob("*.parquet"):
        path.unlink()
    store.close()
    again = Store(tmp_path, responses=ADDRESS)
    assert again.scan(Selection("telecom_csi")).collect("pyarrow").shape == rows
    assert len(list((tmp_path / "waves").glob("*.parquet"))) == len(small_store.WAVES)


def test_a_file_that_is_not_what_was_written_is_noticed(tmp_path: Path) -> None:
    store = _filled(tmp_path)
    name = f"{store.waves()[0].wave_id}.parquet"
    (tmp_path / "waves" / name).unlink()
    place = fsspec.filesystem("memory")
    place.pipe_file(f"/bucket/waves/{name}", place.cat_file(f"/bucket/waves/{name}")[:-1] + b"x")
    with pytest.raises(ManyiError, match="damaged"):
        store.scan(Selection("telecom_csi"))


def test_a_commit_that_cannot_send_its_files_counts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, responses=ADDRESS)
    monkeypatch.setattr(ObjectFiles, "size", lambda _self, _name: None)
    with pytest.raises(ManyiError):
        store.commit(small_store.workbook(SCHEMA), SCHEMA, "test")
    assert store.waves() == ()


def test_what_is_deleted_for_good_is_deleted_there_too(tmp_path: Path) -> None:
    store = _filled(tmp_path)
    gone = store.waves()[0]
    store.versions.delete([gone], "test")
    assert f"{gone.wave_id}.parquet" not in _names()
    assert len(_names()) == len(small_store.WAVES) - 1


def test_sums_are_kept_of_a_wave_that_lies_there_only(tmp_path: Path) -> None:
    store = _filled(tmp_path)
    wave = store.waves()[0]
    (tmp_path / "waves" / f"{wave.wave_id}.parquet").unlink()
    store.sums.write(wave.content_id, "form", b"sums")
    assert store.sums.read(wave.content_id, "form") == b"sums"
    store.versions.delete([wave], "test")
    store.sums.write(wave.content_id, "form", b"sums")
    assert store.sums.read(wave.content_id, "form") is None


@pytest.mark.parametrize("address", ["nowhere://bucket", "s3x://bucket"])
def test_an_address_nobody_knows_is_a_sentence(tmp_path: Path, address: str) -> None:
    with pytest.raises(ManyiError, match="cannot be reached"):
        Store(tmp_path, responses=address)
