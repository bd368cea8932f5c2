"""The figures of a chart as a table people can read, print and have read out."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from charts.kit.layout import Canvas, Chart
from charts.kit.words import heads_p, heads_whole_numbers
from pages._shared.parts.export_menu import export_menu
from pages._shared.session.own_part import own_part
from pages._shared.session.words import _, language, number
from words.language import p_number_text
from words.shown_text import markdown_text as plain

#: A table with more rows than this scrolls.
_MANY_ROWS = 14
#: Whether tables are unfolded when a page is opened.
UNFOLDED = False


@own_part
def show_table(chart: Chart, on: Canvas, key: str, *, wide: Callable[[], Chart] | None = None, of: object = None) -> None:
    """The chart's table, folded; nothing when it has no rows.

    It is made when it is unfolded: a browser takes longer for a few hundred folded cells than for the chart above them.
    """
    if chart.table.empty:
        return
    fold = st.expander(_("Table"), UNFOLDED, key=f"table_{key}", icon=":material/table:", on_change="rerun")
    if not fold.open:
        return
    with fold:
        export_menu(chart, on, f"table_{key}", drawn=False, wide=wide, of=of)
        st.table(
            text_table(chart.table),
            border="horizontal",
            hide_index=True,
            alt=chart.title,
            height=520 if len(chart.table) > _MANY_ROWS else "content",
        )


def text_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table as texts: figures with two decimals, p with three, counts and bases whole, missing ones as a dash."""
    columns = {}
    for name in table.columns:
        whole = pd.api.types.is_integer_dtype(table[name]) or heads_whole_numbers(name, language())
        shown = p_cell_text if heads_p(name, language()) else partial(cell_text, decimals=0 if whole else 2)
        columns[plain(name)] = [shown(value) for value in table[name]]
    return pd.DataFrame(columns)


def cell_text(value: object, decimals: int = 2) -> str:
    """One cell as text that is neither Markdown nor HTML."""
    if isinstance(value, str):
        return plain(value) if value else "—"
    if value is None or not isinstance(value, (int, float)) or math.isnan(value):
        return "—"
    return number(float(value), decimals)


def p_cell_text(value: object) -> str:
    """A p value: three decimals, below 0.001 said so."""
    if not isinstance(value, float) or math.isnan(value):
        return "—"
    return plain(p_number_text(value, language()))
