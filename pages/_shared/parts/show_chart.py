"""A chart on the screen: card, heading, caption, export menu, the picture for the measured width of its card, and its table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.find_rows import find_rows, with_found
from pages._shared.parts.show_table import show_table
from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.session.colours import theme
from pages._shared.session.kept_charts import seen_chart
from pages._shared.session.shown_here import note_chart
from pages._shared.session.window import card_room, has_browser
from pages._shared.session.words import language
from survey_schema.models import SurveySchema

_NO_TOOLS = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
#: Seconds a browser is given to show the answer before the first chart comes.
_HEAD_START = 0.5
_STYLES = Path(__file__).with_name("results.css")
#: A card with less room, in pixels, has the phone's version of a chart.
NARROW_BELOW = 520
#: Pixels of a chart that is exported.
PAPER = 968


def canvas(schema: SurveySchema, share: float = 1.0) -> Canvas:
    """The canvas of this run: its language, theme and the room in a card that takes ``share`` of the width."""
    room = card_room(share)
    return Canvas(schema, language(), theme(), room < NARROW_BELOW, room)


def paper_canvas(schema: SurveySchema) -> Canvas:
    """The canvas of what is exported, whatever the window."""
    return replace(canvas(schema), narrow=False, width=PAPER)


def result_styles() -> None:
    """The styles of result pages, once a page."""
    st.html(_STYLES)


def show_chart(
    draw: Callable[[Canvas], Chart], schema: SurveySchema, key: str, *, share: float = 1.0, table: bool = True,
    figure: ShownFigure | None = None, picked: Callable[[tuple[str, ...]], None] | None = None,
) -> None:  # fmt: skip
    """Draws a chart in a card that takes ``share`` of the width, with its table folded under it.

    ``draw`` makes the chart for a canvas. What is exported is drawn for a page of paper when a file is asked for, whatever the window.
    ``figure`` is the figure of reports it is, where it is one. ``picked`` is told what a cell stands for that was clicked; fingers on a
    phone scroll instead.
    """
    on = canvas(schema, share)
    paper = paper_canvas(schema)
    draw = with_found(draw, key)
    shown, wide = seen_chart(draw, on), partial(draw, paper)
    menu = partial(export_menu, shown.title, paper, key, wide, forms=shown.forms, of=figure or draw)
    note_chart(draw, schema, answers=figure.drawn.answers if figure is not None else None)
    with card(shown.title, shown.caption, key=key, menu=menu):
        find_rows(shown.names, key)
        with st.container(key=f"fits_{key}"):
            if picked and not on.narrow:
                plot_to_pick(shown.plain, shown.alt_text, f"plot_{key}", picked)
            else:
                plot(shown.plain, shown.alt_text, f"plot_{key}")
        if table and shown.has_table:
            show_table(shown.title, partial(draw, on), paper, key, wide=wide, of=figure or draw)


class _AsDrawn(BaseFigure):  # type: ignore[misc]
    """A figure Streamlit takes as it stands: dictionaries it would have Plotly check word by word."""

    def __init__(self, figure: PlainFigure) -> None:
        self._figure = figure

    def to_dict(self) -> dict[str, Any]:
        return self._figure.as_dict()


def plot(figure: PlainFigure, alt_text: str, key: str) -> None:
    """The figure as it was drawn, without Plotly's own tools."""
    _let_the_answer_show()
    st.plotly_chart(_AsDrawn(figure), theme=None, key=key, config=_NO_TOOLS, alt=alt_text)


def plot_to_pick(figure: PlainFigure, alt_text: str, key: str, picked: Callable[[tuple[str, ...]], None]) -> None:
    """The same figure, of which a mark can be clicked; ``picked`` is told what the mark stands for."""
    _let_the_answer_show()
    told = st.plotly_chart(
        _AsDrawn(figure), theme=None, key=key, config=_NO_TOOLS, alt=alt_text, on_select="rerun", selection_mode="points"
    )  # fmt: skip
    points = told["selection"]["points"] if told else []
    stands_for = next((point["customdata"] for point in points if point.get("customdata")), None)
    if stands_for:
        picked(tuple(map(str, stands_for)))


def _let_the_answer_show() -> None:
    """Waits once a visit: charts need a library that keeps a browser busy for seconds, and nothing new is shown meanwhile."""
    if has_browser() and not st.session_state.get("answer_shown"):
        time.sleep(_HEAD_START)
    st.session_state["answer_shown"] = True
