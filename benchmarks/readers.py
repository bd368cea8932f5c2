"""Fifty people read the same store at once, while somebody uploads a workbook.

``python -m benchmarks.readers [--sessions 50] [--minutes 1]`` fills a store with the sample data (60,000 responses of the first survey),
starts the application on it, and speaks to it on the loopback as browsers do, over live connections but without drawing. In turn:

* one reader: processor time of the server for a warm run of every page;
* the readers: each opens a page at random, thinks, opens another; seconds until a page was there whole, and until ``/health`` answers;
* the same while one more uploads a workbook of 100,000 rows again and again (checking it takes the second processor);
* one reader again, a thousand runs: the memory of the server after each hundred.

Ends with exit code 1 when a goal is missed. Times of readers mean something on a quiet machine only; processor times on a busy one too.
Linux only, since it reads ``/proc``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reader_session import ReaderSession, Visit
from benchmarks.workbook_to_index import write_workbook
from load_samples import load_samples
from settings import Settings
from tests.browser.rig import PAGES, Server, serving

MEDIAN_RUN, LONGEST_RUN = 0.15, 0.25
MIDDLE, LATE, LATER_BY, HEALTH = 1.5, 4.0, 1.2, 0.5
#: Mebibytes by which a thousand runs may let the server grow.
GROWTH = 50.0
#: Widths of cards in windows people have; each draws its charts for itself.
WIDTHS = (950, 1180, 1420, 620, 362)
_PER_SECOND = os.sysconf("SC_CLK_TCK")
_WARM_RUNS = 5


@dataclass(frozen=True)
class Process:
    """The server's process as the system counts it."""

    number: int

    @property
    def processor_seconds(self) -> float:
        """What it has computed so far, all threads, ended ones too; not its children."""
        fields = Path(f"/proc/{self.number}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _PER_SECOND

    @property
    def mebibytes(self) -> float:
        """Memory it holds now."""
        lines = Path(f"/proc/{self.number}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@dataclass
class Read:
    """What readers found: every visit, seconds of ``/health``, and uploads meanwhile."""

    visits: list[Visit] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    uploads: list[Visit] = field(default_factory=list)

    def share(self, part: float) -> float:
        """The seconds within which a share of the visits was over."""
        ordered = sorted(visit.seconds for visit in self.visits)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)]

    @property
    def failures(self) -> int:
        """Visits and uploads that ended with an error or not at all."""
        return sum(visit.failed for visit in (*self.visits, *self.uploads))


async def warm_runs(address: str, server: Process) -> dict[str, float]:
    """Processor seconds of a warm run of every page."""
    found = {}
    async with ReaderSession(address) as reader:
        for page in PAGES:
            for _again in range(2):
                visit = await reader.open(page)
            before = server.processor_seconds
            for _again in range(_WARM_RUNS):
                visit = await reader.open(page)
            name, seconds = page or "overview", (server.processor_seconds - before) / _WARM_RUNS
            found[name] = seconds
            failed = " FAILED" if visit.failed else ""
            print(f"  {name:16s} {seconds:6.3f} s  {visit.elements:4d} elements {visit.kilobytes:7.0f} KB{failed}")
    return found


async def read(address: str, sessions: int, seconds: float, think: float, upload: bytes = b"") -> Read:
    """So many readers for so long; ``upload`` is dropped again and again meanwhile."""
    found, until, chance = Read(), time.perf_counter() + seconds, random.Random(20261130)
    pages = list(PAGES)

    async def one(number: int) -> None:
        async with ReaderSession(address, WIDTHS[number % len(WIDTHS)]) as reader:
            await asyncio.sleep(think * number / sessions)
            await reader.open(pages[number % len(pages)])  # the first page of a session waits for the browser, once
            while time.perf_counter() < until:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
                found.visits.append(await reader.open(chance.choice(pages)))

    async def uploads() -> None:
        async with ReaderSession(address) as reader:
            while time.perf_counter() < until:
                found.uploads.append(await reader.drop("upload", "", "readers.xlsx", upload))

    async with _health(address, found.health):
        await asyncio.gather(*map(one, range(sessions)), *([uploads()] if upload else []))
    return found


