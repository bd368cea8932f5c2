"""Pages in a browser: what the browser computes until a page is drawn, seconds until then, the page's weight and the size of its document.

``python -m benchmarks.pages_in_browser [--beside FOLDER] [--visits 5] [PAGE ...]`` fills a store with the sample data, starts the
application on it and opens each page (overview, branches, drivers when none is named) again and again; the first visit, which fills what
the server keeps, does not count. Printed are medians. ``--beside`` names the folder of another checkout, such as an earlier version: its
pages are opened in turn with ours, and the ratio of the browser's work stands beside them. Nothing is judged: a busy machine draws
slowly, and processor time grows a little with it too.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chart_measures import prepare, wait_until_drawn
from tests.browser.rig import BROWSERS, FLAGS, serving, settled
from tests.places import ROOT

PAGES = ("", "branches", "drivers")
#: A page that changes no more for so long is drawn.
STILL_SECONDS = 1.5
_COUNTED = """() => ({
  nodes: document.querySelectorAll('*').length,
  height: document.querySelector('[data-testid="stMain"]').scrollHeight,
  kilobytes: performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0) / 1024,
})"""


def visit(browser: Browser, address: str) -> dict[str, float]:
    """Opens a page as a reader does who comes by a link; what its main thread computed, and what stands there then."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    settled(page)
    prepare(page)
    wait_until_drawn(page)
    drawn = time.perf_counter() - began
    page.wait_for_timeout(STILL_SECONDS * 1000)
    wait_until_drawn(page)
    metrics = {each["name"]: float(each["value"]) for each in session.send("Performance.getMetrics")["metrics"]}
    counted: dict[str, float] = page.evaluate(_COUNTED)
    context.close()
    return {"browser_s": metrics["TaskDuration"], "script_s": metrics["ScriptDuration"], "seconds": drawn, **counted}


def filled(checkout: Path, folder: Path) -> Path:
    """A folder with the sample data, filled by that checkout."""
    folder.mkdir()
    environment = {**os.environ, "MANYI_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "cli.py", "sample"], cwd=checkout, env=environment, check=True, stdout=subprocess.DEVNULL)
    return folder


def compared(browser: Browser, urls: Sequence[str], page: str, visits: int) -> None:
    """Prints the medians of a page's visits, of each checkout, and the ratio of the first one's work to the second one's."""
    seen: list[list[dict[str, float]]] = [[] for _url in urls]
    for number in range(visits + 1):
        for place, url in enumerate(urls):
            found = visit(browser, f"{url}/{page}")
            if number:
                seen[place].append(found)
    middle = [{name: statistics.median(one[name] for one in found) for name in found[0]} for found in seen]
    for place, found in enumerate(middle):
        words = " ".join(f"{name} {value:.2f}" for name, value in found.items())
        print(f"{page or 'overview':16} {('beside' if place else 'this'):7} {words}")
    if len(middle) > 1:
        print(f"{page or 'overview':16} browser's work: {middle[0]['browser_s'] / middle[1]['browser_s']:.2f} of the other checkout's")


def main() -> None:
    """Prints each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", default=PAGES, metavar="PAGE")
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--beside", type=Path)
    given = parser.parse_args()
    checkouts = [ROOT, *([given.beside.resolve()] if given.beside else [])]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = contextlib.contextmanager(serving)
        urls = [stack.enter_context(served(filled(each, folder / str(place)), each)).url for place, each in enumerate(checkouts)]
        playwright = stack.enter_context(sync_playwright())
        path = next(found for name in BROWSERS if (found := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for page in given.pages:
            compared(browser, urls, page, given.visits)


if __name__ == "__main__":
    main()
