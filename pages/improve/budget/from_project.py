"""Measures to choose among that are countermeasures of a QC project."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages._shared.parts.pick import pick
from pages._shared.session.store_access import scope, store, who
from pages._shared.session.words import _
from pages.improve.budget.draft import keep, keep_rows, newest_draft
from projects.measure_choice import measures_to_choose
from projects.project import Projects
from words.errors import ManyiError
from words.language import message

TOLD, WRONG = "budget_outcome_told", "budget_outcome_wrong"


def offer_projects(survey: str) -> None:
    """A box with the projects there are; nothing where there is none."""
    there = {each.project_id: each.about.title for each in _projects().all()}
    if not there:
        return
    with st.popover(_("Take measures from a QC project"), icon=":material/assignment:", key="budget_project_box"):
        project_id = pick(_("QC project"), list(there), "budget_project", there.__getitem__)
        st.button(_("Take its countermeasures"), key="budget_project_take", type="primary", on_click=_take, args=(survey, project_id))
        st.caption(_("Its measures take the place of those in the table."))


def _projects() -> Projects:
    return Projects(store(), who(), scope())


def _take(survey: str, project_id: str) -> None:
    """The countermeasures take the place of the rows in the table, and the project's budget that of the draft's, where it has one."""
    try:
        project = _projects().open(project_id)
    except ManyiError as error:
        st.session_state[WRONG] = error.message
        return
    rows = measures_to_choose(project.countermeasures)
    if not rows:
        st.session_state[WRONG] = message("“{project}” names no countermeasure yet.", project=project.about.title)
        return
    if project.countermeasures.budget is not None:
        keep(survey, replace(newest_draft(survey), budget=project.countermeasures.budget))
    keep_rows(survey, rows)
    st.session_state[TOLD] = _("{count} countermeasures taken from “{project}”.").format(count=len(rows), project=project.about.title)
