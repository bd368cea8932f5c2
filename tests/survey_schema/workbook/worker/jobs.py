"""What test jobs do in the worker; a worker finds its function by module and name."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from words.errors import ManyiError
from words.language import message


def process_id() -> int:
    print("said aloud")  # must not get into the answer
    return os.getpid()


def refuse() -> None:
    raise ManyiError(message("Sheet {sheet} is empty.", sheet="甲"))


def fail() -> None:
    raise KeyError("张三 13800138000")


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def spin(*_what: object) -> None:
    while True:
        pass


def fill_memory() -> int:
    return len(b"x" * (8 * 2**30))


def die() -> None:
    os._exit(3)


def large(count: int) -> bytes:
    return bytes(count)


def temporary_file() -> Path:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"answers")
    return Path(file.name)
