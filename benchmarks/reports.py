"""How long reports take: the monthly report and the decks of fourteen branches of the sample province.

``python -m benchmarks.reports`` fills a store with the province (or takes ``--data FOLDER``), asks and writes each storyline in a process
that has the program loaded, and prints seconds of processor time and elapsed, and how many times the answers alone the whole takes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from answers.kept import Kept
from load_samples import load_samples
from reports.document import Scope
from reports.making.reader import Reader
from reports.storylines.storylines import make_storyline, storyline_report
from settings import Settings, load_settings
from storage.store import Store

SURVEY = "telecom_csi"
#: Storyline, file, and the goal in seconds.
GOALS = (("monthly", "pptx", 10.0), ("branch", "zip", 60.0))


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
    return int(max(times) > 0)


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
