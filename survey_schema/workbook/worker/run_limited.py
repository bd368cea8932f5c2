"""The one door to the worker process: call a function there, under limits of time and memory, and get its result or a sentence.

Everything that is done to a user's file goes through here: reading, matching, checking, marking up, population workbooks, survey
descriptions and blank workbooks made from them. The application itself never looks into such a file.
"""

from __future__ import annotations

import logging
import os
import pickle
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from survey_schema.workbook.worker.limited_worker import Job, Outcome
from survey_schema.workbook.worker.private_folder import job_folder
from words.errors import ManyiError

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger("manyi")
PROJECT = Path(__file__).resolve().parents[3]
#: The limit is of processor time. A busy machine may give a worker only a part of it, so the clock gets this many times as long.
_PATIENCE = 4
#: Jobs done at the same time; more wait, so that many uploads at once need no more memory than these.
_SLOTS = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


class LimitError(Exception):
    """There is no result. ``reason``: memory, time, result (too large), died, or failed (``number`` finds the details in the log)."""

    def __init__(self, reason: str, number: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number


@dataclass(frozen=True)
class WorkLimits:
    """What one job may use: ``seconds`` of processor time (by the clock four times as long); ``result_bytes`` bounds what comes back."""

    memory_bytes: int
    seconds: int
    result_bytes: int


def run_limited(limits: WorkLimits, function: Callable[P, T], *arguments: P.args, **_named: P.kwargs) -> T:
    """The result of a function of a module, called in a worker.

    Raises the :class:`ManyiError` the function raised, or :class:`LimitError`.
    """
    with _SLOTS, job_folder() as folder:
        call = pickle.dumps((function, arguments), protocol=5)
        job = Job(limits.memory_bytes, limits.seconds, limits.result_bytes, str(folder), call)
        outcome = _done_by(_WORKERS.take(), pickle.dumps(job, protocol=5), limits.seconds * _PATIENCE)
    if outcome.kind == "said":
        raise ManyiError(outcome.value)
    if outcome.kind == "failed":
        number = secrets.token_hex(3).upper()
        logger.error("error %s in the worker\n%s", number, outcome.value)
        raise LimitError("failed", number)
    if outcome.kind != "done":
        raise LimitError(outcome.kind)
    result: T = outcome.value
    return result


def _done_by(worker: subprocess.Popen[bytes], job: bytes, seconds: int) -> Outcome:
    with worker:
        try:
            answer, told = worker.communicate(job, timeout=seconds)
        except subprocess.TimeoutExpired:
            return Outcome("time")
        finally:
            worker.kill()  # also when this thread is interrupted
    if worker.returncode == 0 and answer:
        outcome: Outcome = pickle.loads(answer)  # by our own child process
        return outcome
    return Outcome(_why_it_died(worker.returncode, told))


def _why_it_died(returncode: int, told: bytes) -> str:
    if b"memory allocation" in told or b"MemoryError" in told or returncode == -9:
        return "memory"
    return "time" if returncode == -24 else "died"


class _Workers:
    """Starts workers; with :meth:`keep_one_ready` one always waits with its modules imported, which is most of what a start costs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeping = False
        self._ready: subprocess.Popen[bytes] | None = None

    def keep_one_ready(self) -> None:
        with self._lock:
            self._keeping = True
            self._ready = self._ready or _start(ready=True)

    def take(self) -> subprocess.Popen[bytes]:
        """A worker that has no job yet."""
        with self._lock:
            ready, self._ready = self._ready, _start(ready=True) if self._keeping else None
        if ready is not None and ready.poll() is None:
            return ready
        return _start(ready=False)


def _start(*, ready: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "survey_schema.workbook.worker.limited_worker", *(["--ready"] if ready else [])]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=PROJECT, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe)


def environment() -> dict[str, str]:
    """The worker's environment: it finds this project, and threads do not reserve address space of their own."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return dict(os.environ) | {"PYTHONPATH": path, "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


_WORKERS = _Workers()
keep_worker_ready = _WORKERS.keep_one_ready
