"""Pictures of every page for a designer's eye: ``python -m tests.browser.screenshots [--url URL]`` → tests/browser/shots."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.rig import BROWSERS, FLAGS, PAGES, PHONE, serving, settled
from tests.stores.small_store import fill

SHOTS = Path(__file__).resolve().parent / "shots"
VIEWS = {
    "desktop_zh": {"locale": "zh-CN", "viewport": {"width": 1280, "height": 960}},
    "desktop_en": {"locale": "en-US", "viewport": {"width": 1280, "height": 960}},
    "desktop_dark": {"locale": "zh-CN", "viewport": {"width": 1280, "height": 960}, "color_scheme": "dark"},
    "phone_zh": PHONE,
    "phone_dark_en": {**PHONE, "locale": "en-US", "color_scheme": "dark"},
}


def shoot(browser: Browser, url: str, pages: list[str], views: list[str]) -> None:
    """One picture of the whole page for each page and view."""
    SHOTS.mkdir(exist_ok=True)
    for view in views:
        context = browser.new_context(**VIEWS[view])  # type: ignore[arg-type]
        page = context.new_page()
        for path in pages:
            page.set_viewport_size(VIEWS[view]["viewport"])  # type: ignore[arg-type]
            page.goto(f"{url}/{path}")
            settled(page)
            page.wait_for_timeout(1200)
            height = page.get_by_test_id("stMain").evaluate("box => box.scrollHeight")
            page.set_viewport_size({"width": VIEWS[view]["viewport"]["width"], "height": min(height, 6000)})  # type: ignore[index]
            page.wait_for_timeout(600)
            page.screenshot(path=SHOTS / f"{path or 'overview'}_{view}.png")
        context.close()


def main() -> None:
    """Shoots a running server, or one of its own with a small store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="")
    parser.add_argument("--pages", nargs="*", default=list(PAGES))
    parser.add_argument("--views", nargs="*", default=list(VIEWS))
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url = asked.url
        if not url:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            fill(folder / "data")
            url = stack.enter_context(contextlib.contextmanager(serving)(folder)).url
        playwright = stack.enter_context(sync_playwright())
        path = next(found for name in BROWSERS if (found := shutil.which(name)))
        shoot(playwright.chromium.launch(executable_path=path, args=list(FLAGS)), url, asked.pages, asked.views)


if __name__ == "__main__":
    main()
