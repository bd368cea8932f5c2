"""What a page says is proved before the fold; nothing is too long, dead or closed to a reader: each page and view visited once."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser

from storage.records import Selection
from storage.store import Store
from tests.browser.rig import PAGES, Server
from tests.browser.screen_measures import Known, Screen, screens

pytestmark = pytest.mark.slow

WINDOW = {"width": 1440, "height": 900}
#: Pixels and elements a view may have at most.
HEIGHT, ELEMENTS = 2000, 3000
AT_ONCE = 3
#: What axe-core finds in the library's own parts: rule, selector, why it stays.
LIBRARY: dict[Known, str] = {
    ("list", '[data-testid="stSidebarNavItems"]'): "Streamlit's menu puts its sections into a list without items",
    ("listitem", '[data-testid="stSidebarNavItems"]'): "and its items below the sections",
    ("presentation-role-conflict", '[data-testid="stFileUploaderDropzone"]'): "Streamlit's place for files has a name and no role",
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def seen(browser: Browser, sample_server: Server) -> dict[str, Screen]:
    """Address of a page or view → what was measured."""
    context = browser.new_context(locale="zh-CN", viewport=WINDOW)
    found = dict(screens(context, sample_server.url, list(PAGES), list(LIBRARY), AT_ONCE))
    context.close()
    return found


@pytest.fixture(scope="module")
def names(sample_server: Server) -> set[str]:
    """What indicators, KPIs, branches, brands and operators of the survey are called."""
    store = Store(sample_server.data_folder)
    survey = Selection("telecom_csi")
    schema, values = store.schema_for(survey), store.dimension_values(survey)
    store.close()
    titles = {schema.title_of(code, "zh_CN") for code in (*schema.indicator_codes(), *(kpi.code for kpi in schema.kpis))}
    chosen = {choice.title.text("zh_CN") for column in schema.columns for choice in column.choices}
    return titles | chosen | {value for kept in values.values() for value in kept if not value.isascii()}


def test_every_page_is_visited(seen: dict[str, Screen]) -> None:
    assert set(PAGES) <= {address.partition("?")[0] for address in seen}
    assert sum("?view=" in address for address in seen) > 5


def test_no_view_is_longer_than_two_screens(seen: dict[str, Screen]) -> None:
    assert {address: screen.height for address, screen in seen.items() if screen.height > HEIGHT} == {}


def test_no_view_is_heavy(seen: dict[str, Screen]) -> None:
    assert {address: screen.elements for address, screen in seen.items() if screen.elements >= ELEMENTS} == {}


def test_no_view_is_a_dead_end(seen: dict[str, Screen]) -> None:
    assert {address: screen.dead for address, screen in seen.items() if screen.dead} == {}


@pytest.mark.parametrize("path", PAGES)
def test_what_is_coloured_in_the_answer_is_proved_before_the_fold(path: str, seen: dict[str, Screen], names: set[str]) -> None:
    """Each number and name of a coloured part stands as text in a figure, card or table of the first 900 pixels."""
    screen = seen[path]
    figures = {figure for text in screen.shown for figure in _NUMBER.findall(text)}
    words = "\n".join("".join(text.split()) for text in screen.shown)
    told = [figure for tone in screen.tones for figure in _NUMBER.findall(tone) if figure not in figures]
    named = [name for tone in screen.tones for name in _named(tone, names) if "".join(name.split()) not in words]
    assert [*told, *named] == []


def _named(text: str, names: set[str]) -> Iterable[str]:
    """The names in a text; of one within another the longer one."""
    for name in sorted(names, key=len, reverse=True):
        if name in text:
            text = text.replace(name, "\n")
            yield name


def test_headings_follow_each_other(seen: dict[str, Screen]) -> None:
    """One of the first level, which comes first, and none more than one level below the one before."""
    wrong = {
        address: screen.heads
        for address, screen in seen.items()
        if screen.heads[:1] != (1,)
        or screen.heads.count(1) != 1
        or any(after > before + 1 for before, after in zip(screen.heads, screen.heads[1:], strict=False))
    }
    assert wrong == {}


def test_a_page_says_its_language_and_every_chart_has_words(seen: dict[str, Screen]) -> None:
    assert {screen.language for screen in seen.values()} == {"zh-CN"}
    assert {address: screen.unnamed for address, screen in seen.items() if screen.unnamed} == {}


def test_nothing_of_ours_keeps_a_reader_out(seen: dict[str, Screen]) -> None:
    """axe-core, light and dark."""
    assert {address: screen.barriers[:4] for address, screen in seen.items() if screen.barriers} == {}


def test_what_is_let_pass_is_still_there(seen: dict[str, Screen]) -> None:
    used = frozenset().union(*(screen.known for screen in seen.values()))
    assert used == {" ".join(pair) for pair in LIBRARY}
