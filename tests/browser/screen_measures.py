"""Visiting every page and every view of it once, and measuring what a reader has before him: in a window of 1440 × 900, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import axe_playwright_python
from playwright.sync_api import BrowserContext, Page

from charts.kit.palette import DARK, LIGHT
from tests.browser.chart_measures import prepare, wait_until_drawn
from tests.browser.rig import settled

_SCRIPT = Path(__file__).with_name("measure_screen.js")
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_MAIN, _WHOLE = '[data-testid="stMain"]', "html"
#: In the dark only the colours are other ones.
_IN_THE_DARK = ("color-contrast",)
_GROUND = "(ground) => getComputedStyle(document.documentElement).getPropertyValue('--manyi-ground') === ground"
#: Colours that fade over are neither the one nor the other.
_AT_REST = "() => document.getAnimations().every(each => !(each instanceof CSSTransition) || each.playState !== 'running')"
Known = tuple[str, str]


@dataclass(frozen=True)
class Screen:
    """A view of a page as it stands in the window; ``tones`` are the coloured parts of its answer, ``shown`` all texts before the fold."""

    height: int
    elements: int
    tones: tuple[str, ...]
    shown: tuple[str, ...]
    heads: tuple[int, ...]
    dead: tuple[str, ...]
    unnamed: int
    language: str
    barriers: tuple[str, ...]
    known: frozenset[str]


def screens(context: BrowserContext, url: str, paths: Sequence[str], known: Sequence[Known], at_once: int) -> Iterator[tuple[str, Screen]]:
    """Each page, and each view of it by its address: ``branches``, ``branches?view=one``; ``at_once`` pages stand open together."""
    tabs = [context.new_page() for _tab in range(at_once)]
    for first in range(0, len(paths), at_once):
        shown = list(zip(tabs, paths[first : first + at_once], strict=False))
        for tab, path in shown:
            tab.emulate_media(color_scheme="light")
            tab.goto(f"{url}/{path}", wait_until="commit")
        place = 0
        while shown:
            for tab, path in shown:
                _arrive(tab)
                yield _address(tab, path), _measured(tab, known, whole=not path, dark=not place)
            place += 1
            shown = [(tab, path) for tab, path in shown if _turned(tab, place)]


def _arrive(tab: Page) -> None:
    tab.wait_for_selector(".st-key-answer h2")
    settled(tab)
    prepare(tab)
    tab.evaluate(f"() => {{ {_SCRIPT.read_text('utf-8')} }}")
    wait_until_drawn(tab)


def _turned(tab: Page, place: int) -> bool:
    """Turns to the view that is at ``place`` (1, 2, …) among those not open at first; False where there is none."""
    if place == 1:
        tab.evaluate("window.openAtFirst = viewButtons().findIndex((button) => button.getAttribute('aria-checked') === 'true')")
    others: list[int] = tab.evaluate("[...viewButtons().keys()].filter((at) => at !== openAtFirst)")
    if place > len(others):
        return False
    tab.emulate_media(color_scheme="light")
    tab.wait_for_function(_GROUND, arg=LIGHT.ground)
    before = tab.url
    tab.evaluate("(at) => viewButtons()[at].click()", others[place - 1])
    tab.wait_for_function("(before) => location.href !== before", arg=before)
    return True


def _address(tab: Page, path: str) -> str:
    view = parse_qs(urlsplit(tab.url).query).get("view")
    return f"{path}?view={view[0]}" if view else path


def _measured(tab: Page, known: Sequence[Known], *, whole: bool, dark: bool) -> Screen:
    """The view as it stands; what it holds is named by the same parts as the page's first view, which is looked at in the dark too."""
    found: dict[str, Any] = tab.evaluate("measureScreen()")
    tab.evaluate(_AXE.read_text("utf-8") + "; undefined")
    light = _barriers(tab, None, known, whole=whole)
    unlit = _in_the_dark(tab, known, whole=whole) if dark else {"barriers": [], "used": []}
    return Screen(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in found.items()},
        barriers=(*light["barriers"], *(f"dark: {barrier}" for barrier in unlit["barriers"])),
        known=frozenset((*light["used"], *unlit["used"])),
    )


def _in_the_dark(tab: Page, known: Sequence[Known], *, whole: bool) -> dict[str, list[str]]:
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(_GROUND, arg=DARK.ground)
    wait_until_drawn(tab)
    tab.wait_for_function(_AT_REST)
    return _barriers(tab, _IN_THE_DARK, known, whole=whole)


def _barriers(tab: Page, rules: Sequence[str] | None, known: Sequence[Known], *, whole: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = tab.evaluate(
        "([place, rules, known]) => barriers([place], rules, known)", [_WHOLE if whole else _MAIN, rules, [list(pair) for pair in known]]
    )
    return found
