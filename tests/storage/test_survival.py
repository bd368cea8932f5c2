"""The store survives kills, races and bad disks: catalogue and files always agree, and failures are sentences."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from storage.backups import check_backup
from storage.catalogue_copy import COPY
from storage.place import sqlite_url
from storage.records import Selection, WaveStatus
from storage.store import Store
from storage.verifying import verify
from tests.storage.children import outcome, start
from tests.storage.commit_in_child import backup_of
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

pytestmark = pytest.mark.slow


def agree(folder: Path) -> Store:
    """Open the store and check that every wave in the catalogue has its complete files."""
    store = Store(folder)
    for wave in store.waves(status=None):
        assert (folder / "waves" / f"{wave.wave_id}.parquet").is_file()
    for wave in store.waves():
        assert len(store.scan(Selection(wave.survey, (wave.label,))).collect()) == wave.n
    return store


def test_a_kill_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    template = tmp_path / "template"
    store = Store(template)
    store.commit(make_workbook("2026Q1", content="old"), make_schema(), "li")
    store.close()
    outcomes = outcome(start("kill", template, "10", "replace"))
    assert isinstance(outcomes, list)
    states = set()
    for each in outcomes:
        store = agree(Path(each["folder"]))
        state = tuple((wave.label, wave.version) for wave in store.waves())
        assert state in ((("2026Q1", 1),), (("2026Q1", 2), ("2026Q2", 1))), each
        states.add(state)
        if len(state) == 1:
            store.commit(make_workbook("2026Q1", "2026Q2", content="new"), make_schema(), "li", replace=True)
        store.sweep(older_than_seconds=-1)
        assert len(list((Path(each["folder"]) / "waves").iterdir())) == 4
        assert [(wave.label, wave.version) for wave in store.waves()] == [("2026Q1", 2), ("2026Q2", 1)]
        store.close()
    assert sum(each["killed"] for each in outcomes) >= 18
    assert len(states) == 2, "the kills must reach both sides of the moment that counts"


def test_a_kill_leaves_responses_and_other_data_of_a_workbook_both_or_neither(tmp_path: Path) -> None:
    template = tmp_path / "template"
    store = Store(template)
    store.commit(make_workbook("2026Q1", content="old"), make_schema(), "li")
    store.close()
    outcomes = outcome(start("kill", template, "6", "kinds"))
    assert isinstance(outcomes, list)
    states = set()
    for each in outcomes:
        store = agree(Path(each["folder"]))
        state = (len(store.waves()), len(store.deliveries()))
        assert state in ((1, 0), (2, 1)), each
        states.add(state)
        if state == (2, 1):
            assert store.scan_kind("small", "annotations").collect()["text"].to_list() == ["new shifts"]
        assert verify(*store.parts).problems == ()
        store.close()
    assert len(states) == 2, "the kills must reach both sides of the moment that counts"


@pytest.mark.parametrize("job", ["schema", "backup", "delete", "put_back", "seal", "report"])
def test_a_kill_at_any_moment_leaves_the_store_whole(tmp_path: Path, job: str) -> None:
    template = tmp_path / "template"
    store = Store(template)
    store.commit(make_workbook("2026Q1", content="old", population=True), make_schema(), "li")
    store.close()
    outcomes = outcome(start("kill", template, "4", job))
    assert isinstance(outcomes, list)
    assert sum(each["killed"] for each in outcomes) >= 6
    for each in outcomes:
        folder = Path(each["folder"])
        store = agree(folder)
        verdict = verify(*store.parts)
        assert (verdict.problems, verdict.strange) == ((), 0), each
        store.sweep(older_than_seconds=-1)
        left = {path.name.removesuffix(".parquet") for path in (folder / "waves").iterdir()}
        assert left == {mark.name for mark in store.parts[0].marks()} | {COPY}
        assert len(left) == (3 if store.waves(status=None) else 1)
        if backup_of(folder).exists():
            assert check_backup(backup_of(folder)).waves == 1
        store.close()


def test_strays_are_swept_but_not_while_they_may_be_in_flight(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    folder, own = tmp_path / "waves", store.parts[1].store_id
    strays = [folder / f".{own}.feed.tmp", folder / f".{own}.feed.0123456789abcdef.pending"]
    kept = [folder / name for name in (f"{wave.wave_id}.parquet", "feed.parquet", "feed.parquet.1.unfinished", ".other.feed.tmp")]
    for path in (*strays, *kept[1:]):
        path.write_bytes(b"x")
    assert store.sweep() == 0
    for path in (*strays, *kept):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    Store(tmp_path)
    assert {path for path in folder.iterdir() if path.name != COPY} == set(kept)


def test_processes_committing_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    jobs = [("2026Q1", "a"), ("2026Q1", "b"), ("2026Q2+2026Q3", "c"), ("2026Q1", "a")]
    found = [str(outcome(child)) for child in [start("commit", tmp_path, *job) for job in jobs]]
    assert found[2] == "2026Q2,2026Q3"
    assert sorted(text.split(":")[0] for text in (found[0], found[1], found[3])) == ["2026Q1", "refused", "refused"]
    assert [wave.label for wave in agree(tmp_path).waves()] == ["2026Q1", "2026Q2", "2026Q3"]


def test_a_full_disk_is_a_sentence_and_nothing_is_stored(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.close()
    assert "The disk of" in str(outcome(start("small_disk", tmp_path, "1000")))
    assert [wave.label for wave in agree(tmp_path).waves(status=None)] == ["2026Q1"]
    assert list((tmp_path / "waves").glob("*.unfinished")) == []


def test_a_read_only_folder_is_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to other users
        Path(place).chmod(0o755)
        folder = Path(place) / "data"
        Store(folder).close()
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        found = str(outcome(start("read_only", folder)))
        folder.chmod(0o755)
        (folder / "waves").chmod(0o755)
    assert "cannot be written to" in found


def test_another_process_that_comes_and_goes_takes_nothing_from_one_that_stays(tmp_path: Path) -> None:
    """The locks of the process that stays hold, so the other does not take itself for the last one and remove the write-ahead log."""
    staying = Store(tmp_path)
    catalogue = staying.parts[0]
    for label in ("2026Q1", "2026Q2", "2026Q3"):
        with catalogue.reading(), catalogue.reading():  # several connections, the later ones made while others are open
            pass
        assert outcome(start("commit", tmp_path, f"{label[:4]}-0{label[-1]}", label)) == f"{label[:4]}-0{label[-1]}"
        staying.commit(make_workbook(label, content=f"own {label}"), make_schema(), "li")
        assert {wave.label for wave in Store(tmp_path).waves()} >= {label}
    assert len(staying.waves()) == 6


@pytest.mark.skipif(os.name != "posix", reason="rights of another user")
@pytest.mark.parametrize("with_log", [False, True])
def test_a_read_only_store_can_be_read(with_log: bool) -> None:
    """By another user, while its owner has it open (with a write-ahead log) or not."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "data"
        store = Store(folder)
        store.commit(make_workbook("2026Q1"), make_schema(), "li")
        if not with_log:
            store.close()
        assert (folder / "catalogue.sqlite-wal").exists() == with_log
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert outcome(start("read", folder)) == [False, ["2026Q1"], 60]
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(ManyiError, match="cannot be used"):
        Store(tmp_path / "data")


