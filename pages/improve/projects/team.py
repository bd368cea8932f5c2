"""Which project it is, who works on it, and when each step is planned and done."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.session.store_access import active_waves, schemas_in_force
from pages._shared.session.words import _, language, said
from pages.improve.projects.at_work import AtWork, surveys
from pages.improve.projects.fields import Fields, day_of
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import save
from pages.improve.projects.tables import Row, Typed, cell_day, cell_text, edit_table, text_column
from projects.changing import with_value
from projects.plain_choices import plan_choices
from projects.plain_rows import origin_words
from projects.sections import Activity, Member, Step
from projects.words import STEP_TITLES, field_title
from words.periods import wave_text
from words.shown_text import markdown_text as plain

_DAYS = ("planned_from", "planned_to", "actual_from", "actual_to")


def show_team(work: AtWork) -> None:
    """Title and data, members, plan."""
    _show_about(work)
    with card(_("Team"), key="project_team"):
        columns = {name: text_column(said(field_title(Member, name))) for name in ("name", "role", "task")}
        edit_table(Fields(work, "team"), "members", Typed(columns, _member_row, _member), alt=_("Team"))
    titles = {str(step): said(title) for step, title in STEP_TITLES.items()}
    drawn = show_own(work, "project-plan", plan_choices(work.project.plan, titles), "plan_chart")
    with card(_("Activity plan"), _("Planned days first; the real ones as you go."), key="project_plan"):
        _show_plan(work, drawn=drawn is not None)


def _show_about(work: AtWork) -> None:
    fields, about = Fields(work, "about"), work.project.about
    with card(_("Project"), key="project_about"):
        with st.container(horizontal=True):
            fields.line("title")
            fields.line("group")
        with st.container(horizontal=True):
            names = {name: schema.title.text(language()) for name, schema in schemas_in_force(active_waves()).items()}
            fields.pick("survey", ["", *surveys()], lambda code: names.get(code, _("no data of this store")))
            labels = [wave.label for wave in active_waves() if wave.survey == about.survey]
            if labels or about.wave:
                fields.pick("wave", labels[::-1], lambda label: wave_text(label, language()))
        if about.where:
            told = ", ".join(work.schema.value_title(name, value, language()) for name, value in about.where.items())
            st.caption(plain(_("Selection: {selection}").format(selection=told)))
        if about.origin.kind != "blank":
            st.caption(plain(_("Made from {origin}.").format(origin=origin_words(about.origin.kind, language()))))


def _member_row(member: Member) -> Row:
    return {"name": member.name, "role": member.role, "task": member.task}


def _member(row: Row, _before: Member | None, _new_id: str) -> Member:
    return Member(name=cell_text(row, "name"), role=cell_text(row, "role"), task=cell_text(row, "task"))


def _show_plan(work: AtWork, *, drawn: bool) -> None:
    """All ten steps, whether they have days or not."""
    there = {each.step: each for each in work.project.plan.activities}
    if len(there) < len(Step):
        st.button(_("Lay out the ten steps"), key="plan_lay_out", on_click=_lay_out, args=(work,), disabled=not work.writable)
    if not there:
        return
    columns = {
        "step": text_column(_("Step"), disabled=True, pinned=True),
        **{name: st.column_config.DateColumn(said(field_title(Activity, name)), format="YYYY-MM-DD") for name in _DAYS},
    }
    edit_table(
        Fields(work, "plan", quiet=drawn),
        "activities",
        Typed(columns, _activity_row, _activity),
        fixed=True,
        alt=_("Activity plan"),
    )


def _lay_out(work: AtWork) -> None:
    there = {each.step: each for each in work.project.plan.activities}
    save(work.project, with_value(work.project.plan, "activities", tuple(there.get(step, Activity(step=step)) for step in Step)))


def _activity_row(activity: Activity) -> Row:
    return {"step": said(STEP_TITLES[activity.step]), **{name: day_of(getattr(activity, name)) for name in _DAYS}}


def _activity(row: Row, before: Activity | None, _new_id: str) -> Activity:
    assert before is not None  # rows are neither added nor removed
    return before.model_copy(update={name: cell_day(row, name) for name in _DAYS})
