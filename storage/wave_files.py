"""The Parquet files of the waves: written beside their place, synced, then renamed into it; strays swept."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

#: A stray file younger than this may belong to a commit that is still under way in another process.
SWEEP_AFTER_SECONDS = 3600.0
_UNFINISHED = ".unfinished"


class WaveFiles:
    """One folder with ``<wave_id>.parquet``, where there is one ``<wave_id>.population.parquet``, and for every weighting the wave was
    given ``<wave_id>.<weighting_id>.parquet``: the same responses with other respondent weights.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def responses(self, content_id: str) -> Path:
        """Where a wave's responses are, as stored or under a weighting (``Wave.content_id``)."""
        return self.folder / f"{content_id}.parquet"

    def population(self, wave_id: str) -> Path:
        """Where a wave's population is."""
        return self.folder / f"{wave_id}.population.parquet"

    def write(self, wave_id: str, responses: pa.Table, population: pa.Table | None) -> None:
        """Put a wave's files in place, durably. They count for nothing until the catalogue names the wave."""
        _write(responses, self.responses(wave_id))
        if population is not None:
            _write(population, self.population(wave_id))
        _sync_folder(self.folder)

    def write_weighted(self, content_id: str, responses: pa.Table) -> None:
        """Put a wave's responses under a weighting in place, durably. They count for nothing until the catalogue names the weighting."""
        _write(responses, self.responses(content_id))
        _sync_folder(self.folder)

    def missing(self, wave_id: str, has_population: bool) -> bool:
        """Whether a file of a wave is not in place."""
        return not self.responses(wave_id).is_file() or (has_population and not self.population(wave_id).is_file())

    def sweep(self, known: Callable[[], frozenset[str]], older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
        """Remove files no wave and no weighting points to, left by a process that was killed; returns how many.

        ``known`` gives content ids. It is asked after the folder was listed, so that what was committed meanwhile is known.
        """
        before = time.time() - older_than_seconds
        old = [path for path in self.folder.iterdir() if path.name.endswith((".parquet", _UNFINISHED)) and _modified(path) < before]
        if not old:
            return 0
        content_ids = known()
        strays = [path for path in old if path.name.endswith(_UNFINISHED) or _owner(path) not in content_ids]
        for path in strays:
            with contextlib.suppress(OSError):
                if _modified(path) < before:
                    path.unlink()
        return len(strays)


def _write(table: pa.Table, place: Path) -> None:
    if place.is_file():  # the same content, written by a commit that did not come to its end
        os.utime(place)
        return
    unfinished = place.with_name(f"{place.name}.{uuid.uuid4().hex}{_UNFINISHED}")
    try:
        with unfinished.open("wb") as target:
            pq.write_table(table, target, compression="zstd")
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _owner(path: Path) -> str:
    """The content id a finished file belongs to."""
    return path.name.removesuffix(".parquet").removesuffix(".population")


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def _sync_folder(folder: Path) -> None:
    """Make renames durable; Windows neither needs nor allows it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
