"""Work that tests of the pool let others do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from answers.pool.telling import silent, tell
from words.errors import ManyiError
from words.language import message


def counted(folder: str, name: str) -> int:
    """Leaves a mark that it was done, waits until it may end, and says by which process."""
    with Path(folder, f"{name}.begun").open("a") as marks:
        marks.write(f"{os.getpid()}\n")
    while not Path(folder, f"{name}.may_end").exists():
        time.sleep(0.01)
    return os.getpid()


def told(folder: str) -> str:
    """Says how far it is; of its small steps nothing."""
    with silent():
        tell(1, 1000, "small")
    tell(1, 2, "first")
    counted(folder, "told")
    tell(2, 2, message("Report"))
    return "made"


def refused() -> None:
    """Cannot be done."""
    raise ManyiError(message("There are no data of this kind: {kind}.", kind="x"))


def broken() -> None:
    """Has a fault."""
    raise ZeroDivisionError


def ended_from_outside() -> None:
    """What happens where memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def too_large() -> int:
    """Needs more memory than a worker has."""
    return len(bytearray(2**33))


def process() -> int:
    """Which process it is."""
    return os.getpid()
