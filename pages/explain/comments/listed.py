"""The comments themselves: read page by page on the screen, all of them as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.comments.read_comments import Comment
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.selection.choices import Chosen
from pages._shared.session.shown_here import note_chart
from pages._shared.session.words import _, language, number
from words.periods import wave_text
from words.shown_text import markdown_text as plain

ON_SCREEN = 20


def show_comments(rows: Sequence[Comment], here: Chosen, scored_by: str | None, on: Canvas) -> None:
    """The card with the comments and its download; nothing but the sentence where there is none."""
    chart = comments_table(rows, here, scored_by)
    with card(chart.title, chart.caption, key="comments", menu=partial(export_menu, chart.title, on, "comments", lambda: chart, of=rows)):
        if not rows:
            return
        pages = -(-len(rows) // ON_SCREEN)
        page = _picked_page(pages) if pages > 1 else 1
        start = ON_SCREEN * (page - 1)
        st.markdown("\n\n".join(_read(row, here) for row in rows[start : start + ON_SCREEN]))
        note_chart(lambda _on: chart, on.schema, of=rows, drawn=False)
        if pages > 1:
            told = _("{first}–{last} of {total}; the download has all.")
            last = number(min(start + ON_SCREEN, len(rows)), 0)
            st.caption(told.format(first=number(start + 1, 0), last=last, total=number(len(rows), 0)))


def _read(row: Comment, here: Chosen) -> str:
    """A comment as it is read: score, text, and quietly of which group."""
    score = "–" if row.score is None else number(row.score, 0)
    groups = " · ".join(text for name, value in row.keys.items() if (text := _value(here, name, value)))
    return f"**{score}** · {plain(row.text)}" + (f" :gray[{plain(groups)}]" if groups else "")


def _picked_page(pages: int) -> int:
    if st.session_state.get("comments_page", 1) > pages:
        st.session_state.pop("comments_page", None)
    return int(st.number_input(_("Page of {count}").format(count=number(pages, 0)), 1, pages, key="comments_page", width=160))


def comments_table(rows: Sequence[Comment], here: Chosen, scored_by: str | None) -> Chart:
    """The comments as a table with a title; there is no picture of them."""
    title = here.schema.title_of(scored_by, language()) if scored_by else ""
    columns: dict[str, list[object]] = {}
    if scored_by:
        columns[_("Score of the writer, 0–100")] = [row.score for row in rows]
    for name in rows[0].keys if rows else ():
        header = here.schema.column_title(name, language())
        columns[header] = [_value(here, name, row.keys[name]) for row in rows]
    columns[_("Comment")] = [row.text for row in rows]
    caption = _("Score: {title}, 0–100, the least satisfied first.").format(title=title) if scored_by else ""
    if not rows:
        caption = _("No comment of this selection mentions that.")
    return Chart(_("What customers wrote"), caption, caption, PlainFigure(), pd.DataFrame(columns))


def _value(here: Chosen, name: str, value: str | None) -> str:
    if value is None:
        return ""
    return wave_text(value, language()) if name == "wave" else here.title(name, value)
