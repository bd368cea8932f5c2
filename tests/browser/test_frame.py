"""The frame in a real browser: first request, languages, selections, phone, several users."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import FAILURE, PAGES, PHONE, Server, settled


def test_a_deep_link_as_the_very_first_request_passes_through_the_frame(empty_server: Server, page: Page) -> None:
    page.goto(f"{empty_server.url}/branches?lang=en")
    settled(page)
    expect(page.get_by_role("link", name="Branches")).to_be_visible()
    expect(page.locator(".st-key-fill_sample")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert page.url.split("?")[0] == f"{empty_server.url}/branches"


def test_every_page_of_the_menu_stands_in_the_table(filled_server: Server, page: Page) -> None:
    for lang, place in (("zh", 0), ("en", 1)):
        page.goto(f"{filled_server.url}/planner?lang={lang}")
        settled(page)
        expect(page.get_by_test_id("stSidebarNavLink")).to_have_text([re.compile(rf"{names[place]}$") for names in PAGES.values()])


def test_a_guessed_address_leads_to_its_page_and_one_that_is_none_says_so(filled_server: Server, page: Page) -> None:
    for guessed, found in (("overview", ""), ("Branch", "branches"), ("planner/", "planner")):
        page.goto(f"{filled_server.url}/{guessed}?lang=en")
        settled(page)
        assert page.url.split("?")[0] == f"{filled_server.url}/{found}"
    page.goto(f"{filled_server.url}/brnches?lang=en")
    settled(page)
    expect(page.locator(".st-key-answer h2")).to_have_text("There is no page “brnches” here.")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    page.get_by_test_id("stMain").get_by_role("link", name="Branches").click()
    expect(page).to_have_url(re.compile("/branches"))


def test_a_page_without_its_sheet_is_grey_says_why_and_still_opens(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/planner?lang=en")
    settled(page)
    grey = page.get_by_test_id("stSidebarNavLink").and_(page.locator("[aria-describedby]"))
    entry = page.get_by_role("link", name="KPIs", exact=True)
    expect(entry).to_have_accessible_description(re.compile("No sheet “KPIs” came yet"))
    expect(page.get_by_role("link", name="Branches", exact=True)).not_to_have_attribute("aria-describedby", re.compile("."))
    assert grey.count() >= 4
    entry.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/kpis"))
    expect(page.locator('[aria-current="page"]')).to_have_text("KPIs")
    settled(page)
    expect(page.get_by_text("No sheet “KPIs” came yet.").first).to_be_attached()


def test_the_menu_of_a_phone_closes_after_a_choice(filled_server: Server, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{filled_server.url}/methods?lang=en")
    settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Sample planner").click()
    expect(page).to_have_url(re.compile("/planner"))
    expect(page.get_by_role("link", name="Sample planner")).not_to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_itself_in_both_languages(filled_server: Server, page: Page, path: str) -> None:
    page.goto(f"{filled_server.url}/{path}?lang=zh")
    settled(page)
    for place, written in ((0, r"[一-鿿]"), (1, r"^[ -~’]+$")):
        if place:
            page.click(".st-key-language_switch button:visible")
        expect(page.get_by_role("link", name=PAGES[path][place], exact=True)).to_be_visible()
        expect(page.locator(".st-key-answer h1")).to_have_text(re.compile(written))
        settled(page)
        expect(page.locator(FAILURE)).to_have_count(0)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(head => Number(head.tagName[1]))")
    assert levels[0] == 1
    assert [(one, other) for one, other in pairwise(levels) if other > one + 1] == [], "a heading skips a level"


def test_a_table_is_unfolded_below_its_chart(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/?lang=zh")
    settled(page)
    expect(page.locator(".st-key-table_heatmap table")).to_have_count(0)
    page.locator(".st-key-table_heatmap summary").click()
    expect(page.locator(".st-key-table_heatmap table")).to_contain_text("天水")
    expect(page.locator(".st-key-export_table_heatmap")).to_be_visible()


def test_the_browser_decides_the_language_and_the_switch_changes_it(filled_server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{filled_server.url}/planner")
    settled(page)
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    page.click(".st-key-language_switch button")
    expect(page.get_by_role("link", name="总览")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=zh"))
    context.close()


def test_selections_and_language_switch_share_one_line(filled_server: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for address in ("planner?lang=en&branch=jiayuguan", "methods?lang=en"):
        page.goto(f"{filled_server.url}/{address}")
        settled(page)
        expect(page.locator(".st-key-language_switch button:visible").last).to_be_visible()
        boxes = [box for button in page.locator(".st-key-frame_bar button:visible").all() if (box := button.bounding_box())]
        assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 4
        assert 1280 - 60 < boxes[-1]["x"] + boxes[-1]["width"] <= 1280
    page.close()


def test_selections_live_in_the_url_and_survive_page_changes_and_reload(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/planner")
    settled(page)
    choose(page, "wave", "2026年一季度")
    choose(page, "branch", "天水")
    expect(page).to_have_url(re.compile(r"wave=2026Q1"))
    expect(page).to_have_url(re.compile(r"branch=tianshui"))
    page.get_by_role("link", name="模糊综合评价").click()
    expect(page).to_have_url(re.compile(r"/fuzzy\?.*branch=tianshui"))
    expect(pill(page, "branch")).to_contain_text("天水")
    page.reload()
    settled(page)
    expect(pill(page, "branch")).to_contain_text("天水")
    expect(pill(page, "wave")).to_contain_text("2026年一季度")


def test_back_in_the_browser_goes_back_to_the_selection_before(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/planner")
    settled(page)
    choose(page, "branch", "天水")
    choose(page, "branch", "酒泉")
    page.go_back()
    expect(pill(page, "branch")).to_contain_text("天水")


def test_two_users_do_not_see_each_others_selections(filled_server: Server, browser: Browser) -> None:
    users = [browser.new_context(locale="zh-CN") for _ in range(2)]
    first, second = (user.new_page() for user in users)
    first.goto(f"{filled_server.url}/planner?wave=2026Q1")
    second.goto(f"{filled_server.url}/planner?operator=all&lang=en")
    for page in (first, second, first):
        settled(page)
    expect(pill(first, "wave")).to_contain_text("2026年一季度")
    expect(pill(first, "operator")).to_contain_text("移动")
    expect(pill(second, "wave")).to_contain_text("Q2 2026")
    expect(pill(second, "operator")).to_contain_text("all")
    for user in users:
        user.close()


def test_a_link_with_unknown_values_falls_back_with_a_note(filled_server: Server, page: Page) -> None:
    page.goto(f"{filled_server.url}/planner?branch=<img src=x onerror=alert(1)>&wave=1999")
    expect(page.get_by_test_id("stToast")).to_contain_text("1999")  # it goes by itself after a while
    settled(page)
    expect(pill(page, "branch")).to_contain_text("全部")
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("1999"))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(filled_server: Server, browser: Browser, path: str) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{filled_server.url}/{path}")
    settled(page)
    page.wait_for_timeout(300)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def choose(page: Page, dimension: str, words: str) -> None:
    """Picks an entry of a pill's menu and waits until it shows."""
    pill(page, dimension).click()
    page.get_by_role("option", name=words).or_(page.get_by_role("menuitem", name=words)).first.click()
    expect(pill(page, dimension)).to_contain_text(words)
    settled(page)


def pill(page: Page, dimension: str):
    """The pill of one selection."""
    return page.locator(f".st-key-pill_{dimension} button").first


def test_streamlits_own_words_are_the_readers_whatever_the_browser_speaks(filled_server: Server, browser: Browser) -> None:
    for lang, locale, spoken, of_another in (("zh", "en-US", "zh", r"[A-Za-z]{2,}"), ("en", "zh-CN", "en", r"[一-鿿]")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(f"{filled_server.url}/recovery?lang={lang}")
        settled(page)
        page.locator('[data-testid="stDateInput"] [role="spinbutton"]').first.click()
        calendar = page.get_by_test_id("stDateInputCalendar")
        expect(calendar).not_to_contain_text(re.compile(of_another))
        expect(page.locator("html")).to_have_attribute("lang", re.compile(rf"^{spoken}"))
        labels = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(element => element.ariaLabel)")
        ours = [label for label in labels if label and not label.startswith(("满意", "Manyi"))]
        assert [label for label in ours if re.fullmatch(of_another if lang == "en" else r"[A-Za-z ]{4,}", label)] == []
        context.close()
