"""Heavy work beside the serving process: a bounded number of workers, progress, cancelling, and one result for all who ask the same.

Without workers (``Pool(0)``, and the command line, which has nobody else to serve) the same work is done at once by whoever asks.
"""

from __future__ import annotations

import atexit
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from answers.pool.child import Child
from answers.pool.failures import CancelledError, failure_of
from answers.pool.job import Job, Lane, Progress
from answers.pool.telling import telling_to
from survey_schema.workbook.worker.limited_worker import Outcome

T = TypeVar("T")
MEMORY_BYTES = 3072 * 2**20
#: Jobs after which a worker ends and another one begins, since libraries keep what they once needed.
JOBS_PER_CHILD = 60
#: Seconds after which a worker that nobody needed gives its memory back.
IDLE_SECONDS = 600.0
#: Seconds a job of a lane may take by the clock.
PATIENCE: dict[Lane, float] = {"quick": 300.0, "long": 3600.0}


class _Running:
    """A job that waits or is done, for everybody who asked for it."""

    def __init__(self, job: Job[Any], key: bytes) -> None:
        self.call, self.lane, self.key = job.packed(), job.lane, key
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.asked_by = 0
        self.child: Child | None = None


class Ticket(Generic[T]):
    """What somebody asked for: how far it is, its result, and the way to leave it."""

    def __init__(self, running: _Running, leave: Callable[[_Running], None]) -> None:
        self._running, self._leave, self._left = running, leave, False

    @property
    def done(self) -> bool:
        """Whether the result, or the reason why there is none, is there."""
        return self._left or self._running.future.done()

    @property
    def progress(self) -> Progress | None:
        """How far it is; None where nothing was told yet."""
        return self._running.progress

    @property
    def begun(self) -> bool:
        """Whether somebody works on it; else others are before it."""
        return self._running.child is not None

    def waited(self, seconds: float) -> bool:
        """Whether it is done within so many seconds from now."""
        return bool(wait([self._running.future], seconds).done)

    def result(self) -> T:
        """Waits for it. Raises ManyiError where it failed or was cancelled."""
        if self._left:
            raise CancelledError
        found: T = self._running.future.result()
        return found

    def cancel(self) -> None:
        """Leaves it. Where nobody else waits for it, it is not done, or ended in the middle."""
        if not self.done:
            self._left = True
            self._leave(self._running)


class Pool:
    """``workers`` do long work, one more what somebody looks at the screen for; none named: all cores but one, at least one."""

    def __init__(self, workers: int | None = None, memory_bytes: int = MEMORY_BYTES, jobs_per_child: int = JOBS_PER_CHILD) -> None:
        self.workers = max(1, (os.cpu_count() or 2) - 1) if workers is None else workers
        self._memory_bytes, self._jobs_per_child = memory_bytes, jobs_per_child
        self._lock = threading.Lock()
        self._running: dict[bytes, _Running] = {}
        self._idle: dict[Lane, list[Child]] = {"quick": [], "long": []}
        self._children: set[Child] = set()
        self._waiting: dict[Lane, SimpleQueue[_Running | None]] = {"quick": SimpleQueue(), "long": SimpleQueue()}
        self._threads: dict[Lane, int] = {"quick": 1, "long": self.workers} if self.workers else {}
        for lane, count in self._threads.items():
            for _each in range(count):
                threading.Thread(target=self._serve, args=(lane,), name=f"pool-{lane}", daemon=True).start()
        atexit.register(self.close)

    def ask(self, job: Job[T]) -> Ticket[T]:
        """Has it done. Who asks for what is being done already gets the same result."""
        if not self.workers:
            return Ticket(_done_here(job), self._leave)
        key = job.key()
        with self._lock:
            running, known = self._running.get(key), key in self._running
            if running is None:
                running = self._running[key] = _Running(job, key)
            running.asked_by += 1
        if not known:
            self._waiting[job.lane].put(running)
        return Ticket(running, self._leave)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes there are now."""
        with self._lock:
            return tuple(child.pid for child in self._children if child.alive)

    def close(self) -> None:
        """Ends all workers, whatever they are doing."""
        atexit.unregister(self.close)
        for lane, count in self._threads.items():
            for _each in range(count):
                self._waiting[lane].put(None)
        with self._lock:
            for child in self._children:
                child.kill()

    def _leave(self, running: _Running) -> None:
        with self._lock:
            running.asked_by -= 1
            if running.asked_by > 0:
                return
            if self._running.get(running.key) is running:
                del self._running[running.key]
            if running.child is not None:
                running.child.kill()

    def _serve(self, lane: Lane) -> None:
        while (running := self._waiting[lane].get()) is not None:
            self._do(running)

    def _do(self, running: _Running) -> None:
        with self._lock:
            if not running.asked_by:  # left before it began
                running.future.set_exception(CancelledError())
                return
            try:
                child = running.child = self._take(running.lane)
            except OSError:  # the machine has no room for another process; the next job may find some
                child = None

        def told(progress: Progress) -> None:
            running.progress = progress

        outcome = child.do(running.call, told, PATIENCE[running.lane]) if child else Outcome("died")
        with self._lock:
            running.child = None
            if self._running.get(running.key) is running:
                del self._running[running.key]
            if child:
                self._give_back(running.lane, child)
        _settle(running.future, outcome, left=not running.asked_by, memory_bytes=self._memory_bytes, seconds=PATIENCE[running.lane])

    def _take(self, lane: Lane) -> Child:
        while self._idle[lane]:
            child = self._idle[lane].pop()
            if child.alive:
                return child
            self._end(child)
        child = Child(self._memory_bytes)
        self._children.add(child)
        return child

    def _give_back(self, lane: Lane, child: Child) -> None:
        if not child.alive or child.done >= self._jobs_per_child:
            self._end(child)
            return
        self._idle[lane].append(child)
        clock = threading.Timer(IDLE_SECONDS, self._end_if_idle, (lane, child, child.done))
        clock.daemon = True
        clock.start()

    def _end_if_idle(self, lane: Lane, child: Child, done: int) -> None:
        with self._lock:
            if child in self._idle[lane] and child.done == done:
                self._idle[lane].remove(child)
                self._end(child)

    def _end(self, child: Child) -> None:
        self._children.discard(child)
        child.close()


def _settle(future: Future[Any], outcome: Outcome, *, left: bool, memory_bytes: int, seconds: float) -> None:
    if left:
        future.set_exception(CancelledError())
    elif outcome.kind == "done":
        future.set_result(outcome.value)
    else:
        future.set_exception(failure_of(outcome, memory_bytes, seconds))


def _done_here(job: Job[Any]) -> _Running:
    """The job as another process would get it, done by this one."""
    running = _Running(job, b"")

    def told(done: int, of: int, what: Any) -> None:
        running.progress = Progress(done, of, what)

    function, arguments = pickle.loads(running.call)
    try:
        with telling_to(told):
            running.future.set_result(function(*arguments))
    except Exception as error:
        running.future.set_exception(error)
    return running
