"""Upload in a real browser: an unknown branch is decided by a tick, for every row, and the next file asks nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from storage.store import Store
from survey_schema.workbook.repair.repairs import Repair
from tests.browser.rig import Server, settled
from tests.survey_schema.workbook.repair_cases import survey, workbook

ANSWER = ".st-key-answer h2"
OLD_TOWN = "兰州分公司老城区"


def test_one_tick_repairs_every_row_and_the_next_file_asks_nothing(empty_server: Server, page: Page, tmp_path: Path) -> None:
    store = Store(empty_server.data_folder)
    store.schemas.save(survey(), "li")
    page.goto(f"{empty_server.url}/upload")
    settled(page)
    page.locator(".st-key-upload_survey input").click()
    page.keyboard.type("repaired")
    page.get_by_role("option").first.click()
    settled(page)
    page.set_input_files(".st-key-drop_area input[type=file]", workbook(tmp_path / "a.xlsx", [OLD_TOWN] * 75 + ["兰州"] * 40))
    card = page.locator(".st-key-card_unknown")
    expect(card).to_contain_text(f"{OLD_TOWN}, 75 ×")
    expect(card.locator("[data-testid=stSelectbox] input").first).to_have_value("= 兰州 · 最接近")
    expect(page.locator(".st-key-repairs_take button")).to_be_disabled()
    card.get_by_text("采用", exact=True).click()
    page.click(".st-key-repairs_take button")
    expect(page.locator(ANSWER)).to_contain_text("可以：115 份答卷全部可用")
    page.click(".st-key-store button")
    expect(page.locator(".st-key-stored")).to_contain_text("115")
    assert [(kept.target, kept.value) for kept in holding(store)] == [("lanzhou", OLD_TOWN)]
    page.set_input_files(".st-key-drop_area input[type=file]", workbook(tmp_path / "b.xlsx", [OLD_TOWN] * 60, wave="2026Q2"))
    expect(page.locator(ANSWER)).to_contain_text("可以：60 份答卷全部可用")
    store.close()


def holding(store: Store) -> tuple[Repair, ...]:
    return store.repairs.holding("repaired")
