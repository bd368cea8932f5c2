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
from survey_schema.workbook.worker.limited_worker import NICENESS, lower_limits, outcome_of
from words.language import Message


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
    # what may be written to, not the addresses that may be reserved: the browser that draws pictures reserves more than any machine has
    lower_limits(RLIMIT_DATA=int(sys.argv[1]))
    try:
        work(sys.stdin.buffer, answers)
    except BrokenPipeError:  # the process that asked is gone
        os._exit(0)


if __name__ == "__main__":
    main()
