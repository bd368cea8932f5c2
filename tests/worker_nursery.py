"""Workers for tests without the second each takes to import what it needs: forked from one process that has imported it.

A worker made here does what one of the application does, under the same limits and in a process of its own; only its start is cheaper.
Tests of the start itself use the real one (``tests/survey_schema/workbook/worker``).
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from typing import Any, Self

from tests.places import ROOT

#: Process id, and how it ended: as ``subprocess`` says it.
_NUMBER = struct.Struct("i")


class Nursery:
    """Starts the process workers are forked from when the first is wanted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, ready: bool) -> Any:
        """A worker that waits for its job; stands in for the function of the same name that starts one anew."""
        with self._lock:
            asking = self._socket or self._begin()
            return ForkedWorker(asking)

    def close(self) -> None:
        """End the process; workers it made are done."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.wait(20)

    def _begin(self) -> socket.socket:
        from survey_schema.workbook.worker.run_limited import environment

        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.worker_nursery", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        theirs.close()
        self._socket = ours
        return ours


class ForkedWorker:
    """As much of ``subprocess.Popen`` as the application uses of a worker."""

    def __init__(self, asking: socket.socket) -> None:
        self.returncode: int | None = None
        pairs = [os.pipe() for _ in range(4)]  # job, answer, told, how it ended
        theirs = [pairs[0][0], *(pair[1] for pair in pairs[1:])]
        socket.send_fds(asking, [b"1"], theirs)
        for each in theirs:
            os.close(each)
        self._job = os.fdopen(pairs[0][1], "wb")
        self._answer, self._told, self._end = (os.fdopen(pair[0], "rb") for pair in pairs[1:])
        (self._pid,) = _NUMBER.unpack(self._end.read(_NUMBER.size))

    def communicate(self, job: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Hand over the job; answer and what was told on the way."""
        read: dict[str, bytes] = {}
        threads = [threading.Thread(target=self._write, args=(job,), daemon=True)]
        for name, source in (("answer", self._answer), ("told", self._told)):
            threads.append(threading.Thread(target=lambda name=name, source=source: read.update({name: source.read()}), daemon=True))
        for each in threads:
            each.start()
        threads[1].join(timeout)
        if threads[1].is_alive():
            raise subprocess.TimeoutExpired("worker", timeout)
        for each in threads:
            each.join()
        (self.returncode,) = _NUMBER.unpack(self._end.read(_NUMBER.size))
        return read["answer"], read["told"]

    def poll(self) -> int | None:
        """How it ended, as far as is known."""
        return self.returncode

    def kill(self) -> None:
        """End it, unless it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for each in (self._job, self._answer, self._told, self._end):
            with contextlib.suppress(OSError):
                each.close()

    def _write(self, job: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # it died before it had read all
            self._job.write(job)
            self._job.close()


def main(given: int) -> None:
    """Import what workers need, then fork one for whoever asks until nobody can ask any more."""
    import importlib

    from survey_schema.workbook.worker import limited_worker

    for module in limited_worker.HEAVY:
        importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that wait for the workers need nobody to wait for them
    with socket.socket(fileno=given) as asked:
        while True:
            word, streams, _flags, _address = socket.recv_fds(asked, 1, 4)
            if not word:
                return
            if os.fork() == 0:
                asked.close()
                _mind(streams)
            for each in streams:
                os.close(each)


def _mind(streams: list[int]) -> None:
    """Fork the worker, say its number, wait for it and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *standard, told = streams
    worker = os.fork()
    if worker == 0:
        os.close(told)
        for number, stream in enumerate(standard):
            os.dup2(stream, number)
            os.close(stream)
        _work()
    for each in (*standard, 0, 1, 2):
        os.close(each)
    os.write(told, _NUMBER.pack(worker))
    os.write(told, _NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])))
    os._exit(0)


def _work() -> None:
    from survey_schema.workbook.worker import limited_worker

    code = 1
    try:
        limited_worker.main()
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
