"""The files of a report, each made when it is asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.parts.export_menu import MIME
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, said
from reports.document import Report
from reports.making.making import file_of, make_report
from reports.office.names import file_name
from reports.print.pdf import why_no_pdf
from words.shown_text import markdown_text as plain


def show_exports(report: Report) -> None:
    """A button a format."""
    names = {"pptx": _("Presentation (PPTX)"), "docx": _("Document (DOCX)"), "xlsx": _("Workbook (XLSX)"), "html": _("Web page (HTML)")}
    reason = why_no_pdf(report.language)
    if reason is None:
        names["pdf"] = "PDF"
    with st.container(horizontal=True, key="report_exports"):
        for kind, words in names.items():
            name = f"{file_name(report.name or report.cover.title or _('Report'))}.{kind}"
            st.download_button(
                words, partial(_file, report, kind), name, MIME[kind], key=f"report_{kind}", on_click="ignore", icon=":material/download:",
                type="primary" if kind == "pptx" else "secondary",
            )  # fmt: skip
    if reason is not None:
        st.caption(plain(said(reason)))


def _file(report: Report, kind: str) -> bytes:
    return file_of(make_report(report, reader()), kind)
