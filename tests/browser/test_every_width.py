"""Every chart of the sample data at every width of a window, without loading the page again: no figure cut, none on another one's place."""

from __future__ import annotations

from collections import defaultdict

import pytest
from playwright.sync_api import Browser

from tests.browser.chart_measures import Look, measured
from tests.browser.rig import PAGES, Server

pytestmark = pytest.mark.slow

WIDTHS = (1440, 1280, 1024, 900, 820, 600, 390, 360)
#: English is looked at where there is least room.
ENGLISH = (360,)
#: Addresses of pages with charts, and of their other views.
LOOKS = (
    "", "?view=ranking", "?view=shares", "?view=grades",
    "trends", "trends?view=changes", "trends?view=branch", "trends?view=shares", "trends?view=split", "control_charts",
    "questions", "data_quality", "branches", "branches?view=one", "branches?view=chance",
    "branches?view=customers", "competitors", "competitors?view=one", "competitors?view=brands", "tiers",
    "tiers?view=moves", "cross_table", "drivers", "gaps", "kano",
    "drivers?view=strength", "drivers?view=penalty", "drivers?view=groups", "gaps?view=branches", "gaps?view=waves", "kano?view=groups",
    "kano?view=penalty",
    "comments", "complaints", "inspections", "inspections?view=items", "inspections?view=again", "inspections?view=beside", "kpis",
    "kpis?view=means", "kpis?view=months", "kpis?view=moves",
    "measurement", "measurement?view=factors", "measurement?view=path_model", "measurement?view=quality", "measurement?view=effects",
    "fuzzy", "planner", "measures?view=counts", "measures?view=changes", "recovery", "effect", "effect?view=course", "effect?view=branches",
)  # fmt: skip
#: Pages that show no chart on these samples before something is chosen or typed in.
WITHOUT = {"upload", "methods", "report", "indicators", "projects", "budget"}
#: Heat tables that show fewer columns on a phone, all in the table below them.
FEWER_ON_A_PHONE = {"heatmap", "missing", "kpi_months"}
#: Tabs that are drawn at the same time.
AT_ONCE = 4


@pytest.fixture(scope="module")
def looks(browser: Browser, sample_server: Server) -> dict[str, dict[tuple[str, int], Look]]:
    """Page → language and width → what was measured."""
    found = defaultdict[str, dict[tuple[str, int], Look]](dict)
    for locale, widths in (("zh-CN", WIDTHS), ("en-US", ENGLISH)):
        context = browser.new_context(locale=locale, viewport={"width": widths[0], "height": 600})
        for path, width, look in measured(context, sample_server.url, LOOKS, widths, AT_ONCE):
            found[path][locale, width] = look
        context.close()
    return found


def test_no_page_is_forgotten() -> None:
    assert {path.partition("?")[0] for path in LOOKS} == set(PAGES) - WITHOUT


@pytest.mark.parametrize("path", LOOKS)
def test_every_figure_has_a_place_of_its_own(path: str, looks: dict[str, dict[tuple[str, int], Look]]) -> None:
    assert {at: look.faults for at, look in looks[path].items() if look.faults} == {}


@pytest.mark.parametrize("path", LOOKS)
def test_every_value_and_interval_is_drawn(path: str, looks: dict[str, dict[tuple[str, int], Look]]) -> None:
    assert all(look.charts for look in looks[path].values())
    shown = defaultdict[str, list[tuple[int, int]]](list)
    for look in looks[path].values():
        for chart in look.charts:
            shown[chart.name].append((chart.dots, chart.bars))
    differing = {name: counts for name, counts in shown.items() if len(set(counts)) > 1 or len(counts) < len(looks[path])}
    assert set(differing) <= FEWER_ON_A_PHONE, differing
