"""The figures of a chart as a table people can read, print and have read out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.parts.export_menu import export_menu
from pages._shared.session.own_part import own_part
from pages._shared.session.shown_here import note_chart
from pages._shared.session.words import _, language
from reports.data_tables import text_table
from survey_schema.models import SurveySchema
from words.shown_text import markdown_text as plain

#: A table with more rows than this scrolls.
_MANY_ROWS = 14
#: Whether tables are unfolded when a page is opened.
UNFOLDED = False


@own_part
def show_table(title: str, made: Callable[[], Chart], on: Canvas, key: str, *, wide: Callable[[], Chart], of: object = None) -> None:
    """The table of the chart that ``made`` draws, folded; ``wide`` draws it for what is exported.

    It is made when it is unfolded: a browser takes longer for a few hundred folded cells than for the chart above them.
    """
    fold = st.expander(_("Table"), UNFOLDED, key=f"table_{key}", icon=":material/table:", on_change="rerun")
    if not fold.open:
        return
    with fold:
        export_menu(title, on, f"table_{key}", wide, of=of)
        table = made().table
        st.table(
            _texts(table, on),
            border="horizontal",
            hide_index=True,
            alt=title,
            height=520 if len(table) > _MANY_ROWS else "content",
        )


def show_plain_table(table: pd.DataFrame, schema: SurveySchema, title: str = "", most: int | None = None, of: object = None) -> None:
    """A table without a chart or a fold; the first ``most`` rows on the screen (all: None), all of them in print."""
    note_chart(lambda _on: Chart(title, "", title, PlainFigure(), table), schema, of=of, drawn=False)
    shown = table if most is None else table.head(most)
    st.table(_texts(shown, Canvas(schema, language())), border="horizontal", hide_index=True, alt=title or None)


def _texts(table: pd.DataFrame, on: Canvas) -> pd.DataFrame:
    """The table as it is written everywhere, as Markdown that shows it as it stands."""
    written = text_table(table, on)
    cells = [[plain(text) for text in column] for column in zip(*written.rows, strict=True)] or [[] for _name in written.headers]
    return pd.DataFrame(dict(zip(map(plain, written.headers), cells, strict=True)))
