"""Control charts in a real browser: both languages, small charts on a phone, an annotation added, seen on the chart and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import FAILURE, PHONE, Server, serving, settled
from tests.stores import monthly_store


@pytest.fixture(scope="module")
def monthly_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store holds eighteen months of everything."""
    folder = tmp_path_factory.mktemp("monthly")
    monthly_store.fill(folder / "data")
    yield from serving(folder)


@pytest.mark.parametrize(
    ("lang", "question", "signal"),
    [("zh", "是异常信号，还是偶然波动？", "2026年6月：准则1"), ("en", "Is it a signal, or chance?", "2026-06: Rule 1")],
    ids=["zh", "en"],
)
def test_the_page_answers_in_both_languages(monthly_server: Server, page: Page, lang: str, question: str, signal: str) -> None:
    page.goto(f"{monthly_server.url}/control_charts?lang={lang}")
    settled(page)
    expect(page.locator(".st-key-answer h1")).to_have_text(question)
    expect(page.locator(".st-key-answer h2")).to_contain_text(signal)
    expect(page.locator(".st-key-fits_control_charts .js-plotly-plot").first).to_be_visible()
    expect(page.locator(FAILURE)).to_have_count(0)


def test_a_phone_shows_a_chart_for_each_branch_and_nothing_sticks_out(monthly_server: Server, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{monthly_server.url}/control_charts")
    settled(page)
    page.locator(".st-key-spc_by_False input").first.click()
    page.get_by_role("option", name="分公司", exact=True).click()
    settled(page)
    drawn = page.locator(".st-key-fits_control_charts .js-plotly-plot").first
    for branch in ("兰州", "天水", "定西"):
        expect(drawn).to_contain_text(branch)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_an_annotation_is_added_and_undone(monthly_server: Server, page: Page) -> None:
    page.goto(f"{monthly_server.url}/control_charts?lang=en")
    settled(page)
    page.locator(".st-key-add_annotation button").first.click()
    page.locator(".st-key-noted_text input").fill("new shifts")
    page.locator(".st-key-noted_add button").click()
    noted = page.locator(".st-key-card_annotations")
    expect(noted).to_contain_text("The annotation is added.")
    expect(noted).to_contain_text("new shifts")
    drawn = page.locator(".st-key-fits_control_charts .js-plotly-plot .main-svg").first
    before = drawn.bounding_box()
    page.set_viewport_size({"width": 1080, "height": 900})  # charts are drawn anew for another width; what was done can still be undone
    assert before
    page.wait_for_function(
        "least => document.querySelector('.st-key-fits_control_charts .js-plotly-plot .main-svg')?.getBoundingClientRect().width < least",
        arg=before["width"] - 100,
    )
    settled(page)
    expect(noted).to_contain_text("The annotation is added.")
    page.locator(".st-key-noted_undo_button button").click()
    expect(noted).to_contain_text("It is as it was before.")
    expect(noted).not_to_contain_text("new shifts")
