"""What can go wrong below the store, said as a sentence: a full disk, a read-only folder, a damaged catalogue."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from words.errors import ManyiError
from words.language import Message, message

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def told_plainly(place: Path | str) -> Iterator[None]:
    """Turn failures of the disk, the catalogue or the engine into :class:`ManyiError`; ``place`` is the folder or URL named."""
    try:
        yield
    except (OSError, pa.ArrowException, SQLAlchemyError, sqlite3.Error, duckdb.Error, UnicodeDecodeError) as failure:
        raise ManyiError(_sentence(failure, str(place))) from failure


def is_full(failure: Exception) -> bool:
    """Whether a disk is full."""
    if isinstance(failure, OSError):
        return failure.errno in _FULL
    return any(word in str(failure).lower() for word in ("is full", "disk i/o"))


def _sentence(failure: Exception, place: str) -> Message:
    if isinstance(failure, OSError):
        return _disk_sentence(failure, place)
    if isinstance(failure, UnicodeDecodeError):
        return _damaged(place)
    if isinstance(failure, SQLAlchemyError | sqlite3.Error):
        return _catalogue_sentence(failure, place)
    if isinstance(failure, duckdb.OutOfMemoryException):
        return message("There is not enough memory for this calculation. Select fewer waves, or raise the memory limit in the settings.")
    return message("The stored responses in {place} cannot be read: a file is damaged. Restore it from a backup.", place=place)


def _disk_sentence(failure: OSError, place: str) -> Message:
    if failure.errno in _FULL:
        return _full(place)
    if failure.errno in _FORBIDDEN:
        return _not_writable(place)
    if isinstance(failure, FileNotFoundError):
        return message("A stored file is missing in {place}. Restore the folder from a backup.", place=place)
    return message("The data folder {place} cannot be used: {reason}.", place=place, reason=failure.strerror or str(failure))


def _catalogue_sentence(failure: SQLAlchemyError | sqlite3.Error, place: str) -> Message:
    reason = str(failure.orig if isinstance(failure, DBAPIError) else failure)
    lowered = reason.lower()
    if "full" in lowered or "disk i/o" in lowered:
        return _full(place)
    if "readonly" in lowered or "read-only" in lowered or "unable to open" in lowered:
        return _not_writable(place)
    if "locked" in lowered:
        return message("The catalogue in {place} is busy with another job. Try again in a moment.", place=place)
    if any(word in lowered for word in ("malformed", "not a database", "could not decode")):
        return _damaged(place)
    return message("The catalogue in {place} cannot be used: {reason}.", place=place, reason=reason.splitlines()[0] if reason else "?")


def _damaged(place: str) -> Message:
    return message(
        "The catalogue in {place} is damaged. Nothing was touched. Put it back from a backup, or make it again from the files: "
        "python cli.py store rebuild",
        place=place,
    )


def _full(place: str) -> Message:
    return message("The disk of {place} is full. Nothing was stored; free some space and try again.", place=place)


def _not_writable(place: str) -> Message:
    return message("The data folder {place} cannot be written to. Allow writing, or name another folder in the settings.", place=place)
