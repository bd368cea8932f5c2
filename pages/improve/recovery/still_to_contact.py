"""Customers still to be contacted: the first of them on the screen by opaque id, all of them as a workbook that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from answers.recovery_figures import Listed, Recovery
from answers.recovery_question import RecoveryOptions
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.frame.menu import upload_page
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.show_table import show_plain_table
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.words import _, language, number
from reports.recovery.list_file import list_file
from reports.recovery.recovery_book import why_text
from words.lists import listed

ON_SCREEN = 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_list(rows: Sequence[Listed], asked: Answered[RecoveryOptions, Recovery], on: Canvas) -> None:
    """The card with the list."""
    chart = list_table(rows, on)
    first = _("The first {shown} of {total}; the download has all.").format(shown=ON_SCREEN, total=number(len(rows), 0))
    caption = f"{chart.caption} {first}" if len(rows) > ON_SCREEN else chart.caption
    menu = partial(export_menu, chart.title, on, "recovery_list", lambda: chart, of=rows)
    with card(chart.title, caption, key="recovery_list", menu=menu):
        if rows:
            with st.container(key="table_recovery_list"):
                show_plain_table(chart.table, on.schema, chart.title, ON_SCREEN, rows)


def list_table(rows: Sequence[Listed], on: Canvas) -> Chart:
    """The list as a table with a title; there is no picture of it."""
    columns: dict[str, list[object]] = {
        _("Respondent"): [row.respondent_id for row in rows],
        _("Priority"): [row.priority for row in rows],
        _("To be contacted by"): [row.deadline.isoformat() for row in rows],
        _("Suggested owner"): [on.value("branch", row.branch) if row.branch else _("not given or not shown") for row in rows],
        _("Satisfaction"): [row.score for row in rows],
        _("Why on the list"): [why_text(row, language()) for row in rows],
        _("Lowest questions"): [listed([on.title(code) for code in row.low], language()) for row in rows],
        _("Last contact"): [row.last_contact.isoformat() if row.last_contact else "" for row in rows],
    }
    caption = _("By priority, then the least satisfied first; ids of the survey, no names and no numbers.")
    if not rows:
        caption = _("Nobody is left to be contacted.")
    return Chart(_("Still to be contacted"), caption, caption, PlainFigure(), pd.DataFrame(columns))


def show_file(asked: Answered[RecoveryOptions, Recovery], here: Chosen) -> None:
    """The workbook to be filled in, and the way back."""
    with st.container(horizontal=True):
        name = f"{here.survey}_{asked.asked.wave}_recovery.xlsx"
        st.download_button(
            _("Recovery list to fill in (.xlsx)"), partial(list_file, asked, source_of(here), language()), name, _XLSX,
            key="recovery_file", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        if st.button(_("Upload the filled-in list"), key="recovery_upload", icon=":material/upload:"):
            st.switch_page(upload_page())
