"""*KPIs* and benchmarks in a real browser: both languages, another KPI, phone width, lines to read against."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig import FAILURE, PHONE, Server, serving, settled
from tests.stores import benchmark_store, kpi_store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A survey with KPIs and one with benchmarks in one store."""
    folder = tmp_path_factory.mktemp("kpis")
    kpi_store.fill(folder / "data")
    benchmark_store.fill(folder / "data")
    yield from serving(folder)


@pytest.mark.parametrize(("lang", "named"), [("zh", "客户评价好于指标表现"), ("en", "Better by their customers than by KPIs")])
def test_both_languages_name_where_kpis_and_customers_disagree(server: Server, page: Page, lang: str, named: str) -> None:
    page.goto(f"{server.url}/kpis?lang={lang}&survey=kpi_csi")
    settled(page)
    page.locator(".st-key-kpi_period input").click()
    page.get_by_role("option", name=re.compile("all months|全部月份")).click()
    expect(page.get_by_test_id("stMain")).to_contain_text(named, timeout=60_000)
    for place, cards in enumerate((("two_indices",), ("kpi_means",), ("kpi_months",), ("panel_slopes", "panel_plot"))):
        page.locator(".st-key-kpis_view button").nth(place).click()
        for card in cards:
            expect(page.locator(f".st-key-card_{card} .js-plotly-plot").first).to_be_visible(timeout=60_000)
    expect(page.locator(FAILURE)).to_have_count(0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_survey_without_kpis_names_the_sheet(server: Server, page: Page, lang: str) -> None:
    page.goto(f"{server.url}/kpis?lang={lang}&survey=telecom_csi")
    settled(page)
    expect(page.locator(".st-key-card_missing_kpis")).to_contain_text("运营指标" if lang == "zh" else "KPIs")


@pytest.mark.parametrize(("path", "card"), [("trends", "trend"), ("branches", "league")])
def test_a_benchmark_stands_as_a_line_with_source_and_date(server: Server, page: Page, path: str, card: str) -> None:
    page.goto(f"{server.url}/{path}?lang=en&survey=telecom_csi")
    settled(page)
    expect(page.locator(f".st-key-card_{card}")).to_contain_text("全国移动 (主管部门, 2025-12-31) 78.3", timeout=60_000)
    expect(page.locator(f".st-key-card_{card} .js-plotly-plot").get_by_text("全国移动 (主管部门)").first).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("address", ["kpis?survey=kpi_csi", "branches?survey=telecom_csi"])
def test_a_phone_needs_no_sideways_scrolling(server: Server, browser: Browser, address: str) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{server.url}/{address}")
    settled(page)
    page.wait_for_timeout(300)
    assert page.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    context.close()
