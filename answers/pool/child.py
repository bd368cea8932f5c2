"""A worker process of a pool as the serving process sees it: given a job, it says how far it is and what came of it."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from answers.pool.job import Progress
from answers.pool.messages import read_message, write_message
from survey_schema.workbook.worker.limited_worker import Outcome
from survey_schema.workbook.worker.run_limited import environment

PROJECT = Path(__file__).resolve().parents[2]


class Child:
    """Does one job at a time. ``done`` counts those it has done."""

    def __init__(self, memory_bytes: int) -> None:
        command = [sys.executable, "-m", "answers.pool.in_child", str(memory_bytes)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=PROJECT, env=environment(), stdin=pipe, stdout=pipe, start_new_session=True)
        self.done = 0
        self._ended = False

    @property
    def alive(self) -> bool:
        """Whether it can be given a job."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def do(self, call: bytes, told: Callable[[Progress], None], seconds: float) -> Outcome:
        """What came of a packed job. The kind is ``died`` where the process is gone before it said, ``time`` where that was us."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            write_message(self._process.stdin, call)
            while isinstance(found := read_message(self._process.stdout), Progress):
                told(found)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):  # it is gone, or what it said is no message
            found = None
        finally:
            clock.cancel()
        self.done += 1
        if isinstance(found, Outcome):
            return found
        self.kill()
        return Outcome("time" if late.is_set() else "died")

    def kill(self) -> None:
        """Ends it at once, and what it started: the browser that draws pictures."""
        if hasattr(os, "killpg") and not self._ended:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._ended = True
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Ends it; it is not doing anything."""
        self.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
