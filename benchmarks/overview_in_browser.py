"""The overview in a browser: seconds from a click in the menu to the last chart, the page's weight and the size of its document.

``python -m benchmarks.overview_in_browser [--rows 60000]`` makes a store of so many responses, starts the application on it and prints a
line a visit. Nothing is judged: a busy machine draws slowly.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.rig import BROWSERS, FLAGS, serving, settled
from tests.stores import small_store

_COUNTED = """() => ({
  nodes: document.querySelectorAll('*').length,
  marks: document.querySelectorAll('.js-plotly-plot *').length,
  kilobytes: Math.round(performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0) / 1024),
})"""


def visit(page: Page, url: str) -> dict[str, float]:
    """Goes to another page and back to the overview by the menu; what that took and what stands there then."""
    page.goto(f"{url}/planner")
    settled(page)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    began = time.perf_counter()
    page.locator('[data-testid="stSidebarNavLink"]').first.click()
    page.wait_for_selector(".st-key-plot_heatmap .main-svg")
    first = time.perf_counter() - began
    page.wait_for_selector(".st-key-plot_grades .main-svg", state="attached")
    last = time.perf_counter() - began
    return {"first_chart_s": round(first, 2), "last_chart_s": round(last, 2), **page.evaluate(_COUNTED)}


def main() -> None:
    """Prints three visits; the first fills what is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=60_000)
    rows = parser.parse_args().rows
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        small_store.PER_WAVE = rows // len(small_store.WAVES)
        small_store.fill(folder / "data")
        server = stack.enter_context(contextlib.contextmanager(serving)(folder))
        playwright = stack.enter_context(sync_playwright())
        path = next(found for name in BROWSERS if (found := shutil.which(name)))
        page = playwright.chromium.launch(executable_path=path, args=list(FLAGS)).new_page(viewport={"width": 1280, "height": 900})
        for number in range(3):
            print(f"visit {number + 1}: {visit(page, server.url)}")


if __name__ == "__main__":
    main()
