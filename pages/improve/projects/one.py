"""One project: its title, its steps, and the one looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.words import _
from pages.improve.projects.at_work import BEFORE_JURY, HISTORY, TEAM, AtWork, leave
from pages.improve.projects.beginning import put_aside
from pages.improve.projects.causes import show_causes
from pages.improve.projects.closing import show_effect, show_review, show_standards
from pages.improve.projects.files import show_files
from pages.improve.projects.history import show_history
from pages.improve.projects.jury import show_jury
from pages.improve.projects.measures import show_carrying_out, show_countermeasures
from pages.improve.projects.root_causes import show_root_causes
from pages.improve.projects.saving import show_outcome
from pages.improve.projects.stepper import show_stepper, show_way_on, view_title
from pages.improve.projects.target import show_target
from pages.improve.projects.team import show_team
from pages.improve.projects.topic_and_state import show_state, show_topic
from projects.progress import is_written
from projects.sections import Step

_SHOWS: Mapping[str, Callable[[AtWork], None]] = {
    TEAM: show_team, Step.TOPIC: show_topic, Step.STATE: show_state, Step.TARGET: show_target, Step.CAUSES: show_causes,
    Step.ROOT_CAUSES: show_root_causes, Step.COUNTERMEASURES: show_countermeasures, Step.CARRYING_OUT: show_carrying_out,
    Step.EFFECT: show_effect, Step.STANDARDS: show_standards, Step.REVIEW: show_review, BEFORE_JURY: show_jury, HISTORY: show_history,
}  # fmt: skip


def show_project(work: AtWork) -> None:
    """The step in the address."""
    project = work.project
    done = sum(1 for step in Step if is_written(project, step))
    told = _("{n} of 10 steps have something in them").format(n=done)
    show_answer(project.about.title, [Words(view_title(work.view)), Words(f" · {told}", "muted")])
    with st.container(horizontal=True, key="project_tools"):
        st.button(_("All projects"), key="projects_all", on_click=leave, icon=":material/arrow_back:", type="tertiary")
        words = _("Take up again") if project.about.put_aside else _("Set aside")
        st.button(
            words, key="project_aside", on_click=put_aside, args=(project,), icon=":material/inventory_2:", type="tertiary",
            disabled=not work.writable,
        )  # fmt: skip
        show_files(work)
    show_outcome(project)
    show_stepper(work)
    _SHOWS[work.view](work)
    show_way_on(work)
