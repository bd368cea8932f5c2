"""Opening a store: nothing is made, changed or removed before catalogue and files are seen to belong together.

What does not belong together is a sentence that says what was found and the way back.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from storage.catalogue import Catalogue, file_names, waves_there
from storage.catalogue_copy import CopyHead, read_head, read_rows, write_copy
from storage.described_files import left_out
from storage.failures import is_full
from storage.foreign_catalogues import refuse_foreign
from storage.migrating import refuse_newer
from storage.place import RESTORED, StorePlace
from storage.private_files import make_folder, narrow, touch
from storage.tables import WITH_IDENTITY
from storage.wave_files import FileMark, WaveFiles, digest_of
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

_OURS = ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm", "waves", "keys")


_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Traces:
    """What lies in the folder of responses: the catalogue's copy, files named as a store names them, other Parquet files."""

    head: CopyHead | None
    finished: frozenset[str]
    others: tuple[str, ...]


def open_parts(place: StorePlace) -> tuple[Catalogue, WaveFiles]:
    """Catalogue and files of a store, made where there is nothing yet, brought up to date where they are of an older version.

    On a full disk SQLite cannot even read: then the store is opened as one that cannot be written to, and can be read and backed up.
    """
    try:
        return _open(place, place.writable)
    except (sa.exc.OperationalError, OSError) as failure:
        if not is_full(failure) or place.catalogue_file is None or not holds_anything(place.catalogue_file):
            raise
        return _open(place, False, errno.ENOSPC)


def _open(place: StorePlace, writable: bool, why_not: int = errno.EACCES) -> tuple[Catalogue, WaveFiles]:
    traces = _traces(place.waves_folder)
    catalogue_file = place.catalogue_file
    read_only = None if writable or catalogue_file is None or not catalogue_file.is_file() else catalogue_file
    if catalogue_file is not None and not holds_anything(catalogue_file):
        _refuse_traces(place, traces)
        _make_folders(place)
    elif catalogue_file is not None:
        refuse_foreign(catalogue_file)
    catalogue = Catalogue(place.url, None if catalogue_file is None else place.key_file, read_only=read_only, why_not=why_not)
    try:
        found = catalogue.found_version()
        refuse_newer(found)
        if found.format < WITH_IDENTITY:
            _refuse_strange(place, traces, catalogue, found.format)
        else:
            _refuse_other(place, traces, catalogue, *catalogue.identity())
        catalogue.bring_up_to_date(traces.head.store_id if traces.head else secrets.token_hex(8), _marks_of(place.waves_folder))
        store_id, _generation = catalogue.identity()
        files = WaveFiles(place.waves_folder, store_id, writable=catalogue.writable, objects=place.objects)
        if catalogue.writable:
            if found.format < WITH_IDENTITY:
                _narrow_old(place)
            _tidy(catalogue, files)
    except BaseException:
        catalogue.close()
        raise
    return catalogue, files


def _tidy(catalogue: Catalogue, files: WaveFiles) -> None:
    """Finish what a killed process began: sweep, remove what was deleted for good, write the catalogue's copy."""

    def copy() -> None:
        try:
            write_copy(catalogue, files.folder)
        except (OSError, sa.exc.SQLAlchemyError, ManyiError):  # the change itself is done; the next start writes the copy
            _log.warning("the copy of the catalogue in %s could not be written", files.folder, exc_info=True)

    catalogue.after_writing = copy
    files.sweep(catalogue.marks)
    remove_deleted(catalogue, files)
    copy()


def remove_deleted(catalogue: Catalogue, files: WaveFiles) -> None:
    """Remove files that were deleted for good on purpose; nobody stores meanwhile, so a name that counts again is never among them."""
    names = catalogue.deleted_names()
    left = [name for name in names if (files.folder / f"{name}.parquet").exists()]
    if left:
        with catalogue.writing():
            counted = {mark.name for mark in catalogue.marks()}
            for name in left:
                if name not in counted:
                    files.remove(name)


def _traces(folder: Path, *, whole: bool = False) -> _Traces:
    if not folder.is_dir():
        return _Traces(None, frozenset(), ())
    finished = WaveFiles(folder, "").finished()
    others = [path.name for path in folder.glob("*.parquet") if path.name.removesuffix(".parquet") not in finished]
    head = None
    with contextlib.suppress(ManyiError):  # a damaged copy is written again where the catalogue is whole
        if whole:
            read_rows(folder)
        head = read_head(folder)
    return _Traces(head, finished, tuple(sorted(others)))


def holds_anything(catalogue_file: Path) -> bool:
    """Whether a catalogue's file is more than a name: SQLite would take a missing or empty one for a new database."""
    parts = (catalogue_file, catalogue_file.with_name(catalogue_file.name + "-wal"))
    return any(path.is_file() and path.stat().st_size > 0 for path in parts)


def _make_folders(place: StorePlace) -> None:
    make_folder(place.data_folder)
    make_folder(place.waves_folder)
    if place.catalogue_file is not None and place.catalog_url is None:
        touch(place.catalogue_file)


def _narrow_old(place: StorePlace) -> None:
    """Once, when an older version's store is brought up to date: only its owner may read it. Rights widened later stay."""
    if place.catalog_url or place.responses or not {path.name for path in place.data_folder.iterdir()} <= set(_OURS):
        return
    narrow(place.data_folder, *place.data_folder.rglob("*"))


