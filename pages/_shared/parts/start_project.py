"""From a finding to a QC project: a button that begins one with the figure as its evidence and the baseline the data give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from pages._shared.frame.menu import projects_page
from pages._shared.selection.choices import Chosen
from pages._shared.session.messages import show_problem
from pages._shared.session.reporting import reader
from pages._shared.session.store_access import scope, store, who
from pages._shared.session.words import _, language
from projects.project import Projects
from projects.sections import About, Origin
from reports.figures.figure import Figure
from reports.project_beginning import begun
from reports.project_figures import new_figure
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

Kind = Literal["weak_spot", "cause", "branch", "signal"]


def start_project(
    here: Chosen, kind: Kind, title: str, figure: Figure, key: str, *, choices: Mapping[str, Any] | None = None,
    outcome: Mapping[str, object] | None = None, where: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """The button. ``title``: what the project is called first; ``outcome``: its quantity (usually the index); ``where``: its selection."""
    label = _("Start a QC project from this")
    if not st.button(label, key=f"start_project_{key}", icon=":material/flag:", help=plain(title), disabled=not store().writable):
        return
    origin = Origin(kind=kind, evidence=new_figure(figure.code, _told(choices or {})))
    about = About(title=title, survey=here.survey, wave=here.wave.label, where=dict(here.where if where is None else where), origin=origin)
    try:
        project_id = Projects(store(), who(), scope()).start(*begun(about, outcome or {}, reader(), language()))
    except ManyiError as error:
        show_problem(error)
        return
    st.switch_page(projects_page(), query_params={"project": project_id, "step": "topic"})


def _told(choices: Mapping[str, Any]) -> dict[str, Any]:
    """What was picked; what was not stays as usual."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in choices.items() if value not in (None, (), [])}
