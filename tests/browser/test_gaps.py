"""Service gaps in a real browser: both languages, another gap, a phone, missing sheets with their template."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import FAILURE, PHONE, Server, serving, settled
from tests.stores import gap_store

#: The charts of each view.
VIEWS = {"services": ("gap_dimensions", "gap_services"), "branches": ("gap_branches",), "waves": ("gap_waves",)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store holds everything but staff."""
    folder = tmp_path_factory.mktemp("gaps")
    gap_store.fill(folder / "data", "员工问卷")
    yield from serving(folder)


@pytest.mark.parametrize(
    ("lang", "answer", "spot"),
    [("zh", "22 项服务中有 7 项低于客户期望", "按时提供服务"), ("en", "7 of 22 services fall short", "Service at the promised time")],
    ids=["zh", "en"],
)
def test_the_page_answers_in_both_languages(server: Server, page: Page, lang: str, answer: str, spot: str) -> None:
    page.goto(f"{server.url}/gaps?lang={lang}")
    settled(page)
    expect(page.locator(".st-key-answer h2")).to_contain_text(answer)
    expect(page.locator(".st-key-answer h2")).to_contain_text(spot)
    expect(page.locator(".st-key-card_missing_sheet_staff")).to_be_visible()
    with page.expect_download() as download:
        page.locator(".st-key-template_staff button").click()
    assert download.value.suggested_filename == "servqual_telecom.xlsx"
    _expect_charts(page, f"{server.url}/gaps?lang={lang}")
    page.goto(f"{server.url}/gaps?lang={lang}&view=five")
    settled(page)
    expect(page.locator(".st-key-card_weak_spots li").first).to_contain_text(spot)
    expect(page.locator(FAILURE)).to_have_count(0)


def test_another_gap_is_shown_when_it_is_picked(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/gaps?lang=en&view=five")
    settled(page)
    page.locator(".st-key-gap_kind").get_by_role("combobox").click()
    page.get_by_role("option", name="Gap 4 (communication)").click()
    settled(page)
    expect(page.locator(".st-key-card_weak_spots li").first).to_contain_text("promised are 24.0 hours")
    page.locator(".st-key-gaps_view button").first.click()
    settled(page)
    expect(page.locator(".st-key-fits_gap_services .js-plotly-plot").first).to_be_visible()
    expect(page.locator(".st-key-fits_gap_dimensions")).to_have_count(0)
    expect(page.locator(FAILURE)).to_have_count(0)


def test_a_phone_shows_the_narrow_charts_and_nothing_sticks_out(server: Server, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    small = context.new_page()
    _expect_charts(small, f"{server.url}/gaps?lang=zh")
    small.goto(f"{server.url}/gaps")
    settled(small)
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def _expect_charts(page: Page, address: str) -> None:
    """Every view shows its charts."""
    for view, cards in VIEWS.items():
        page.goto(f"{address}&view={view}")
        settled(page)
        for card in cards:
            expect(page.locator(f".st-key-fits_{card} .js-plotly-plot").first).to_be_visible()
