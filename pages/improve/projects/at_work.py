"""The project a window is working on: which one and which step (in the address), and the door to all projects."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages._shared.session.store_access import active_waves, schema_of, scope, store, who
from projects.project import Project, Projects
from projects.sections import Step
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema

#: What can be looked at beside the ten steps.
TEAM, HISTORY, BEFORE_JURY = "team", "history", "jury"
VIEWS: tuple[str, ...] = (TEAM, *map(str, Step), BEFORE_JURY, HISTORY)
_USUAL_SURVEY = "telecom_csi"


@dataclass(frozen=True)
class AtWork:
    """A project as this run found it, and the step looked at; ``schema`` names what its figures are about."""

    project: Project
    view: str
    schema: SurveySchema

    @property
    def writable(self) -> bool:
        """Whether changes can be kept."""
        return store().writable


def projects() -> Projects:
    """The projects the user may see."""
    return Projects(store(), who(), scope())


def asked_for() -> tuple[str, str]:
    """Id and step in the address; an unknown step is the first one."""
    view = st.query_params.get("step", "")[:40]
    return st.query_params.get("project", "")[:64], view if view in VIEWS else TEAM


def opened(project_id: str, view: str) -> AtWork:
    """The project as it is now; raises ManyiError where there is none."""
    project = projects().open(project_id)
    return AtWork(project, view, _schema(project.about.survey))


def go_to(project_id: str, view: str = TEAM) -> None:
    """Turns to a step of a project."""
    st.query_params["project"] = project_id
    st.query_params["step"] = view


def leave() -> None:
    """Back to the list."""
    for name in ("project", "step"):
        st.query_params.pop(name, None)


def _schema(survey: str) -> SurveySchema:
    """The survey of a project; of one that is in no store that of the latest wave, which only says how numbers are written."""
    waves = active_waves()
    of_it = [wave for wave in waves if wave.survey == survey] or list(waves)
    return schema_of(of_it[-1].schema_hash) if of_it else load_schema(_USUAL_SURVEY)


def surveys() -> tuple[str, ...]:
    """Surveys with waves."""
    return tuple(dict.fromkeys(wave.survey for wave in active_waves()))
