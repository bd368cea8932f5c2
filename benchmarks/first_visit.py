"""The first visit: how long the server takes to start, and then the first reader's overview to its sentence and to its first chart.

``python -m benchmarks.first_visit [--data FOLDER] [--starts 3]`` fills a store with the sample data (or takes a copy of the one in FOLDER),
starts the application on it anew for each round and opens the overview in a new browser. A line a round: seconds and the processor time of
the server until it answers, then seconds until the sentence and until the first chart stand there, the processor time of the server for
them and that of the browser. Nothing is judged: a busy machine starts slowly; the processor times say what it costs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.pages_in_browser import filled
from tests.browser.rig import BROWSERS, FLAGS, serving
from tests.places import ROOT

#: However busy the machine is.
_MOST_MILLISECONDS = 600_000
_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """What a process and those of its children that have ended have computed so far."""
    stat = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / _TICKS


def first_visit(folder: Path) -> dict[str, float]:
    """Starts the server on a folder, opens the overview as its first reader, and says what both took."""
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    began = time.perf_counter()
    with contextlib.contextmanager(serving)(folder) as server, sync_playwright() as playwright:
        found = {"start_s": time.perf_counter() - began, "start_cpu_s": processor_seconds(server.process)}
        page = playwright.chromium.launch(executable_path=path, args=list(FLAGS)).new_page(viewport={"width": 1440, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        began = time.perf_counter()
        page.goto(server.url, wait_until="commit")
        for name, place in (("sentence_s", ".st-key-answer h2"), ("first_chart_s", ".js-plotly-plot .main-svg")):
            page.wait_for_selector(place, timeout=_MOST_MILLISECONDS)
            found[name] = time.perf_counter() - began
        metrics = {each["name"]: float(each["value"]) for each in session.send("Performance.getMetrics")["metrics"]}
        cpu = processor_seconds(server.process) - found["start_cpu_s"]
        return {**found, "server_cpu_s": cpu, "browser_cpu_s": metrics["TaskDuration"]}


def main() -> None:
    """Prints each round and the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--starts", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "first"
        if given.data:
            shutil.copytree(given.data, folder / "data")
        else:
            filled(ROOT, folder)
        rounds = [first_visit(folder) for _number in range(given.starts)]
    for label, seen in (*((f"start {number}", one) for number, one in enumerate(rounds, 1)), ("median", _median(rounds))):
        print(f"{label:8}", " ".join(f"{name} {value:.2f}" for name, value in seen.items()))


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


if __name__ == "__main__":
    main()
