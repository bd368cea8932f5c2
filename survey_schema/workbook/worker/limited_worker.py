"""The child process in which everything is done to a file nobody has vouched for.

Started by :mod:`survey_schema.workbook.worker.run_limited` as ``python -m survey_schema.workbook.worker.limited_worker``. It reads
one job from standard input (what may be used, the function, its arguments), limits its own memory and processor time, and writes
the outcome to standard output: the result, a sentence for the user, or the reason why there is neither. A file that makes a parser
run away ends this process and not the application. No part of the file is written to disk.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import sys
import tempfile
import traceback
import warnings
from dataclasses import dataclass
from typing import Any

#: What a worker that waits for its job imports meanwhile.
HEAVY = (
    "survey_schema.workbook.inspect_workbook",
    "survey_schema.workbook.write.annotated_workbook",
    "survey_schema.workbook.check.population_workbook",
    "survey_schema.workbook.write.write_template",
)
#: The worker gives way to the application that serves everybody.
NICENESS = 10


@dataclass(frozen=True)
class Job:
    """What to call, pickled on its own so that the limits hold while it is unpacked, and what it may use."""

    memory_bytes: int
    seconds: int
    result_bytes: int
    folder: str
    call: bytes


@dataclass(frozen=True)
class Outcome:
    """What came of a job. ``kind``: done (``value`` is the result), said (a Message), memory, result (too large) or failed (a detail)."""

    kind: str
    value: Any = None


def limit_resources(memory_bytes: int, seconds: int) -> None:
    """Limit this process where the operating system can; what was used so far does not count as time."""
    used = sum(os.times()[:2])
    lower_limits(RLIMIT_AS=memory_bytes, RLIMIT_CPU=int(used) + 1 + seconds)


def lower_limits(**wanted: int) -> None:
    """Limits of this process and each one it starts, by their names in Python, as far as the operating system knows them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is what is left
        return
    for name, value in wanted.items():
        which = getattr(resource, name)
        hard = resource.getrlimit(which)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(which, (allowed, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def memory_is_limited() -> bool:
    """Whether the operating system ends this process rather than let it take more."""
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def outcome_of(call: bytes) -> Outcome:
    """What calling the function came to."""
    from words.errors import ManyiError

    try:
        function, arguments = pickle.loads(call)  # packed by our own parent process
        return Outcome("done", function(*arguments))
    except ManyiError as error:
        return Outcome("said", error.message)
    except MemoryError:
        return Outcome("memory")
    except BaseException as error:  # a Rust panic is a BaseException; whatever it is, the parent must get a reason
        if "capacity overflow" in str(error) or "memory allocation" in str(error):
            return Outcome("memory")
        return Outcome("failed", "".join(traceback.format_exception(error, limit=-8))[-4000:])


def packed(outcome: Outcome, result_bytes: int) -> bytes:
    """The outcome as bytes, or that it is too large."""
    try:
        result = pickle.dumps(outcome, protocol=5)
    except MemoryError:
        return pickle.dumps(Outcome("memory"))
    return result if len(result) <= result_bytes else pickle.dumps(Outcome("result"))


def main() -> None:
    """Wait for the job, do it, answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get into the answer
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    warnings.simplefilter("ignore")  # nobody reads them
    if "--ready" in sys.argv:
        for module in HEAVY:
            importlib.import_module(module)
    given = sys.stdin.buffer.read()
    if not given:  # the application ended without needing this worker
        return
    job: Job = pickle.loads(given)
    del given
    limit_resources(job.memory_bytes, job.seconds)
    tempfile.tempdir = job.folder
    gc.disable()  # millions of cells make the collector walk, and the process ends soon
    answer = packed(outcome_of(job.call), job.result_bytes)
    with answers:
        answers.write(answer)
        answers.flush()
    os._exit(0)  # taking down millions of objects one by one would only cost time


if __name__ == "__main__":
    from survey_schema.workbook.worker.limited_worker import main as worker_main  # so that pickles name this module, not __main__

    worker_main()
