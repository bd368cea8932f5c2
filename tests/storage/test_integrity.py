"""Damage is noticed and named with the way back; backups are whole; the catalogue can be made again with the same figures."""

from __future__ import annotations

import shutil
import stat
import threading
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from storage.backups import MANIFEST, back_up, check_backup, restore_backup, restore_damaged
from storage.catalogue_copy import COPY
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.records import Selection, WaveStatus
from storage.store import Store
from storage.verifying import verify
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a replaced, a withdrawn, a weighted wave, a population and a saved version of the schema; closed."""
    store = Store(tmp_path / "data")
    store.commit(make_workbook("2026Q1", content="old", seed=1), make_schema(), "li")
    (wave,) = store.commit(make_workbook("2026Q1", content="new", seed=2), make_schema(), "li", replace=True)
    store.weightings.save(wave.wave_id, "a", np.linspace(0, 3, wave.n), recipe={"margins": []}, report={"deff": 1.3}, by="wang")
    store.commit(make_workbook("2026Q2", content="next", seed=3, population=True), make_schema(), "li")
    (gone,) = store.commit(make_workbook("2026Q3", content="wrong", seed=4), make_schema(), "li")
    store.versions.withdraw(gone.wave_id, "li")
    store.schemas.save(make_schema(), "li", "saved")
    store.close()
    return tmp_path / "data"


def figures(folder: Path) -> dict[tuple[str, str], float | None]:
    store = Store(folder)
    found = {}
    for wave in store.waves():
        result = estimate_index(sums(store.scan(Selection("small", (wave.label,))), make_schema(), by=()), make_schema(), by=())
        found |= {(wave.label, each.code): each.value for each in result.estimates}
    store.close()
    return found


def state(folder: Path) -> list[tuple[object, ...]]:
    store = Store(folder)
    found = [
        (w.wave_id, w.label, w.version, w.status, w.n, w.weighting, w.committed_at, w.has_population) for w in store.waves(status=None)
    ]
    store.close()
    return found


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8 % len(content)] ^= 1 << bit % 8
    path.write_bytes(bytes(content))


@pytest.mark.slow
def test_every_flipped_bit_is_a_sentence_that_names_the_wave_and_the_way_back(folder: Path) -> None:
    wave = next(wave for wave in Store(folder).waves() if wave.label == "2026Q2")
    path = folder / "waves" / f"{wave.wave_id}.parquet"
    whole = path.read_bytes()
    for bit in np.random.default_rng(5).integers(0, len(whole) * 8, 40).tolist():
        flip(path, bit)
        store = Store(folder)
        with pytest.raises(ManyiError, match=r"wave 2026Q2 of small is damaged.*store restore BACKUP --only-damaged"):
            store.scan(Selection("small", ("2026Q2",)))
        assert store.scan(Selection("small", ("2026Q1",))).collect().shape[0] == 60
        store.close()
        path.write_bytes(whole)
    assert Store(folder).scan(Selection("small", ("2026Q2",))).collect().shape[0] == 60


@pytest.mark.parametrize("kind", ["responses", "weighting", "population"])
def test_every_kind_of_file_is_looked_at_before_it_is_read(folder: Path, kind: str) -> None:
    store = Store(folder)
    wave = {wave.label: wave for wave in store.waves()}["2026Q2" if kind == "population" else "2026Q1"]
    name = {"responses": wave.wave_id, "weighting": wave.content_id, "population": f"{wave.wave_id}.population"}[kind]
    path = folder / "waves" / f"{name}.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ManyiError, match=f"{path.name} in .* is not what was written"):
        _read(store, kind, wave.wave_id, wave.label)
    (problem,) = verify(*store.parts).problems
    assert path.name in problem.text("en")


def _read(store: Store, kind: str, wave_id: str, label: str) -> object:
    if kind == "responses":
        return store.responses(wave_id)
    return store.population(wave_id) if kind == "population" else store.scan(Selection("small", (label,)))


def test_verify_finds_a_whole_store_whole_and_names_what_is_not(folder: Path) -> None:
    store = Store(folder)
    verdict = verify(*store.parts)
    assert (verdict.waves, verdict.files, verdict.problems, verdict.strange) == (4, 6, (), 0)
    assert verdict.size == sum(path.stat().st_size for path in (folder / "waves").glob("*.parquet"))
    with store.parts[0].reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM stored_files").scalar() == 6
    store.close()
    copy = folder / "waves" / COPY
    copy.write_text(copy.read_text().replace("2026Q2", "2026Q4"))
    shutil.copyfile(next((folder / "waves").glob("*.parquet")), folder / "waves" / f"{'0' * 24}.parquet")
    (folder / "keys" / "ids.key").unlink()
    store = Store(folder)
    verdict = verify(*store.parts)
    assert verdict.strange == 1
    assert [problem.text("en").split(".")[0] for problem in verdict.problems] == [
        "The catalogue and its copy catalogue-copy",
        f"The key of the ids is not in {folder / 'keys' / 'ids'}",
    ]


def test_the_catalogue_made_again_gives_the_same_figures(folder: Path) -> None:
    before, waves = figures(folder), state(folder)
    (folder / "catalogue.sqlite").unlink()
    made = rebuild(StorePlace(folder))
    assert (made.from_copy, made.from_files, made.unused, made.aside) == (4, 0, (), None)
    assert figures(folder) == pytest.approx(before, rel=1e-12)
    assert state(folder) == waves
    store = Store(folder)
    assert [each.note for each in store.schemas.saved("small")] == ["saved"]
    assert verify(*store.parts).problems == ()
    assert store.audit()[-1].action == "rebuild"


def test_without_its_copy_the_files_themselves_are_asked(folder: Path) -> None:
    before = figures(folder)
    (folder / "waves" / COPY).unlink()
    (folder / "catalogue.sqlite").write_bytes(b"")
    spoilt = next(path for path in (folder / "waves").glob("*.parquet") if pq.read_schema(path).metadata and _label(path) == "2026Q3")
    spoilt.write_bytes(spoilt.read_bytes()[:-50])
    made = rebuild(StorePlace(folder))
    assert (made.from_copy, made.from_files) == (0, 3)
    assert made.unused == (spoilt.name,)
    assert made.aside is not None
    assert figures(folder) == pytest.approx(before, rel=1e-12)
    store = Store(folder)
    assert [(wave.label, wave.version, wave.status, wave.weighting) for wave in store.waves(status=None)] == [
        ("2026Q1", 1, WaveStatus.REPLACED, None), ("2026Q1", 2, WaveStatus.ACTIVE, "a"), ("2026Q2", 1, WaveStatus.ACTIVE, None),
    ]  # fmt: skip
    assert spoilt.is_file()


def _label(path: Path) -> str:
    from storage.file_descriptions import description_of

    told = description_of(path)
    return str(told["wave"]["label"]) if told else ""


def test_a_whole_store_rebuilt_loses_nothing_and_an_older_catalogue_gains_the_newest(folder: Path, tmp_path: Path) -> None:
    waves = state(folder)
    older = shutil.copyfile(folder / "catalogue.sqlite", tmp_path / "older.sqlite")
    rebuild(StorePlace(folder))
    assert state(folder) == waves
    store = Store(folder)
    store.commit(make_workbook("2026Q4", content="last"), make_schema(), "li")
    store.close()
    newest = state(folder)
    shutil.copyfile(older, folder / "catalogue.sqlite")
    assert rebuild(StorePlace(folder)).aside is not None
    assert state(folder) == newest


def test_there_must_be_something_to_make_it_from(tmp_path: Path) -> None:
    with pytest.raises(ManyiError, match="holds neither a copy of the catalogue nor files"):
        rebuild(StorePlace(tmp_path, responses=str(tmp_path / "nothing")))


def test_a_backup_made_while_others_store_is_whole_and_comes_back(folder: Path, tmp_path: Path) -> None:
    store = Store(folder)
    ended = threading.Event()

    def work() -> None:
        own = Store(folder)
        for number in range(8):
            (wave,) = own.commit(make_workbook(f"2027-{number + 1:02d}", content=f"m{number}"), make_schema(), "busy")
            if number % 2:
                own.versions.delete([wave], "busy")
        own.close()
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    made = []
    while not ended.is_set() or not made:
        out = tmp_path / "backups" / str(len(made))
        made.append(back_up(store.place, *store.parts, out))
        assert check_backup(out).waves >= 4
        copy = Store(out)
        assert verify(*copy.parts).problems == ()
        copy.close()
    worker.join()
    store.close()
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {str(number) for number in range(len(made))}
    assert all(not stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (tmp_path / "backups" / "0").rglob("*"))
    with pytest.raises(ManyiError, match="is there already"):
        back_up(store.place, *Store(folder).parts, tmp_path / "backups" / "0")


def test_what_is_restored_takes_the_place_of_what_is_there_which_is_kept(folder: Path, tmp_path: Path) -> None:
    store = Store(folder)
    key, waves, before = store.id_key(), state(folder), figures(folder)
    back_up(store.place, *store.parts, tmp_path / "backup")
    store.commit(make_workbook("2026Q4", content="later"), make_schema(), "li")
    store.close()
    later = state(folder)
    _made, aside = restore_backup(StorePlace(folder), tmp_path / "backup")
    assert state(folder) == waves
    assert figures(folder) == pytest.approx(before, rel=1e-12)
    assert Store(folder).id_key() == key
    assert aside is not None
    assert len(list((folder / "waves" / aside.name).glob("*.parquet"))) == 7
    assert len(later) == 5
    _made, aside = restore_backup(StorePlace(tmp_path / "machine"), tmp_path / "backup")
    assert (state(tmp_path / "machine"), aside) == (waves, None)


def test_only_what_is_damaged_can_be_put_back(folder: Path, tmp_path: Path) -> None:
    store = Store(folder)
    back_up(store.place, *store.parts, tmp_path / "backup")
    (later,) = store.commit(make_workbook("2026Q4", content="later"), make_schema(), "li")
    paths = [folder / "waves" / f"{wave.wave_id}.parquet" for wave in store.waves()]
    flip(paths[0], 999)
    paths[1].unlink()
    flip(paths[2], 999)
    assert restore_damaged(*store.parts, tmp_path / "backup") == (sorted(path.stem for path in paths[:2]), [later.wave_id])
    assert [each.template for each in verify(*store.parts).problems] == [verify(*store.parts).problems[0].template]
    assert store.scan(Selection("small", ("2026Q1", "2026Q2"))).collect().shape[0] == 120


def test_a_damaged_backup_or_store_is_refused(folder: Path, tmp_path: Path) -> None:
    store = Store(folder)
    back_up(store.place, *store.parts, tmp_path / "backup")
    flip(next((tmp_path / "backup" / "waves").glob("*.parquet")), 777)
    with pytest.raises(ManyiError, match=r"The backup .* is damaged: waves/.*\.parquet is not what was written"):
        restore_backup(StorePlace(folder), tmp_path / "backup")
    (tmp_path / "backup" / MANIFEST).unlink()
    with pytest.raises(ManyiError, match="is no backup of a store"):
        restore_backup(StorePlace(folder), tmp_path / "backup")
    flip(folder / "waves" / f"{store.waves()[0].wave_id}.parquet", 777)
    with pytest.raises(ManyiError, match="wave 2026Q1 of small is damaged"):
        back_up(store.place, *store.parts, tmp_path / "another")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "backup"}


def test_a_lost_key_stops_nothing_but_ids_and_a_new_one_can_be_made(folder: Path) -> None:
    (folder / "keys" / "ids.key").unlink()
    store = Store(folder)
    assert store.scan(Selection("small")).collect().shape[0] == 120
    with pytest.raises(ManyiError, match="The key of the ids is not in"):
        store.id_key()
    store.parts[0].renew_key()
    assert len(store.id_key()) == 32
    (folder / "keys" / "ids.key").write_bytes(b"x" * 32)
    with pytest.raises(ManyiError, match="is that of another store"):
        store.id_key()