def _marks_of(folder: Path) -> Callable[[sa.Connection], list[FileMark]]:
    def marks(connection: sa.Connection) -> list[FileMark]:
        there = [(name, folder / f"{name}.parquet") for name in file_names(connection)]
        return [FileMark(name, digest_of(path), path.stat().st_size) for name, path in there if path.is_file()]

    return marks


def _refuse_traces(place: StorePlace, traces: _Traces) -> None:
    """There is no catalogue, or an empty one: only where there are no files either is this a new store."""
    file = place.catalogue_file
    if file is not None and any(file.parent.glob(f".{file.name}.*{RESTORED}")):
        raise ManyiError(
            message(
                "Putting a backup back in {folder} was interrupted. Do it again: python cli.py store restore BACKUP. What was there "
                "before is kept in the folders named set-aside-….",
                folder=str(file.parent),
            )
        )  # fmt: skip
    waves = traces.head.waves if traces.head else len({name.split(".")[0] for name in traces.finished})
    if traces.finished or (traces.head and traces.head.generation > 1):
        raise ManyiError(
            message(
                "The catalogue {catalogue} is missing or empty, but {folder} holds the files of {waves} stored waves. Nothing was touched. "
                "Put the catalogue back from a backup, or make it again from the files: python cli.py store rebuild",
                catalogue=_shown(place), folder=str(place.waves_folder), waves=waves,
            )
        )  # fmt: skip
    if traces.others:
        raise ManyiError(
            message(
                "{folder} holds Parquet files of somebody else ({names}). Nothing was touched. Name a folder of its own for the responses.",
                folder=str(place.waves_folder), names=Listed(traces.others, 3),
            )
        )  # fmt: skip


def _refuse_strange(place: StorePlace, traces: _Traces, catalogue: Catalogue, found: int) -> None:
    """A catalogue without an identity: an older version's, a new one of a database server, or an old copy of this store's."""
    if found == 0:
        _refuse_traces(place, traces)
        _make_folders(place)
        return
    if traces.head is not None:
        raise _older(place, traces.head.waves)
    with catalogue.reading() as connection:
        names = set(file_names(connection))
    if not names:
        _refuse_traces(place, traces)
    elif not names & traces.finished:
        raise _elsewhere(place, len({name.split(".")[0] for name in names}), traces)


def _refuse_other(place: StorePlace, traces: _Traces, catalogue: Catalogue, store_id: str, generation: int) -> None:
    names = {mark.name for mark in catalogue.marks()}
    if traces.head is not None and (traces.head.store_id != store_id or traces.head.generation > generation):
        traces = _traces(place.waves_folder, whole=True)  # a damaged head says nothing of the catalogue
    if traces.head is not None:
        if traces.head.store_id != store_id:
            raise ManyiError(
                message(
                    "The catalogue {catalogue} is that of another store than the files in {folder} ({waves} waves). Nothing was touched. "
                    "Correct MANYI_CATALOG or MANYI_RESPONSES, or make the catalogue again from the files: python cli.py store rebuild",
                    catalogue=_shown(place), folder=str(place.waves_folder), waves=traces.head.waves,
                )
            )  # fmt: skip
        if traces.head.generation > generation:
            raise _older(place, traces.head.waves)
        if not traces.finished - names - catalogue.deleted_names():
            return
    if names and not any((place.waves_folder / f"{name}.parquet").is_file() for name in names):
        waiting = WaveFiles(place.waves_folder, store_id, writable=False, objects=place.objects)
        if not any(waiting.there(mark) for mark in catalogue.marks()):
            raise _elsewhere(place, len({name.split(".")[0] for name in names}), traces)
    known = names | catalogue.deleted_names()
    with catalogue.reading() as connection:
        there, wave_ids = waves_there(connection), {name.split(".")[0] for name in names}
    # Without a copy any file that is not known speaks against the catalogue; beside one, an older copy of the whole store was laid over it.
    if (traces.head is None and traces.finished - known) or left_out(place.waves_folder, store_id, known, there, wave_ids):
        raise _older(place, len({name.split(".")[0] for name in traces.finished}))


def _older(place: StorePlace, waves: int) -> ManyiError:
    return ManyiError(
        message(
            "The catalogue {catalogue} is older than the files in {folder} ({waves} waves). Nothing was touched. Put the newest catalogue "
            "back, or make it again from the files: python cli.py store rebuild",
            catalogue=_shown(place), folder=str(place.waves_folder), waves=waves,
        )
    )  # fmt: skip


def _elsewhere(place: StorePlace, waves: int, traces: _Traces) -> ManyiError:
    return ManyiError(
        message(
            "{folder} holds none of the {waves} waves that the catalogue {catalogue} knows, but {others} other files. Nothing was touched. "
            "Name the right folder in MANYI_RESPONSES, or put the files back from a backup: python cli.py store restore BACKUP",
            catalogue=_shown(place), folder=str(place.waves_folder), waves=waves, others=len(traces.others) + len(traces.finished),
        )
    )  # fmt: skip


def _shown(place: StorePlace) -> str:
    return str(place.catalogue_file) if place.catalogue_file else place.shown
