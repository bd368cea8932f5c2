"""A project on its way out: its report as slides, a document or a PDF, its tables as a workbook, itself as a file; or into the report."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from answers.pool.job import Job
from pages._shared.parts.export_menu import MIME
from pages._shared.session.messages import show_problem
from pages._shared.session.reporting import named_reader, reader, shelf
from pages._shared.session.store_access import pool, store
from pages._shared.session.words import _, language
from pages.improve.projects.at_work import AtWork
from projects.project import Project
from projects.project_file import project_text
from reports.jobs import project_book
from reports.office.names import file_name
from reports.storylines.project_report import project_report
from words.errors import ManyiError
from words.language import Message, message

#: Ending → what it is called; the first three are the report of the ten steps.
_FILES: dict[str, Message] = {
    "pptx": message("Slides (.pptx)"), "docx": message("Document (.docx)"), "pdf": message("PDF (.pdf)"),
    "xlsx": message("Workbook, a sheet a step (.xlsx)"), "yaml": message("The project itself (.yaml)"),
}  # fmt: skip
_ADDED = "project_in_report"


def show_files(work: AtWork) -> None:
    """What can be taken along; a file is made when it is asked for."""
    with st.popover(_("Take it along"), key="project_files", icon=":material/download:", type="tertiary"):
        for ending, title in _FILES.items():
            _offer(work.project, ending, title)
        added = st.session_state.pop(_ADDED, None) == work.project.project_id
        st.button(
            _("Put into the report"), key="project_report_add", on_click=_add, args=(work.project,), icon=":material/add_chart:",
            disabled=not store().writable,
        )  # fmt: skip
        if added:
            st.caption(_("Its pages are in the report now."))


def _offer(project: Project, ending: str, title: Message) -> None:
    """A button that makes the file, and then one that hands it out."""
    asked = (project.project_id, project.version, ending, language())
    if st.button(title.text(language()), key=f"project_make_{ending}", width="stretch"):
        st.session_state["project_asked"] = asked
    if st.session_state.get("project_asked") != asked:
        return
    with st.spinner(_("The file is being made.")):
        try:
            content = _made(project, ending)
        except ManyiError as error:
            show_problem(error)
            return
    named = f"{file_name(project.about.title)}.{ending}"
    mime = MIME.get(ending, "application/octet-stream")
    st.download_button(
        _("Download {file}").format(file=named), content, named, mime, key="project_download", on_click="ignore", type="primary"
    )


def _made(project: Project, ending: str) -> bytes:
    if ending == "yaml":
        return project_text(project).encode()
    return pool().ask(Job(project_book, (named_reader(), project, language(), ending), "quick")).result()


def _add(project: Project) -> None:
    """Its pages behind those of the report at work; an empty report becomes the project's."""
    made = project_report(project, reader(), language(), datetime.now())
    shelf().change(lambda report: report.joined(made), language())
    st.session_state[_ADDED] = project.project_id
