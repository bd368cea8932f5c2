"""A temporary folder of this process that only its user can open; what a killed process left in one is removed at the next start."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

#: Folders in which earlier versions kept a workbook while it was read.
_EARLIER_NAMES = ("manyi-read-*",)
_OWNER = "owner"
#: Where the operating system has no locks that die with their process, folders this old are taken for left behind.
_OLD_SECONDS = 6 * 3600
_BEING_MADE_SECONDS = 10


@cache
def private_folder() -> Path:
    """The folder of this process. Removed when the process ends; if it is killed, by the next process that asks for a folder."""
    root = _root()
    sweep(root)
    folder = Path(tempfile.mkdtemp(dir=root))
    owner = (folder / _OWNER).open("w")
    _lock(owner)
    made_by = os.getpid()

    def remove() -> None:
        if os.getpid() == made_by:  # a forked copy of this process ends first
            owner.close()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


def use_private_folder() -> None:
    """Let everything in this process, and what it starts, keep its temporary files in the private folder."""
    folder = str(private_folder())
    tempfile.tempdir = folder
    os.environ.update({"TMPDIR": folder, "TEMP": folder, "TMP": folder})


@contextlib.contextmanager
def job_folder() -> Iterator[Path]:
    """A private folder for one job."""
    with tempfile.TemporaryDirectory(dir=private_folder(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(root: Path) -> int:
    """Remove the folders of processes that are gone; returns how many."""
    left = [folder for folder in root.iterdir() if folder.is_dir() and _is_left_behind(folder)]
    earlier = [folder for name in _EARLIER_NAMES for folder in root.parent.glob(name) if _is_ours(folder) and _age(folder) > 600]
    for folder in [*left, *earlier]:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left) + len(earlier)


def _root() -> Path:
    """The folder of all private folders of this user. A name that somebody else took is not used."""
    root = Path(tempfile.gettempdir()) / (f"manyi-{os.getuid()}" if hasattr(os, "getuid") else "manyi")
    with contextlib.suppress(FileExistsError):
        root.mkdir(mode=0o700)
    if not _is_ours(root):
        return Path(tempfile.mkdtemp(prefix="manyi-"))
    root.chmod(0o700)
    return root


def _is_ours(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.lstat().st_mtime
    except OSError:
        return 0.0


def _is_left_behind(folder: Path) -> bool:
    try:
        with (folder / _OWNER).open("r+") as owner:
            return _lock(owner) if _HAS_LOCKS else _age(folder) > _OLD_SECONDS
    except OSError:  # no such file: killed before it was made, or being made this moment
        return _age(folder) > _BEING_MADE_SECONDS


try:
    import fcntl
except ImportError:  # Windows
    _HAS_LOCKS = False

    def _lock(file: IO[str]) -> bool:
        return True
else:
    _HAS_LOCKS = True

    def _lock(file: IO[str]) -> bool:
        """Hold the file until it is closed, which the operating system does for a process that is killed; False when another holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
