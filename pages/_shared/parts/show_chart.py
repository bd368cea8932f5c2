"""A chart on the screen: card, heading, caption, export menu, the picture for the width of the window, and its table."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from charts.kit.layout import Canvas, Chart
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.show_table import show_table
from pages._shared.session.colours import theme
from pages._shared.session.words import language
from survey_schema.models import SurveySchema

_NO_TOOLS = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
#: Seconds a browser is given to show the answer before the first chart comes.
_HEAD_START = 0.5
_STYLES = Path(__file__).with_name("results.css")


def canvas(schema: SurveySchema, *, narrow: bool = False) -> Canvas:
    """The canvas of this run: its language and theme."""
    return Canvas(schema, language(), theme(), narrow)


def result_styles() -> None:
    """The styles of result pages, once a page."""
    st.html(_STYLES)


def on_a_phone() -> bool:
    """Whether the browser calls itself a phone's; decides which version of a chart is drawn."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def show_chart(draw: Callable[[Canvas], Chart], schema: SurveySchema, key: str, *, fits_all: bool = False, table: bool = True) -> None:
    """Draws a chart in a card, with its table folded under it.

    ``draw`` makes the chart for a canvas; a phone gets the narrow version unless one version ``fits_all``, and the wide one is drawn
    there only when a file of it is asked for. In a narrow window of a desktop the wide version scrolls inside its card.
    """
    on = canvas(schema)
    narrow = on_a_phone() and not fits_all
    shown = draw(canvas(schema, narrow=True) if narrow else on)
    wide = partial(draw, on) if narrow else None  # what is exported is the wide version on every device
    place = "fits" if fits_all else "phone" if narrow else "wide"
    with card(shown.title, shown.caption, key=key, menu=partial(export_menu, shown, on, key, wide=wide, of=draw)):
        with st.container(key=f"{place}_{key}"):
            plot(shown.figure, shown.alt_text, f"plot_{key}")
        if table:
            show_table(shown, on, key, wide=wide, of=draw)


def plot(figure: go.Figure, alt_text: str, key: str) -> None:
    """The figure as it was drawn, without Plotly's own tools."""
    _let_the_answer_show()
    st.plotly_chart(figure, theme=None, key=key, config=_NO_TOOLS, alt=alt_text)


def _let_the_answer_show() -> None:
    """Waits once a visit: charts need a library that keeps a browser busy for seconds, and nothing new is shown meanwhile."""
    if st.context.headers.get("User-Agent") and not st.session_state.get("answer_shown"):
        time.sleep(_HEAD_START)
    st.session_state["answer_shown"] = True
