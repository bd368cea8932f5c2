"""*Measurement* and *Tiers* in a real browser: both languages, phone width, parts and downloads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import FAILURE, PHONE, Server, serving, settled
from tests.stores.panel_store import fill_panel
from tests.stores.small_store import fill

PATHS = ("measurement", "tiers")
PARTS = 6


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A province and a panel in one store."""
    folder = tmp_path_factory.mktemp("measurement")
    fill(folder / "data")
    fill_panel(folder / "data")
    yield from serving(folder)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("survey", ["telecom_csi", "network_experience"])
def test_both_languages_answer_without_a_failure(server: Server, page: Page, path: str, survey: str) -> None:
    for lang in ("zh", "en"):
        page.goto(f"{server.url}/{path}?lang={lang}&survey={survey}")
        settled(page)
        expect(page.locator(".st-key-answer h2")).to_have_text(re.compile(r"\S{6}|\S+ \S+"))
        expect(page.locator(FAILURE)).to_have_count(0)


def test_every_part_of_measurement_opens(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/measurement?lang=en&survey=telecom_csi")
    settled(page)
    cards = ("card_reliability", "card_loadings", "card_path_diagram", "card_constructs", "card_effects", "card_group_indices")
    for place in range(PARTS):
        page.locator(".st-key-measurement_view button").nth(place).click()
        expect(page.locator(f".st-key-{cards[place]}, .st-key-card_missing_factors").first).to_be_visible(timeout=60_000)
        settled(page)
        expect(page.locator(FAILURE)).to_have_count(0)


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_needs_no_sideways_scrolling(server: Server, browser: Browser, path: str) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{server.url}/{path}?survey=network_experience")
    settled(page)
    page.wait_for_timeout(300)
    assert page.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    context.close()


def test_the_win_back_list_downloads_with_ids_only(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/tiers?lang=en&survey=network_experience&view=list")
    settled(page)
    page.locator(".st-key-export_win_back button").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-xlsx_win_back button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).active
    assert sheet is not None
    values = list(sheet.iter_rows(min_row=4, values_only=True))
    assert values[0][0] == "Respondent"
    assert [row[0] for row in values[1:]] == [f"r{number:03d}" for number in range(0, 400, 8)]


def test_an_empty_store_offers_the_way_out(empty_server: Server, page: Page) -> None:
    for path in PATHS:
        page.goto(f"{empty_server.url}/{path}?lang=en")
        settled(page)
        expect(page.locator(".st-key-fill_sample")).to_be_visible()
