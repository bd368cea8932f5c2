"""The process that does the work of a pool: one job after the other, what is told meanwhile, and what came of each.

Started by :mod:`answers.pool.child` as ``python -m answers.pool.in_child MEMORY_BYTES``. It gives way to the process that serves
everybody, may not use more memory than it is given, and ends with the process that started it.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import IO

from answers.pool.job import Progress
from answers.pool.messages import read_message, write_message
from answers.pool.telling import telling_to
from survey_schema.workbook.worker.limited_worker import NICENESS, outcome_of
from words.language import Message


def limit_memory(memory_bytes: int) -> None:
    """Limits what this process, and each one it starts, may write to.

    Not the addresses it may reserve: the browser that draws pictures reserves more than any machine has.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    allowed = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
    except (ValueError, OSError):  # a system without this limit
        return


def work(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Does what is asked until nobody asks any more."""

    def told(done: int, of: int, what: str | Message) -> None:
        write_message(answers, Progress(done, of, what))

    while (call := read_message(asked)) is not None:
        with telling_to(told):
            outcome = outcome_of(call)
        write_message(answers, outcome)


def main() -> None:
    """Begin."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get into the answers
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    warnings.simplefilter("ignore")  # nobody reads them
    limit_memory(int(sys.argv[1]))
    try:
        work(sys.stdin.buffer, answers)
    except BrokenPipeError:  # the process that asked is gone
        os._exit(0)


if __name__ == "__main__":
    main()
