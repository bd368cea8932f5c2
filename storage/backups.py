"""Backups: a whole store in one folder, made while the application runs; and what is put back from one.

A backup has the layout of a data folder and a ``manifest.json`` with the SHA-256 of every file. It gets its name when it is whole.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage import tables
from storage.catalogue import Catalogue
from storage.catalogue_copy import COPY, read_head, read_rows, write_copy
from storage.place import CATALOGUE, KEY, RESTORED, WAVES, StorePlace, sqlite_url
from storage.private_files import FOLDER_MODE, copy_whole, held, make_folder, set_aside, sync_folder, touch, write_whole
from storage.reading import damage_sentence
from storage.wave_files import PENDING, SWEEP_AFTER_SECONDS, FileMark, FileTrouble, WaveFiles, digest_of, is_finished
from words.errors import ManyiError
from words.language import message

MANIFEST = "manifest.json"
_ATTEMPTS = 5
_DIGITS = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = ".unfinished"
_COPIED = re.compile(rf"\..+\.\d{{8}}-\d{{6}}-[0-9a-f]{{4}}{re.escape(RESTORED)}")
_PARTS = {CATALOGUE, *(f"{CATALOGUE}-{end}" for end in ("wal", "shm", "journal")), WAVES, KEY.parts[0], MANIFEST}


@dataclass(frozen=True)
class Backup:
    """What a backup holds: how many waves and files, their bytes, whether catalogue and key are in it, and when it was made."""

    waves: int
    files: int
    size: int
    has_catalogue: bool
    has_key: bool
    made_at: datetime


def back_up(place: StorePlace, catalogue: Catalogue, files: WaveFiles, out: Path) -> Backup:
    """Write a backup, all or nothing. Raises :class:`ManyiError` where there is something already, and for a damaged file."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ManyiError(message("{path} is there already; name a new folder for the backup.", path=str(out)))
    make_folder(out.absolute().parent)
    sweep_unfinished(out)
    for attempt in range(_ATTEMPTS):
        work = out.absolute().with_name(f".{out.name}.{uuid.uuid4().hex}.unfinished")
        try:
            work.mkdir(mode=FOLDER_MODE)
            with held(work):
                made = _write(place, catalogue, files, work)
            if out.exists():
                out.rmdir()
            work.replace(out)
            sync_folder(out.absolute().parent)
        except FileTrouble as trouble:
            if trouble.missing and attempt + 1 < _ATTEMPTS:  # deleted for good while the backup was made
                continue
            wave = catalogue.wave(trouble.name.split(".")[0])
            if wave is None:
                continue
            raise damage_sentence(wave, trouble.name, files, missing=trouble.missing) from trouble
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return made
    raise ManyiError(message("The store changes faster than it can be copied. Try again in a moment."))


def sweep_unfinished(out: Path) -> None:
    """Remove what killed backups left beside ``out``: of the same name at once, of other names an hour after their last sign of life.

    Only folders named as unfinished backups are, that hold nothing a backup does not and that no process writes to now.
    """
    for folder in out.absolute().parent.glob(".*.unfinished"):
        of, _dot, digits = folder.name.removesuffix(_UNFINISHED).rpartition(".")
        if not _DIGITS.fullmatch(digits) or folder.is_symlink() or not folder.is_dir():
            continue
        with contextlib.suppress(OSError), held(folder) as free:
            if not free or not {path.name for path in folder.iterdir()} <= _PARTS:
                continue
            newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
            if of == f".{out.name}" or newest < time.time() - SWEEP_AFTER_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _write(place: StorePlace, catalogue: Catalogue, files: WaveFiles, work: Path) -> Backup:
    waves = work / WAVES
    make_folder(waves)
    has_catalogue = place.catalogue_file is not None
    if has_catalogue:
        touch(work / CATALOGUE)
        catalogue.copy_to(work / CATALOGUE)
        snapshot = Catalogue(sqlite_url(work / CATALOGUE))
        try:
            write_copy(snapshot, waves)
        finally:
            snapshot.close()
    else:
        write_copy(catalogue, waves)
    for mark in _marks(waves):
        copied = waves / f"{mark.name}.parquet"
        try:
            copy_whole(files.path(mark), copied)
        except FileNotFoundError as error:
            raise FileTrouble(mark.name, missing=True) from error
        if digest_of(copied) != mark.digest:
            raise FileTrouble(mark.name, missing=False)
    has_key = place.key is None and place.key_file.is_file()
    if has_key:
        make_folder((work / KEY).parent)
        copy_whole(place.key_file, work / KEY)
    for leftover in (f"{CATALOGUE}-wal", f"{CATALOGUE}-shm"):
        (work / leftover).unlink(missing_ok=True)
    listed = {str(path.relative_to(work).as_posix()): path for path in sorted(work.rglob("*")) if path.is_file()}
    head = read_head(waves)
    manifest = {
        "store": files.store_id, "made_at": datetime.now(UTC).isoformat(), "format": tables.FORMAT, "waves": head.waves if head else 0,
        "files": {name: {"sha256": digest_of(path), "size": path.stat().st_size} for name, path in listed.items()},
    }  # fmt: skip
    write_whole(work / MANIFEST, json.dumps(manifest, indent=1).encode())
    return _described(manifest)


