"""Charts at every width of a window, without loading the page again: each figure at a place of its own, nothing cut off."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.rig import Server, settled

pytestmark = pytest.mark.slow

WIDTHS = (360, 390, 600, 820, 900, 1024, 1280, 1440)
#: The card of the league: its plot, the middles of its dots, the widths of its intervals, and texts that stand out of the picture.
MEASURED = """() => {
  const plot = document.querySelector('[class*="st-key-plot_league"] .js-plotly-plot, .js-plotly-plot');
  const frame = plot.getBoundingClientRect();
  const boxes = (found) => [...plot.querySelectorAll(found)].map((one) => one.getBoundingClientRect());
  const dots = plot._fullData.find((trace) => trace.type === 'scatter' && trace.mode === 'markers');
  return {
    width: plot._fullLayout.width,
    room: plot._fullLayout._size.w,
    frame: frame.width,
    values: [...dots.x],
    dots: boxes('.scatterlayer .points path').map((box) => box.x + box.width / 2),
    intervals: boxes('.barlayer .point path').map((box) => box.width),
    outside: boxes('.annotation').filter((box) => box.left < frame.left - 1 || box.right > frame.right + 1).length,
  };
}"""


@pytest.fixture(scope="module")
def league(browser, filled_server: Server):  # type: ignore[no-untyped-def]
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{filled_server.url}/branches")
    settled(page)
    page.wait_for_selector(".js-plotly-plot")
    yield page
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_and_interval_has_room_at_every_width(league: Page, width: int) -> None:
    league.set_viewport_size({"width": width, "height": 900})
    league.wait_for_timeout(900)
    settled(league)
    league.wait_for_timeout(400)
    found = league.evaluate(MEASURED)
    assert abs(found["width"] - found["frame"]) < 2
    assert found["room"] >= 100
    assert found["outside"] == 0
    assert len(found["dots"]) == len(found["values"]) == len(found["intervals"])
    assert min(found["intervals"]) > 2
    pairs = zip(found["values"], found["dots"], strict=True)
    for (value, x), (other, x_of_other) in itertools.combinations(pairs, 2):
        assert abs(value - other) < 0.1 or abs(x - x_of_other) > 0.1
