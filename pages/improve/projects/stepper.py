"""The ten steps of a project as a way to go: where one is, what is written already, on and back."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.window import is_narrow
from pages._shared.session.words import _, said
from pages.improve.projects.at_work import BEFORE_JURY, HISTORY, TEAM, VIEWS, AtWork, go_to
from projects.progress import is_written
from projects.project import Project
from projects.sections import Step
from projects.words import STEP_TITLES

_STEPS = tuple(map(str, Step))


def view_title(view: str) -> str:
    """What a step, or what stands beside the steps, is called."""
    others = {TEAM: _("Team and plan"), HISTORY: _("Who changed what"), BEFORE_JURY: _("Before the jury")}
    return others[view] if view in others else f"{_STEPS.index(view) + 1} {said(STEP_TITLES[Step(view)])}"


def show_stepper(work: AtWork) -> None:
    """On a desk all steps side by side, on a phone a list to choose from."""
    names = {view: _named(work.project, view) for view in VIEWS}
    key = f"step_{work.project.project_id}_{work.view}"
    if is_narrow():
        st.selectbox(
            _("Step"), list(VIEWS), VIEWS.index(work.view), format_func=names.__getitem__, key=key, filter_mode=None,
            on_change=chosen(key, VIEWS, lambda view: _turn(work, view)),
        )  # fmt: skip
    else:
        st.pills(
            _("Step"), list(VIEWS), default=work.view, required=True, format_func=names.__getitem__, key=key,
            on_change=chosen(key, VIEWS, lambda view: _turn(work, view)), label_visibility="collapsed",
        )  # fmt: skip


def show_way_on(work: AtWork) -> None:
    """Back and on, below a step."""
    place = VIEWS.index(work.view)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="project_way"):
        if place > 0:
            back = VIEWS[place - 1]
            st.button(
                view_title(back), key="project_back", on_click=go_to, args=(work.project.project_id, back), icon=":material/arrow_back:"
            )
        if place + 1 < len(VIEWS):
            on = VIEWS[place + 1]
            st.button(
                view_title(on), key="project_on", on_click=go_to, args=(work.project.project_id, on), icon=":material/arrow_forward:",
                type="primary",
            )  # fmt: skip


def _named(project: Project, view: str) -> str:
    done = project.team.members if view == TEAM else view in _STEPS and is_written(project, Step(view))
    return f"{view_title(view)} ✓" if done else view_title(view)


def _turn(work: AtWork, view: str | None) -> None:
    go_to(work.project.project_id, view or work.view)
