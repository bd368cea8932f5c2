"""The files of a report, each made when it is asked for, by another process."""

from __future__ import annotations

import streamlit as st

from answers.pool.job import Job
from pages._shared.parts.export_menu import MIME
from pages._shared.session.reporting import named_reader
from pages._shared.session.words import _, said
from pages.report.report.show_job import begin_job, shown_job
from reports.document import Report
from reports.jobs import report_file
from reports.office.names import file_name
from reports.print.pdf import why_no_pdf
from words.shown_text import markdown_text as plain

_FILE, _KIND = "report_file", "report_file_kind"


def show_exports(report: Report) -> None:
    """A button a format, then how far it is, then the file."""
    names = {"pptx": _("Presentation (PPTX)"), "docx": _("Document (DOCX)"), "xlsx": _("Workbook (XLSX)"), "html": _("Web page (HTML)")}
    reason = why_no_pdf(report.language)
    if reason is None:
        names["pdf"] = "PDF"
    with st.container(horizontal=True, key="report_exports"):
        for kind, words in names.items():
            st.button(
                words, key=f"report_{kind}", on_click=_make, args=(report, kind), icon=":material/description:",
                type="primary" if kind == "pptx" else "secondary",
            )  # fmt: skip
    if reason is not None:
        st.caption(plain(said(reason)))
    chosen: str = st.session_state.get(_KIND, "")
    content = shown_job(_FILE, (report, chosen))
    if content is not None:
        _offer(report, chosen, content)


def _make(report: Report, kind: str) -> None:
    st.session_state[_KIND] = kind
    begin_job(_FILE, (report, kind), Job(report_file, (named_reader(), report, kind)))


def _offer(report: Report, kind: str, content: bytes) -> None:
    name = f"{file_name(report.name or report.cover.title or _('Report'))}.{kind}"
    label = _("Download {file}").format(file=plain(name))
    st.download_button(
        label, content, name, MIME[kind], key="report_download", on_click="ignore", icon=":material/download:", type="primary"
    )
