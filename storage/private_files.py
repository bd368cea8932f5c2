"""Files and folders only their owner may read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def make_folder(folder: Path) -> None:
    """Make a folder (and those above it) where there is none. One that is there keeps its rights, unless it is still empty and ours.

    Rights somebody widened on purpose, for a group that may read, are not taken back at every start.
    """
    if folder.is_dir():
        if not any(folder.iterdir()):
            with contextlib.suppress(OSError):
                folder.chmod(FOLDER_MODE)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def narrow(*places: Path) -> None:
    """Take everybody else's rights from files and folders of ours, as far as the system lets us."""
    for place in places:
        with contextlib.suppress(OSError):
            place.chmod(FOLDER_MODE if place.is_dir() else FILE_MODE)


def touch(path: Path) -> None:
    """An empty file of one's own. One that is there is not even opened: closing it again would drop the locks SQLite holds on it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def write_whole(path: Path, content: bytes, owner: str = "") -> None:
    """Write a file durably, in place of the one before, or not at all; ``owner`` names its unfinished state for whoever sweeps."""
    unfinished = path.with_name(f".{owner or path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def copy_whole(source: Path, target: Path) -> None:
    """A durable copy, in pieces, so that memory does not grow with the file."""
    with source.open("rb") as given, os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb") as taken:
        while piece := given.read(1 << 20):
            taken.write(piece)
        taken.flush()
        os.fsync(taken.fileno())


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder for as long as this process does its work there; gives False where another one holds it.

    Where the system knows no such locks nobody is kept out.
    """
    if os.name != "posix":
        yield True
        return
    import fcntl  # Windows has none

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:  # a file system without locks
            yield True
            return
        yield True
    finally:
        os.close(handle)


def set_aside(path: Path, stamp: str) -> Path:
    """Move a file into a folder beside it that is named after the moment; gives where it is now."""
    folder = path.parent / f"set-aside-{stamp}"
    make_folder(folder)
    return path.replace(folder / path.name)


def sync_folder(folder: Path) -> None:
    """Make renames durable; Windows neither needs nor allows it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
