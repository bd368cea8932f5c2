"""Measuring the charts of pages that stand open in a browser, at one width of the window after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, TimeoutError

from tests.browser.rig import MOST_MILLISECONDS, settled

_SCRIPT = Path(__file__).with_name("measure_charts.js")
_HEIGHT = 600
#: Faults count that are still there after so many looks: a picture may be on its way to the screen.
_LOOKS, _BETWEEN_LOOKS = 10, 200


@dataclass(frozen=True)
class Measured:
    """A chart at a width: what is wrong with it, how many dots and bars it shows, the pixels of its narrowest plot."""

    name: str
    faults: tuple[str, ...]
    dots: int
    bars: int


@dataclass(frozen=True)
class Look:
    """A page at a width: its charts, and how many pixels it is too wide for its window."""

    charts: tuple[Measured, ...]
    scrolls: int

    @property
    def faults(self) -> list[str]:
        """All that is wrong, at most three of each chart."""
        wide = [f"the page scrolls {self.scrolls} pixels sideways"] if self.scrolls > 0 else []
        return wide + [f"{chart.name}: {fault}" for chart in self.charts for fault in chart.faults[:3]]


def measured(
    context: BrowserContext, url: str, paths: Sequence[str], widths: Sequence[int], at_once: int
) -> Iterator[tuple[str, int, Look]]:
    """Each page at each width, ``at_once`` of them drawn while the first is waited for."""
    tabs = [context.new_page() for _tab in range(at_once)]
    for first in range(0, len(paths), at_once):
        shown = list(zip(tabs, paths[first : first + at_once], strict=False))
        for tab, path in shown:
            _resize(tab, widths[0])
            tab.goto(f"{url}/{path}", wait_until="commit")
        for tab, _path in shown:
            settled(tab)
            prepare(tab)
        for width in widths:
            for tab, _path in shown:
                _resize(tab, width)
            for tab, path in shown:
                yield path, width, _looked_at(tab)


def prepare(page: Page) -> None:
    """Gives a page the functions that measure it."""
    page.evaluate(f"() => {{ {_SCRIPT.read_text('utf-8')} }}")


def _resize(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": _HEIGHT})


def _looked_at(page: Page) -> Look:
    """The page as it is once it is drawn."""
    look = _look(page)
    for _again in range(_LOOKS):
        if not look.faults:
            break
        page.wait_for_timeout(_BETWEEN_LOOKS)
        look = _look(page)
    return look


def _look(page: Page) -> Look:
    wait_until_drawn(page)
    try:
        return look_of(page)
    except Error as moved:  # the page was drawn anew under the script's hands: a fault unless the next look finds it whole
        return Look((Measured("page", (moved.message,), 0, 0),), 0)


def wait_until_drawn(page: Page) -> None:
    """Waits until a prepared page is drawn for the width it has."""
    try:
        page.wait_for_function("awaited().length === 0", polling=100, timeout=MOST_MILLISECONDS)
    except TimeoutError as late:
        raise AssertionError(f"{page.url} waits for {page.evaluate('awaited()')}") from late


def look_of(page: Page) -> Look:
    """What is measured on the page now."""
    found = page.evaluate("measureCharts()")
    charts = [Measured(chart["name"], tuple(chart["faults"]), chart["dots"], chart["bars"]) for chart in found["charts"]]
    return Look(tuple(charts), found["scrolls"])
