"""How long reports take: the monthly report and the decks of fourteen branches of the sample province.

``python -m benchmarks.reports`` fills a store with the province (or takes ``--data FOLDER``), asks and writes each storyline in a process
that has the program loaded, and prints seconds of processor time and elapsed, and how many times the answers alone the whole takes.
Then the decks once more as the server has them made, by a worker of the pool: how long the process that serves everybody is busy with it;
and the processor time and the clock of one picture there when the browser runs already.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from answers.kept import Kept
from answers.pool.job import Job
from answers.pool.pool import Pool
from charts.kit.export_picture import browser_path
from load_samples import load_samples
from reports.document import FigureItem, Report, Scope
from reports.jobs import chart_picture, storyline_file
from reports.making.making import make_report
from reports.making.reader import Reader
from reports.storylines.storylines import make_storyline, storyline_report
from settings import Settings, load_settings
from storage.store import Store

SURVEY = "telecom_csi"
#: Storyline, file, and the goal in seconds.
GOALS = (("monthly", "pptx", 10.0), ("branch", "zip", 60.0))
#: Seconds of processor time of the serving process while a worker makes the decks, and by the clock of a picture when all is warm.
BUSY, PICTURE = 0.5, 0.3


def main() -> int:
    """Print the times; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder with the sample data; else one is made")
    folder = parser.parse_args().data
    if folder is not None:
        return measured(Store(folder))
    with tempfile.TemporaryDirectory() as made:
        store = Store(Path(made))
        list(load_samples(store, Settings(data=Path(made)), "benchmark"))
        return measured(store)


def measured(store: Store) -> int:
    """Every storyline with a reader who has asked nothing yet, as the command line is."""
    times = [_measured(store, name, ending, goal) - goal for name, ending, goal in GOALS]
    return int(max(*times, *_by_the_pool(store)) > 0)


def _by_the_pool(store: Store) -> tuple[float, float]:
    """Seconds above the goals: of the serving process during the decks of all branches, and of a picture."""
    reader, pool = Reader(store, load_settings().rules, Kept(), "benchmark"), Pool(1)
    try:
        decks = Job(storyline_file, (reader.named, "branch", Scope(SURVEY), "zh_CN", "zip"))
        busy, elapsed = seconds(lambda: pool.ask(decks).result())
        print(f"branch by the pool: the serving process is busy for {busy:.2f} s of {elapsed:.1f} s, goal {BUSY:g} s")
        leaving = make_report(Report("", "zh_CN", (FigureItem("a", "trend", Scope(SURVEY)),)), reader).items[0].leaving
        if browser_path() is None or leaving is None:
            return busy - BUSY, 0.0
        drawn = replace(leaving.chart, drawing=leaving.chart.plain)
        for _turn in range(2):
            pool.ask(Job(chart_picture, (drawn, leaving.on, "png"), "quick")).result()
        told = replace(drawn, caption=f"{drawn.caption} ")
        cost, clock = seconds(lambda: pool.ask(Job(chart_picture, (told, leaving.on, "png"), "quick")).result())
        print(f"a picture, warm: {clock:.2f} s elapsed, the serving process is busy for {cost:.3f} s; goal {PICTURE:g} s")
        return busy - BUSY, clock - PICTURE
    finally:
        pool.close()


def _measured(store: Store, name: str, ending: str, goal: float) -> float:
    asking, making = (Reader(store, load_settings().rules, Kept(), "benchmark") for _turn in range(2))
    asked, _elapsed = seconds(lambda: storyline_report("monthly", asking.ask(Scope(SURVEY)), "benchmark", "zh_CN", datetime.now()))
    whole, elapsed = seconds(lambda: make_storyline(name, making, Scope(SURVEY), "zh_CN", ending))
    ratio = whole / asked
    print(f"{name}: {whole:.1f} s of processor time, {elapsed:.1f} s elapsed, goal {goal:g} s; {ratio:.1f} × the answers of monthly")
    return whole


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Processor time and elapsed."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


if __name__ == "__main__":
    sys.exit(main())
