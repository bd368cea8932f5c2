"""The export menu of a chart, in a real browser."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.rig import Server, settled
from tests.reports.file_rules import own_faults

MENU = '[class*="st-key-export_"] button'


STARTS = {"png": b"\x89PNG", "svg": b"<svg", "xlsx": b"PK"}


def test_a_chart_is_downloaded_as_pictures_and_as_data(filled_server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{filled_server.url}/planner")
    settled(page)
    for kind, starts in STARTS.items():
        if not page.locator(f'[class*="st-key-{kind}_"] button').first.is_visible():
            page.locator(MENU).first.click()
        with page.expect_download(timeout=60_000) as download:
            page.locator(f'[class*="st-key-{kind}_"] button').first.click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        target = tmp_path / f"chart.{kind}"
        download.value.save_as(target)
        assert target.read_bytes().startswith(starts)
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "chart.xlsx").active.iter_rows() for cell in row]
    assert any(isinstance(value, float) for value in cells)


def test_a_chart_is_downloaded_as_slide_and_document(filled_server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{filled_server.url}/branches")
    settled(page)
    for kind in ("pptx", "docx", "xlsx"):
        if not page.locator(f".st-key-{kind}_league button").is_visible():
            page.locator(".st-key-export_league button").first.click()
        with page.expect_download(timeout=60_000) as download:
            page.locator(f".st-key-{kind}_league button").click()
        target = tmp_path / f"chart.{kind}"
        download.value.save_as(target)
        assert own_faults(target.read_bytes()) == []


def test_the_menu_can_be_opened_from_the_keyboard(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/planner")
    settled(page)
    page.locator(MENU).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[class*="st-key-xlsx_"] button').first).to_be_visible()
