"""Step three: what is to be reached, from which baseline, and why it can be."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.say import say
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language, number, said
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.evidence import show_piece
from pages.improve.projects.fields import Fields
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import save
from projects.changing import with_value
from projects.levels import is_percent
from projects.plain_choices import level_choices
from projects.sections import Feasibility, Level, Target
from projects.words import REASON_WORDS
from reports.project_beginning import suggested_target


def show_target(work: AtWork) -> None:
    """Quantity, baseline, target, day; reasons with their figures."""
    fields, target = Fields(work, "target"), work.project.target
    if work.project.about.survey and target.baseline == Level():
        st.button(_("Begin with the figures of the data"), key="target_fill", on_click=_fill, args=(work,), icon=":material/auto_awesome:")
    with st.container(horizontal=True):
        fields.line("quantity")
        fields.line("unit", placeholder="%")
    fields.tick("higher_is_better")
    with card(_("Baseline"), _("The level before anything was done, with the cases behind it."), key="target_baseline"):
        show_level(fields, "baseline")
    with card(_("Target"), key="target_value"):
        with st.container(horizontal=True):
            fields.number("value")
            fields.day("due")
        if told := gap_words(target):
            say(told)
        fields.text("text")
    show_own(work, "project-levels", level_choices(target), "target_levels")
    say(_("Why it can be reached"), "part")
    for place, each in enumerate(target.feasibility):
        _show_reason(fields, place, each)
    st.button(_("Add a reason"), key="target_reason", on_click=_add, args=(work,), icon=":material/add:", disabled=not work.writable)


def show_level(fields: Fields, path: str) -> None:
    """The fields of a level."""
    with st.container(horizontal=True):
        fields.number(f"{path}.value")
        fields.number(f"{path}.low", _("Interval from"))
        fields.number(f"{path}.high", _("Interval to"))
    with st.container(horizontal=True):
        fields.number(f"{path}.cases")
        fields.number(f"{path}.base")
        fields.line(f"{path}.of")
        fields.line(f"{path}.period", placeholder="2026Q2")


def gap_words(target: Target) -> str:
    """How far the target is from the baseline."""
    if target.to_gain is None:
        return ""
    told = _("From {baseline} to {target}: {change} {unit}.")
    unit = _("percentage points") if is_percent(target.unit) else target.unit
    return told.format(
        baseline=number(target.baseline.value or 0.0, 2), target=number(target.value or 0.0, 2),
        change=number(target.to_gain, 2, signed=True), unit=unit,
    )  # fmt: skip


def _show_reason(fields: Fields, place: int, each: Feasibility) -> None:
    with st.container(border=True, key=f"reason_{place}"):
        st.caption(said(REASON_WORDS[each.kind]))
        fields.text(f"feasibility.{place}.text", _("Reason"))
        show_piece(fields, f"feasibility.{place}.evidence")
        st.button(_("Remove"), key=f"reason_drop_{place}", on_click=_drop, args=(fields, place), type="tertiary", icon=":material/delete:")


def _drop(fields: Fields, place: int) -> None:
    reasons = fields.work.project.target.feasibility
    left = (*reasons[:place], *reasons[place + 1 :])
    save(fields.work.project, with_value(fields.part, "feasibility", left), _("It is removed."), undo=True)


def _add(work: AtWork) -> None:
    target = work.project.target
    save(work.project, with_value(target, "feasibility", (*target.feasibility, Feasibility())))


def _fill(work: AtWork) -> None:
    """The baseline and what the data say of it; what is written already stays."""
    project = work.project
    found = suggested_target(project.about, dict(project.target.outcome), reader(), language())
    usual = Target()
    written = {name: value for name, value in dict(project.target).items() if value != getattr(usual, name)}
    save(project, Target.model_validate({**dict(found), **written}))
