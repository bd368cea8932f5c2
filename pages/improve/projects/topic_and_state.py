"""Steps one and two: why this topic, and how things stand."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.evidence import show_evidence
from pages.improve.projects.fields import Fields
from pages.improve.projects.saving import save, say_problem
from projects.sections import CurrentState
from reports.project_beginning import suggested_state
from words.errors import ManyiError


def show_topic(work: AtWork) -> None:
    """What is asked for, what is found, what is chosen, and the figures that show it."""
    fields = Fields(work, "topic")
    fields.text("required", placeholder=_("What the company, the ministry or the customer asks for."))
    fields.text("found", placeholder=_("What the data say."))
    fields.text("chosen", placeholder=_("The topic in one sentence."))
    show_evidence(fields)


def show_state(work: AtWork) -> None:
    """Figures and counts first, then what they say."""
    fields = Fields(work, "state")
    if work.project.about.survey and not work.project.state.evidence:
        st.button(_("Begin with the figures of the data"), key="state_fill", on_click=_fill, args=(work,), icon=":material/auto_awesome:")
    show_evidence(fields)
    fields.text("text", placeholder=_("What was looked at, and what it says."))
    fields.text("main_problem", placeholder=_("The few things that make most of the problem."))


def _fill(work: AtWork) -> None:
    project = work.project
    try:
        found = suggested_state(project.about, project.target, reader())
    except ManyiError as error:
        say_problem(error.text(language()))
        return
    save(project, CurrentState.model_validate({**dict(project.state), "evidence": found.evidence}))
