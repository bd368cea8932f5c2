"""Beginning a project: from a title, or from a file; put aside and taken up again."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language
from pages.improve.projects.at_work import go_to, projects
from pages.improve.projects.saving import save, say_problem
from projects.project import Project
from projects.project_file import read_project, sections_of
from projects.sections import About
from reports.project_beginning import begun
from words.errors import ManyiError


def begin() -> None:
    """A project with the title that is typed in, and what the data of the survey say already."""
    title = st.session_state["project_new_title"].strip()
    if not title:
        say_problem(_("Give the new project a title."))
        return
    about = About(title=title, survey=st.session_state.get("project_new_survey") or "")
    try:
        project_id = projects().start(*begun(about, {}, reader(), language()))
    except ManyiError as error:
        say_problem(error.text(language()))
        return
    st.session_state["project_new_title"] = ""
    go_to(project_id)


def read_in() -> None:
    """A project from the file that was chosen."""
    file = st.session_state.get("project_file")
    if file is None:
        return
    try:
        project_id = projects().start(*sections_of(read_project(file.getvalue(), file.name)))
    except ManyiError as error:
        say_problem(error.text(language()))
        return
    go_to(project_id)


def put_aside(project: Project) -> None:
    """Off the list, or on it again; nothing is lost."""
    aside = not project.about.put_aside
    told = _("The project is put aside; it stands below the list.") if aside else _("The project is taken up again.")
    save(project, project.about.model_copy(update={"put_aside": aside}), told, undo=True)
