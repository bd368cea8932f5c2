"""*Print*: the page on paper, by the browser's own dialogue or as a PDF. Never the screen itself, which would lose rows and figures."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

import streamlit as st

from answers.pool.job import Job
from pages._shared.session.own_part import own_part
from pages._shared.session.printing import page_to_print
from pages._shared.session.shown_here import Shown
from pages._shared.session.store_access import pool
from pages._shared.session.window import has_browser
from pages._shared.session.words import _, language, said
from reports.jobs import paper_html, paper_pdf
from reports.office.names import file_name
from reports.print.html_page import Sheet
from reports.print.pdf import why_no_pdf
from survey_schema.models import SurveySchema
from words.language import Language

_SCRIPT = Path(__file__).with_name("print_page.js")
_STYLE = Path(__file__).with_name("print_page.css")
_button = st.components.v2.component(
    "manyi_print", html="<button type='button'></button>", js=_SCRIPT.read_text("utf-8"), css=_STYLE.read_text("utf-8")
)


def show_print_menu(shown: Shown, title: str, schema: SurveySchema) -> None:
    """The menu of a page whose pieces ``shown`` will hold once it has run."""
    with st.popover(_("Print"), icon=":material/print:", key="print_menu", width="content"):
        if has_browser():
            _show_button(shown, title, schema)
        reason = why_no_pdf(language())
        if reason is not None:
            st.info(said(reason))
            return
        sheets: dict[Sheet, str] = {"portrait": _("PDF, A4 portrait"), "landscape": _("PDF, A4 landscape")}
        for sheet, words in sheets.items():
            made = partial(_pdf, shown, title, schema, language(), sheet)
            st.download_button(
                words, made, f"{file_name(title)}.pdf", "application/pdf", key=f"print_{sheet}", on_click="ignore", width="stretch",
                icon=":material/picture_as_pdf:",
            )  # fmt: skip


@own_part
def _show_button(shown: Shown, title: str, schema: SurveySchema) -> None:
    """The button that opens the page for printing. The tab opens at once, as browsers want it; the page follows when it is made."""
    asked = st.session_state.get("print_page", {}).get("wanted")
    page = _html(shown, title, schema) if asked else ""
    words = {"label": _("Print this page"), "wait": _("The page is being made ready for printing …"), "file": f"{file_name(title)}.html"}
    data = {**words, "page": page, "ticket": secrets.token_hex(8) if page else ""}
    with st.container(key="print_menu_button"):
        _button(key="print_page", data=data, on_wanted_change=lambda: None)


def _pdf(shown: Shown, title: str, schema: SurveySchema, language: Language, sheet: Sheet) -> bytes:
    return pool().ask(Job(paper_pdf, (page_to_print(shown, title, schema, language), sheet), "quick")).result()


def _html(shown: Shown, title: str, schema: SurveySchema) -> str:
    return pool().ask(Job(paper_html, (page_to_print(shown, title, schema, language()),), "quick")).result()