@contextlib.asynccontextmanager
async def _health(address: str, seconds: list[float]) -> AsyncIterator[None]:
    """Asks for ``/health`` every second meanwhile."""

    def ask() -> None:
        started = time.perf_counter()
        with urllib.request.urlopen(f"http://{address}/health", timeout=60):
            seconds.append(time.perf_counter() - started)

    async def ask_on() -> None:
        while True:
            await asyncio.to_thread(ask)
            await asyncio.sleep(1)

    asking = asyncio.create_task(ask_on())
    try:
        yield
    finally:
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking


async def memory(address: str, server: Process, runs: int) -> list[float]:
    """Mebibytes of the server after each tenth of so many runs of one reader."""
    found, pages = [], list(PAGES)
    async with ReaderSession(address) as reader:
        for number in range(runs):
            await reader.open(pages[number % len(pages)])
            if (number + 1) % max(runs // 10, 1) == 0:
                found.append(server.mebibytes)
    return found


def judged(name: str, value: float, goal: float, unit: str = "s") -> bool:
    """Prints a figure with its goal; whether it holds."""
    print(f"{name}: {value:.3f} {unit} (goal {goal:g}){'' if value <= goal else '  MISSED'}")
    return value <= goal


async def measured(server: Server, process: Process, given: argparse.Namespace, upload: bytes) -> bool:
    """All parts in turn, printed; whether every goal was met."""
    address = server.url.removeprefix("http://")
    print("a warm run of a page, processor time of the server:")
    runs = await warm_runs(address, process)
    held = [
        judged("warm page run, median", statistics.median(runs.values()), MEDIAN_RUN),
        judged("warm page run, longest", max(runs.values()), LONGEST_RUN),
    ]
    before = process.mebibytes
    await read(address, given.sessions, given.think, given.think)  # charts of every width and page are drawn once
    print(f"memory a session: {(process.mebibytes - before) / given.sessions:.1f} MB; server {process.mebibytes:.0f} MB")
    alone = await read(address, given.sessions, 60 * given.minutes, given.think)
    beside = await read(address, given.sessions, 60 * given.minutes, given.think, upload)
    for name, found in (("readers", alone), ("readers beside an upload", beside)):
        print(f"{name}: {len(found.visits)} pages, {len(found.uploads)} uploads ({', '.join(f'{u.seconds:.0f} s' for u in found.uploads)})")
    held += [
        judged("readers, p50", alone.share(0.5), MIDDLE),
        judged("readers, p95", alone.share(0.95), LATE),
        judged("p95 beside an upload, times p95 alone", beside.share(0.95) / alone.share(0.95), LATER_BY, "x"),
        judged("errors", alone.failures + beside.failures, 0, ""),
        judged("/health, slowest", max(*alone.health, *beside.health), HEALTH),
    ]
    found = await memory(address, process, given.runs)
    print(f"memory over {given.runs} runs: {', '.join(f'{each:.0f}' for each in found)} MB")
    return all([*held, judged("growth since a tenth of them", found[-1] - found[0], GROWTH, "MB")])


@contextlib.contextmanager
def _data(store: Path | None) -> Iterator[Path]:
    """A folder with a filled store in ``data``: the one given, or one filled with the sample data."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if store is not None:
            (folder / "data").symlink_to(store.resolve())
        else:
            with contextlib.closing(Settings(data=folder / "data").open_store()) as opened:
                list(load_samples(opened, Settings(data=folder / "data"), "benchmark"))
        yield folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, prints, and ends with exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=1.0, help="of reading, once alone and once beside an upload")
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two pages of a reader, on average")
    parser.add_argument("--upload-rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1000, help="of one reader, over which memory is to stay flat")
    parser.add_argument("--store", type=Path, help="a folder with a store, in the place of the sample data")
    given = parser.parse_args(arguments)
    with _data(given.store) as folder, contextlib.contextmanager(serving)(folder) as server:
        write_workbook(folder / "upload.xlsx", given.upload_rows, 40)
        held = asyncio.run(measured(server, Process(server.process), given, (folder / "upload.xlsx").read_bytes()))
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
