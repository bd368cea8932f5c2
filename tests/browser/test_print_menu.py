"""Printing a page in a real browser: a tab of its own that is printed, and a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.rig import PHONE, Server, settled

pytestmark = pytest.mark.slow


def _open_menu(page: Page, url: str) -> None:
    page.goto(url)
    settled(page)
    page.locator(".st-key-print_menu button").first.click()


def test_a_page_opens_for_printing_in_a_tab_of_its_own(filled_server: Server, context: BrowserContext) -> None:
    context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; };")
    page = context.new_page()
    _open_menu(page, f"{filled_server.url}/planner")
    with context.expect_page() as opened:
        page.locator(".st-key-print_menu_button button").click()
    paper = opened.value
    paper.wait_for_selector("footer, figure", timeout=60_000)
    expect(paper.locator("h1.answer")).to_contain_text("置信区间")
    expect(paper.locator(".picture svg").first).to_be_visible()
    assert paper.locator("tbody tr").count() >= 14
    assert paper.locator("script, iframe, link, img").count() == 0
    expect(paper.locator("html")).to_have_attribute("data-printed", "yes")


def test_a_pdf_is_downloaded_also_on_a_phone(filled_server: Server, browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(**PHONE, accept_downloads=True)
    page = context.new_page()
    _open_menu(page, f"{filled_server.url}/planner")
    with page.expect_download(timeout=60_000) as download:
        page.locator(".st-key-print_portrait button").click()
    download.value.save_as(tmp_path / "page.pdf")
    assert download.value.suggested_filename.endswith(".pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    context.close()
