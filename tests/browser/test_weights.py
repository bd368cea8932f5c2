"""Respondent weights in a real browser: a wrong population, a right one, kept and in force for another user too; a phone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect

from survey_schema.columns import Role
from tests.browser.rig import PHONE, Server, settled
from tests.stores.weighable_store import BRANCHES, SCHEMA, fill

ANSWER = ".st-key-answer h2"


def population(path: Path, last: object) -> Path:
    """Customers by branch: 3,000 in the first three, 1,000 in the others, the last one as said."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    column = SCHEMA.column_for(Role.BRANCH)
    assert column is not None
    sheet.append([column.title.zh_CN, "客户数"])
    for number, branch in enumerate(BRANCHES):
        sheet.append([branch, last if branch == BRANCHES[-1] else 3000 if number < 3 else 1000])
    book.save(path)
    return path


def test_a_wave_is_weighted_to_a_population_of_its_own_for_everybody(
    empty_server: Server, page: Page, browser: Browser, tmp_path: Path
) -> None:
    fill(empty_server.data_folder, None)
    page.goto(f"{empty_server.url}/upload?lang=en")
    settled(page)
    page.locator(".st-key-upload_part").get_by_text("Respondent weights", exact=True).click()
    expect(page.locator(ANSWER)).to_contain_text("the weights as stored; every response counts the same")
    expect(page.locator(".st-key-card_missing_population")).to_be_visible()
    drop = page.locator("[class*=st-key-weights_population_file_] input[type=file]")
    drop.set_input_files(population(tmp_path / "wrong.xlsx", "many"))
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text("Sheet!B7 “many”")
    drop.set_input_files(population(tmp_path / "right.xlsx", 1000))
    told = page.locator(".st-key-card_tried_weights")
    expect(told).to_contain_text("design effect 1.25, effective base 480 of 600")
    for card in ("weight_margins", "weight_histogram", "weight_effect"):
        expect(page.locator(f".st-key-fits_{card} .js-plotly-plot").first).to_be_visible()
    name = page.locator("[class*=st-key-weighting_name_] input")
    name.fill("final <b>*1*</b>")
    name.press("Enter")
    page.click(".st-key-save_weighting button:enabled")
    expect(page.locator(ANSWER)).to_contain_text("weighting “final <b>*1*</b>”")
    expect(page.locator(ANSWER)).to_contain_text("600 responses count as 480")

    phone = browser.new_context(**PHONE)  # another user
    small = phone.new_page()
    small.goto(f"{empty_server.url}/upload?lang=en&part=weights")
    settled(small)
    expect(small.locator(ANSWER)).to_contain_text("weighting “final <b>*1*</b>”")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()
