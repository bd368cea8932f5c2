"""*Indicators* in a real browser: a weight typed into the tree becomes a draft, survives another page, and is saved as a version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storage.store import Store
from tests.browser.rig import FAILURE, Server, serving, settled
from tests.stores.small_store import fill

#: Where the weight of the second row stands in the table: to the right of the names, below the heading and the first row.
WEIGHT_CELL = {"x": 250, "y": 88}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A store of this test's own, because it saves a version."""
    fill(tmp_path / "data")
    yield from serving(tmp_path)


def test_a_typed_weight_becomes_a_version(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/indicators?lang=en")
    settled(page)
    expect(page.locator(".st-key-answer h2")).to_contain_text("all 4 parts count the same")
    table = page.locator(".st-key-card_indicators [data-testid=stDataFrame]")
    table.locator(".dvn-scroller").click(position=WEIGHT_CELL)
    page.keyboard.press("Enter")
    page.locator("#portal input").fill("40")
    page.keyboard.press("Enter")
    warning = page.locator(".st-key-indicators_off_csi")
    expect(warning).to_contain_text("sum to 115.00 %")
    expect(page.locator(".st-key-indicators_save button")).to_be_disabled()
    warning.locator("button").click()
    expect(page.locator(".st-key-answer h2")).to_contain_text("“Corporate image” counts most (34.8 %)")
    page.get_by_role("link", name="Upload").click()
    settled(page)
    page.get_by_role("link", name="Indicators").click()
    settled(page)
    expect(page.locator(".st-key-card_indicators_saving")).to_contain_text("Draft, not saved yet")
    page.locator(".st-key-indicators_save button").click()
    expect(page.get_by_text(re.compile("Version 2 is saved"))).to_be_visible()
    expect(page.locator(FAILURE)).to_have_count(0)
    saved = Store(server.data_folder).schemas.newest("telecom_csi")
    assert saved is not None
    assert saved.tree.child_weights() == pytest.approx({"C1": 40 / 115, "C2": 25 / 115, "C3": 25 / 115, "C4": 25 / 115})
