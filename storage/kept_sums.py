"""Sums kept beside the files of the waves, so that a restart makes no pass over responses: never data, and made anew whenever in doubt.

A file ``sums/<content id>.<key>.sums`` in the folder of the waves holds the sums of one wave under one weighting; the key says what else
they follow from. It begins with a checksum of its name, its store and its content: what is damaged, foreign or half written is not read.
Backups hold none. They go with their wave, and at a start those of waves that are no more. A store that is read only writes none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from storage.object_files import ObjectFiles
from storage.private_files import FILE_MODE, make_folder

_FOLDER, _ENDING, _UNFINISHED = "sums", ".sums", ".tmp"
_HEAD = hashlib.sha256().digest_size
#: Files of one wave under one weighting (other forms of the survey, other mappings of branches); the oldest go.
_MOST = 4
#: Sums larger than this are larger than many responses; a pass is nearly as fast.
MOST_BYTES = 32 * 2**20
#: An unfinished file older than this was left by a process that was killed.
_LEFT_SECONDS = 3600.0


class KeptSums:
    """The sums kept beside the waves of one store. Nothing here fails: what cannot be read or written is made anew by whoever asks."""

    def __init__(self, waves_folder: Path, store_id: str, *, writable: bool, objects: ObjectFiles | None = None) -> None:
        self._folder, self._store_id, self._writable, self._objects = waves_folder / _FOLDER, store_id, writable, objects

    def read(self, content_id: str, key: str) -> bytes | None:
        """What was kept of a wave under this key; None where nothing was, or not as it was written."""
        path = self._path(content_id, key)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        head, content = found[:_HEAD], found[_HEAD:]
        return content if head == self._checksum(path.name, content) else None

    def write(self, content_id: str, key: str, content: bytes) -> None:
        """Keep the sums of a wave, whole or not at all."""
        if not self._writable or len(content) > MOST_BYTES:
            return
        path = self._path(content_id, key)
        unfinished = self._folder / f".{uuid.uuid4().hex}{_UNFINISHED}"
        with contextlib.suppress(OSError):
            make_folder(self._folder)
            try:
                with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as target:
                    target.write(self._checksum(path.name, content) + content)
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
            if not self._has_wave(content_id):  # deleted for good meanwhile
                path.unlink(missing_ok=True)
            for old in sorted(self._of(content_id), key=_modified)[:-_MOST]:
                old.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove what was kept of a wave (its id), or of a wave under one weighting (its content id)."""
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"{name}.*{_ENDING}"):
                path.unlink(missing_ok=True)

    def sweep(self, counted: Callable[[], frozenset[str]]) -> None:
        """Remove sums of waves that are no more, and what a killed process left. ``counted`` names the content ids there are."""
        if not self._writable or not self._folder.is_dir():
            return
        with contextlib.suppress(OSError):
            there = list(self._folder.iterdir())
            known, before = counted(), time.time() - _LEFT_SECONDS
            for path in there:
                left = path.name.endswith(_UNFINISHED) and _modified(path) < before
                if left or (path.name.endswith(_ENDING) and path.name.rsplit(".", 2)[0] not in known):
                    path.unlink(missing_ok=True)

    def _has_wave(self, content_id: str) -> bool:
        """Whether the responses are on this machine or, where a cluster reads them, in object storage only."""
        file = f"{content_id}.parquet"
        return (self._folder.parent / file).is_file() or (self._objects is not None and self._objects.size(file) is not None)

    def _of(self, content_id: str) -> list[Path]:
        return [path for path in self._folder.glob(f"{content_id}.*{_ENDING}") if path.name.rsplit(".", 2)[0] == content_id]

    def _path(self, content_id: str, key: str) -> Path:
        return self._folder / f"{content_id}.{hashlib.sha256(key.encode()).hexdigest()[:24]}{_ENDING}"

    def _checksum(self, name: str, content: bytes) -> bytes:
        return hashlib.sha256(f"{self._store_id}\x1f{name}\x1f".encode() + content).digest()


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