@pytest.mark.parametrize("content", [b"this is no database at all, but long enough to be looked at" * 20, None])
def test_a_damaged_catalogue_is_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    store = Store(tmp_path)
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.close()
    for path in tmp_path.glob("catalogue.sqlite-*"):
        path.unlink()
    catalogue = tmp_path / "catalogue.sqlite"
    whole = catalogue.read_bytes()
    catalogue.write_bytes(content if content is not None else whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(ManyiError, match="is damaged"):
        Store(tmp_path).waves()


def test_a_missing_or_damaged_wave_file_is_a_sentence(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    path = tmp_path / "waves" / f"{wave.wave_id}.parquet"
    path.write_bytes(b"PAR1 damaged")
    with pytest.raises(ManyiError, match="A stored file of wave 2026Q1 of small is damaged"):
        store.dimension_values(Selection("small"))
    path.unlink()
    with pytest.raises(ManyiError, match="A stored file of wave 2026Q1 of small is missing"):
        store.scan(Selection("small"))


def test_a_catalogue_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store._catalogue.writing() as connection:
        connection.exec_driver_sql("INSERT INTO catalogue_format VALUES (999)")
    store.close()
    with pytest.raises(ManyiError, match="newer version"):
        Store(tmp_path)


def test_a_wrong_catalogue_address_is_a_sentence_without_the_password(tmp_path: Path) -> None:
    for address in ("nonsense", "oracle+nothing://me:secret@host/db", "sqlite:////proc/nowhere/catalogue.sqlite"):
        with pytest.raises(ManyiError) as refusal:
            Store(tmp_path, catalog_url=address)
        assert "secret" not in str(refusal.value)
    with pytest.raises(ManyiError, match="cannot be reached"):
        Store(tmp_path, responses="nonsense://bucket/waves")


def test_responses_and_catalogue_can_live_elsewhere(tmp_path: Path) -> None:
    store = Store(tmp_path / "data", sqlite_url(tmp_path / "elsewhere.sqlite"), str(tmp_path / "parquet"))
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    assert (tmp_path / "parquet" / f"{wave.wave_id}.parquet").is_file()
    assert [path.name for path in (tmp_path / "data").rglob("*.*")] == ["ids.key"]
    assert store.waves(status=WaveStatus.ACTIVE) == (wave,)
