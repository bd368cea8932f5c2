"""The drivers page in a real browser: both languages, phone, sliders by keyboard, a scenario that survives a reload, an empty store."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import PHONE, Server, settled

FAILURE = '[data-testid="stAlertContentError"], [data-testid="stException"]'


@pytest.mark.parametrize(
    ("lang", "question", "name"),
    [("zh", "应该先改进什么？", "驱动因素"), ("en", "What should be improved first?", "Drivers")],
    ids=["zh", "en"],
)
def test_the_page_answers_in_both_languages(filled_server: Server, page: Page, lang: str, question: str, name: str) -> None:
    page.goto(f"{filled_server.url}/drivers?lang={lang}")
    settled(page)
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.locator(".st-key-answer h1")).to_have_text(question)
    expect(page.locator(".st-key-answer h2")).to_contain_text("重要" if lang == "zh" else "important")
    views = {
        "map": ("importance_map", "priorities"), "strength": ("importance", "coefficients"), "penalty": ("penalty_reward",),
        "groups": ("driver_groups",),
    }  # fmt: skip
    for view, cards in views.items():
        if view != "map":
            page.goto(f"{filled_server.url}/drivers?lang={lang}&view={view}")
            settled(page)
        for card in cards:
            expect(page.locator(f".st-key-fits_{card} .js-plotly-plot").first).to_be_visible()
    expect(page.locator(FAILURE)).to_have_count(0)


def test_a_phone_shows_the_narrow_charts_and_nothing_sticks_out(filled_server: Server, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{filled_server.url}/drivers")
    settled(page)
    for card in ("importance_map", "priorities"):
        expect(page.locator(f".st-key-fits_{card} .js-plotly-plot").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_slider_moves_by_keyboard_and_its_scenario_survives_a_reload(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/drivers?lang=en&view=what_if")
    settled(page)
    answer = page.locator(".st-key-card_what_if")
    expect(answer).to_contain_text("Move a driver to see what would change.")
    first = page.locator(".st-key-what_if_sliders").get_by_role("slider").first
    first.focus()
    for _press in range(20):
        page.keyboard.press("ArrowRight")
    expect(answer).to_contain_text(re.compile(r"would go from [\d.]+ to [\d.]+"))
    expect(page.locator(".st-key-fits_what_if_bars .js-plotly-plot").first).to_be_visible()
    page.locator(".st-key-scenarios button").first.click()
    page.locator(".st-key-scenario_name input").fill("Browser test")
    page.keyboard.press("Enter")
    page.locator(".st-key-scenario_save button").click()
    expect(page.locator(".st-key-scenario_forget_0")).to_be_visible()
    page.reload()
    settled(page)
    expect(answer).to_contain_text("Move a driver to see what would change.")
    page.locator(".st-key-scenarios button").first.click()
    page.locator(".st-key-scenario_show_0 button").click()
    expect(answer).to_contain_text(re.compile(r"would go from [\d.]+ to [\d.]+"))
    page.locator(".st-key-scenario_forget_0 button").click()
    expect(page.locator(".st-key-scenario_forget_0")).to_have_count(0)


def test_the_checks_are_read_when_opened(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/drivers?lang=en&view=strength")
    settled(page)
    page.locator(".st-key-driver_checks summary").click()
    expect(page.locator(".st-key-plot_residuals .js-plotly-plot").first).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-driver_checks")).to_contain_text("Ordered logit")


def test_an_empty_store_offers_the_sample_data(empty_server: Server, page: Page) -> None:
    page.goto(f"{empty_server.url}/drivers?lang=en")
    settled(page)
    expect(page.locator(".st-key-fill_sample")).to_be_visible()
    expect(page.locator(FAILURE)).to_have_count(0)