def check_backup(folder: Path) -> Backup:
    """Read a backup whole; raises :class:`ManyiError` for what is no backup, or not as it was written."""
    manifest = _manifest(folder)
    for name, told in manifest["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != told["size"] or digest_of(path) != told["sha256"]:
            raise _damaged(folder, name)
    return _described(manifest)


def restore_backup(place: StorePlace, folder: Path) -> tuple[Backup, Path | None]:
    """Put a backup in the place of what is there, which is set aside, never removed; gives where. The application must not be running.

    The catalogue goes first and comes last, so that a process killed in between leaves a store that says what it lacks.
    """
    made = check_backup(folder)
    catalogue_file = place.catalogue_file
    if catalogue_file is None or not made.has_catalogue:
        raise ManyiError(
            message(
                "The catalogue is kept by a database server: restore that with its own tools, or name an empty database; then copy "
                "{waves} of the backup to {folder} and run: python cli.py store rebuild",
                waves=WAVES, folder=str(place.waves_folder),
            )
        )  # fmt: skip
    for needed in (place.data_folder, place.waves_folder, catalogue_file.parent):
        make_folder(needed)
    with held(place.waves_folder) as free:
        if not free:
            raise ManyiError(message("Another process is restoring this store. Wait until it has ended."))
        return made, _put_in_place(place, catalogue_file, folder)


def _put_in_place(place: StorePlace, catalogue_file: Path, folder: Path) -> Path | None:
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    incoming: dict[Path, tuple[Path, Path]] = {}
    for name in _manifest(folder)["files"]:
        target = _target(place, catalogue_file, name)
        if target is not None:
            make_folder(target.parent)
            incoming[target] = (folder / name, target.with_name(f".{target.name}.{stamp}{RESTORED}"))
    for left in [path for parent in {target.parent for target in incoming} for path in parent.glob(f".*{RESTORED}")]:
        if _COPIED.fullmatch(left.name):  # a restore that was killed had copied it, and it was in no place yet
            left.unlink(missing_ok=True)
    try:
        for source, copied in incoming.values():
            copy_whole(source, copied)
    except BaseException:
        for _source, copied in incoming.values():
            copied.unlink(missing_ok=True)
        raise
    there = [catalogue_file.with_name(catalogue_file.name + end) for end in ("", "-wal", "-shm")]
    there += [path for path in place.waves_folder.iterdir() if _ours(path)]
    there += [target for target in incoming if target == place.key_file]
    aside = [set_aside(path, stamp) for path in there if path.is_file()]
    for target, (_source, copied) in sorted(incoming.items(), key=lambda pair: pair[0] == catalogue_file):
        copied.replace(target)
        sync_folder(target.parent)
    return aside[0].parent if aside else None


def _ours(path: Path) -> bool:
    """Finished files of a store, those that wait for their place, and the catalogue's copy."""
    return path.name == COPY or is_finished(path.name) or path.name.endswith(PENDING)


def restore_damaged(catalogue: Catalogue, files: WaveFiles, folder: Path) -> tuple[list[str], list[str]]:
    """Put back only files that are missing or damaged here; gives the names put back, and those the backup has not either."""
    _manifest(folder)
    back, lacking = [], []
    for mark in sorted(catalogue.marks(), key=lambda mark: mark.name):
        try:
            files.proved(mark, anew=True)
        except FileTrouble:
            source = folder / WAVES / f"{mark.name}.parquet"
            if source.is_file() and digest_of(source) == mark.digest:
                files.put_back(mark, source)
                back.append(mark.name)
            else:
                lacking.append(mark.name)
    return back, lacking


def _target(place: StorePlace, catalogue_file: Path, name: str) -> Path | None:
    if name == CATALOGUE:
        return catalogue_file
    if name == KEY.as_posix():
        return place.key_file if not place.key_file.is_file() or place.key is None else None
    return place.waves_folder / Path(name).name if name.startswith(f"{WAVES}/") else None


def _marks(waves: Path) -> list[FileMark]:
    return [FileMark(**row) for name, row in read_rows(waves) if name == tables.stored_files.name]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise ManyiError(message("{folder} is no backup of a store: it has no {file}.", folder=str(folder), file=MANIFEST)) from error
    except ValueError as error:
        raise _damaged(folder, MANIFEST) from error
    try:
        files = {str(name): {"sha256": str(told["sha256"]), "size": int(told["size"])} for name, told in found["files"].items()}
        made_at = datetime.fromisoformat(found["made_at"]).isoformat()
        return {**found, "files": files, "made_at": made_at, "waves": int(found["waves"])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, MANIFEST) from error


def _damaged(folder: Path, name: str) -> ManyiError:
    return ManyiError(message("The backup {folder} is damaged: {file} is not what was written.", folder=str(folder), file=name))


def _described(manifest: Mapping[str, Any]) -> Backup:
    listed = manifest["files"]
    made_at = datetime.fromisoformat(manifest["made_at"])
    size = sum(each["size"] for each in listed.values())
    return Backup(manifest["waves"], len(listed), size, CATALOGUE in listed, KEY.as_posix() in listed, made_at)
