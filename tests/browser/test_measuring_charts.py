"""The script that measures charts finds the faults it is there for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page
from plotly.offline import get_plotlyjs

from tests.browser.chart_measures import Look, look_of, prepare

pytestmark = pytest.mark.slow

#: A window with one card, as the pages of the application have it.
WINDOW = """<body style='margin:0'><div data-testid='stMain' style='width:340px; overflow:auto'>
<div class='st-key-plot_made' style='width:340px'><div id='plot' class='js-plotly-plot'></div></div></div></body>"""
DRAW = """async ([figure, width]) => {
  const plot = document.getElementById("plot");
  plot.parentNode.style.width = `${width}px`;
  await Plotly.react(plot, figure.data, { ...figure.layout, width: 340 }, { displayModeBar: false });
}"""


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 600, "height": 400})
    page.set_content(WINDOW)
    page.add_script_tag(content=get_plotlyjs())
    prepare(page)
    yield page
    page.close()


def _figure(
    *dots: float, texts: tuple[tuple[str, float], ...] = (), bar: float = 8.0, left: int = 8, right: int = 8, turned: int = 0
) -> go.Figure:
    """Dots in a row each, an interval about the first, and texts at shares of the plot's width."""
    figure = go.Figure(
        layout={"showlegend": False, "margin": {"l": left, "r": right, "t": 30, "b": 30}, "height": 200, "xaxis": {"range": [0, 100]}}
    )
    figure.add_trace(go.Scatter(x=dots, y=list(range(len(dots))), mode="markers", cliponaxis=False))
    figure.add_trace(go.Bar(x=[bar], base=[dots[0] - bar / 2], y=[0], orientation="h"))
    for text, x in texts:
        figure.add_annotation(text=text, x=x, y=0.5, xref="paper", yref="paper", xanchor="center", showarrow=False, textangle=turned)
    return figure


def _measured(sheet: Page, figure: go.Figure, card: int = 340) -> Look:
    sheet.evaluate(DRAW, [json.loads(figure.to_json()), card])
    return look_of(sheet)


FAULTY = {
    "text outside": (_figure(20, 50, texts=(("Satisfaction with the network", 0.97),)), "outside: Satisfaction"),
    "dot at the edge": (_figure(20, 100, right=0), "a mark is cut"),
    "dot beyond the end": (_figure(20, 140), "1 dots of 2"),
    "figure cut": (_figure(20, 50, texts=(("79…", 0.5),)), "a figure is cut: 79…"),
    "text on text": (_figure(20, 50, texts=(("Network", 0.5), ("Tariff", 0.52))), "Network covers Tariff"),
    "upright on upright": (_figure(20, 50, texts=(("Network", 0.5), ("Tariff", 0.515)), turned=-90), "Network covers Tariff"),
    "values at one place": (_figure(20, 30, left=331), "20 and 30 at one x"),
    "plot of no width": (_figure(20, 50, left=310), "a plot of 22 pixels"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTY)
def test_a_fault_is_found(fault: str, sheet: Page) -> None:
    figure, begins = FAULTY[fault]
    [chart] = _measured(sheet, figure).charts
    assert any(found.startswith(begins) for found in chart.faults), chart.faults


def test_a_good_chart_has_no_fault(sheet: Page) -> None:
    texts = (("79.2", 0.2), ("a name that is cut…", 0.6))
    look = _measured(sheet, _figure(20, 50, 50, 20.5, texts=texts))
    assert (look.faults, look.charts[0].name, look.charts[0].dots, look.charts[0].bars) == ([], "made", 4, 1)


def test_an_interval_that_is_not_drawn_is_missed(sheet: Page) -> None:
    [hidden] = _measured(sheet, _figure(20, 50).update_traces(visible=False, selector={"type": "bar"})).charts
    [short] = _measured(sheet, _figure(20, 50, bar=0.01)).charts
    assert (hidden.bars, short.bars) == (0, 1)


def test_a_chart_drawn_for_another_width_and_a_page_too_wide_are_found(sheet: Page) -> None:
    look = _measured(sheet, _figure(20, 50), card=420)
    assert look.scrolls == 80
    assert any(found.startswith("drawn 340 wide in a card of 420") for found in look.charts[0].faults)
