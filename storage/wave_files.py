"""The Parquet files of the waves: written and synced under a name of this very store, in place once the catalogue counts them.

A finished name therefore always is, or was, part of a wave; nothing finished is ever swept away. What may be swept is named
``.<store id>.….tmp`` or ``.….pending`` and is known to no catalogue of that identity.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from storage.file_descriptions import described
from storage.kept_sums import KeptSums
from storage.object_files import ObjectFiles
from storage.private_files import FILE_MODE, copy_whole, make_folder, sync_folder

#: An unfinished file younger than this may belong to a commit that is still under way in another process.
SWEEP_AFTER_SECONDS = 3600.0
_ENDING, _UNFINISHED, PENDING = ".parquet", ".tmp", ".pending"
_FINISHED = re.compile(r"[0-9a-f]{24}(\.population|\.[0-9a-f]{16})?\.parquet")
_PIECE = 1 << 20


@dataclass(frozen=True)
class FileMark:
    """What a file that counts must be: its name without ending, its SHA-256 and its size in bytes."""

    name: str
    digest: str
    size: int


class FileTrouble(Exception):  # noqa: N818 - becomes a sentence where the wave is known
    """A file that is not there, or not as it was written."""

    def __init__(self, name: str, *, missing: bool) -> None:
        super().__init__(name)
        self.name, self.missing = name, missing


class WaveFiles:
    """One folder with ``<wave_id>.parquet``, where there is one ``<wave_id>.population.parquet``, and for every weighting the wave was
    given ``<wave_id>.<weighting_id>.parquet``: the same responses with other respondent weights.
    """

    def __init__(self, folder: Path, store_id: str, *, writable: bool = True, objects: ObjectFiles | None = None) -> None:
        self.folder, self.store_id, self.writable, self._objects = folder, store_id, writable, objects
        self.sums = KeptSums(folder, store_id, writable=writable, objects=objects)
        self._proved: dict[tuple[str, int, int], str] = {}
        self._lock = threading.Lock()

    def path(self, mark: FileMark) -> Path:
        """Where a file that counts is. One whose writer was killed before the last rename is put in place now, and one that lies in
        object storage only is fetched."""
        place = self.folder / f"{mark.name}{_ENDING}"
        if not place.is_file():
            pending = self._pending(mark)
            if not pending.is_file():
                self._fetch(place)
                return place
            if not self.writable:
                return pending
            with contextlib.suppress(OSError):  # another process was faster
                pending.replace(place)
        return place

    def proved(self, mark: FileMark, *, anew: bool = False) -> Path:
        """Where a file is, once it was seen to be what was written: read whole the first time in a process (or ``anew``).

        Raises :class:`FileTrouble`.
        """
        path = self.path(mark)
        try:
            seen = path.stat()
        except FileNotFoundError as error:
            raise FileTrouble(mark.name, missing=True) from error
        key = (str(path), seen.st_mtime_ns, seen.st_size)
        with self._lock:
            known = self._proved.get(key)
        if known is None or anew:
            known = digest_of(path) if seen.st_size == mark.size else ""
            with self._lock:
                self._proved[key] = known
        if known != mark.digest:
            raise FileTrouble(mark.name, missing=False)
        return path

    def addresses(self, marks: Sequence[FileMark]) -> list[str]:
        """Where the workers of a cluster read these files: in object storage, as many bytes as were written, or where :meth:`proved`
        saw them. Raises :class:`FileTrouble`."""
        if self._objects is None:
            return [str(self.proved(mark).absolute()) for mark in marks]
        for mark in marks:
            size = self._objects.size(f"{mark.name}{_ENDING}")
            if size != mark.size:
                raise FileTrouble(mark.name, missing=size is None)
        return [self._objects.url(f"{mark.name}{_ENDING}") for mark in marks]

    def write(self, name: str, table: pa.Table, description: Mapping[str, object]) -> FileMark:
        """Write a file durably. It counts for nothing until the catalogue knows its mark, and is put in place by :meth:`settle`."""
        make_folder(self.folder)
        unfinished = self.folder / f".{self.store_id}.{uuid.uuid4().hex}{_UNFINISHED}"
        try:
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as target:
                pq.write_table(described(table, description), target, compression="zstd", write_page_checksum=True)
                target.flush()
                os.fsync(target.fileno())
            mark = FileMark(name, digest_of(unfinished), unfinished.stat().st_size)
            if self._objects:
                self._objects.put(f"{name}{_ENDING}", unfinished)
            unfinished.replace(self._pending(mark))
            sync_folder(self.folder)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        return mark

    def settle(self, marks: Sequence[FileMark]) -> None:
        """Put files the catalogue counts in place. A failure here costs nothing: whoever reads them next does it."""
        with contextlib.suppress(OSError):
            for mark in marks:
                self.path(mark)
            sync_folder(self.folder)

    def discard(self, marks: Sequence[FileMark]) -> None:
        """Remove files that were written and then not counted."""
        for mark in marks:
            with contextlib.suppress(OSError):
                self._pending(mark).unlink(missing_ok=True)

    def put_back(self, mark: FileMark, source: Path) -> None:
        """A file from a backup in place of a missing or damaged one."""
        unfinished = self.folder / f".{self.store_id}.{uuid.uuid4().hex}{_UNFINISHED}"
        copy_whole(source, unfinished)
        unfinished.replace(self.folder / f"{mark.name}{_ENDING}")
        sync_folder(self.folder)
        if self._objects:
            self._objects.put(f"{mark.name}{_ENDING}", source)

    def there(self, mark: FileMark) -> bool:
        """Whether a file is in place, waits to be put there, or lies in object storage."""
        if self._pending(mark).is_file() or (self.folder / f"{mark.name}{_ENDING}").is_file():
            return True
        return self._objects is not None and self._objects.size(f"{mark.name}{_ENDING}") == mark.size

    def remove(self, name: str) -> None:
        """Remove a file that was deleted for good, and the sums kept of it."""
        self.sums.remove(name)
        with contextlib.suppress(OSError):
            (self.folder / f"{name}{_ENDING}").unlink(missing_ok=True)
        if self._objects:
            self._objects.remove(f"{name}{_ENDING}")

    def finished(self) -> frozenset[str]:
        """Names, without ending, of all files that look like files of a store."""
        if not self.folder.is_dir():
            return frozenset()
        return frozenset(path.name.removesuffix(_ENDING) for path in self.folder.iterdir() if is_finished(path.name))

    def sweep(self, known: Callable[[], frozenset[FileMark]], older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
        """Put in place what counts and waits, and remove unfinished files of this very store that nothing counts; returns how many. Sums
        kept of waves that are no more go too.

        Both were left by a process that was killed.
        ``known`` is asked after the folder was listed, so that what was committed meanwhile is known.
        """
        self.sums.sweep(lambda: frozenset(mark.name for mark in known()))
        before = time.time() - older_than_seconds
        own = [path for path in self.folder.glob(f".{self.store_id}.*") if path.name.endswith((_UNFINISHED, PENDING))]
        if not own:
            return 0
        counted = {self._pending(mark).name: mark for mark in known()}
        self.settle([counted[path.name] for path in own if path.name in counted])
        strays = [path for path in own if path.name not in counted and _modified(path) < before]
        for path in strays:
            with contextlib.suppress(OSError):
                path.unlink()
        return len(strays)

    def _fetch(self, place: Path) -> None:
        """A file from object storage, where it is there."""
        if self._objects is None or self._objects.size(place.name) is None:
            return
        make_folder(self.folder)
        unfinished = self.folder / f".{self.store_id}.{uuid.uuid4().hex}{_UNFINISHED}"
        try:
            self._objects.get(place.name, unfinished)
            unfinished.chmod(FILE_MODE)
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)

    def _pending(self, mark: FileMark) -> Path:
        return self.folder / f".{self.store_id}.{mark.name}.{mark.digest[:16]}{PENDING}"


def is_finished(name: str) -> bool:
    """Whether a file is named as a store names its finished files."""
    return _FINISHED.fullmatch(name) is not None


def population_name(wave_id: str) -> str:
    """The name of a wave's population file."""
    return f"{wave_id}.population"


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
