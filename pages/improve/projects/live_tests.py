"""Tests of end causes that the store itself answers: a group's complaints or unsatisfied customers, a driver."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.words import _, language
from pages.improve.projects.fields import Fields
from projects.sections import CauseTest
from survey_schema.columns import Role

UNSATISFIED, COMPLAINTS = "unsatisfied", "complaints"


def from_store(fields: Fields, path: str, test: CauseTest) -> bool:
    """Where the numbers of a comparison come from; whether it is the store, which then needs a group instead of numbers."""
    if not fields.work.project.about.survey:
        return False
    names = {"": _("typed in"), UNSATISFIED: _("unsatisfied customers of the wave"), COMPLAINTS: _("complaints of the store")}
    fields.pick(f"{path}.choices.of", list(names), names.__getitem__, _("Numbers"))
    of = test.choices.get("of")
    if of not in (UNSATISFIED, COMPLAINTS):
        return False
    with st.container(horizontal=True):
        columns = _columns(fields, str(of))
        fields.pick(f"{path}.choices.column", ["", *columns], lambda code: columns.get(code, ""), _("The cause is there where"))
        fields.line(f"{path}.choices.value", _("is (values parted by |)"))
    return True


def pick_driver(fields: Fields, path: str) -> None:
    """The driver whose part of the outcome is the influence of the cause."""
    schema = fields.work.schema
    names = {code: schema.title_of(code, language()) for code in schema.drivers or schema.tree.items()}
    fields.pick(f"{path}.choices.driver", ["", *names], lambda code: names.get(code, ""), _("Driver"))


def _columns(fields: Fields, of: str) -> dict[str, str]:
    schema = fields.work.schema
    if of == COMPLAINTS:
        branch = {str(Role.BRANCH): schema.column_title(Role.BRANCH, language())}
        return {"position": _("Handler's position"), "cause": _("Cause"), "ministry_class": _("Ministry class"), **branch}
    roles = (Role.BRANCH, Role.BRAND, Role.BUSINESS_LINE)
    return {str(role): schema.column_title(role, language()) for role in roles if schema.column_for(role)}
