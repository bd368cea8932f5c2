"""All projects as cards, a new one, and a file read in."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.shown_here import note_words
from pages._shared.session.store_access import active_waves, schemas_in_force, store
from pages._shared.session.words import _, language, said
from pages.improve.projects.at_work import go_to, projects
from pages.improve.projects.beginning import begin, read_in
from pages.improve.projects.saving import show_outcome
from projects.levels import reaches
from projects.progress import is_written, step_reached
from projects.project import Project
from projects.project_file import FORMATS
from projects.sections import Step
from projects.words import STEP_TITLES
from reports.print.printed_page import Phrase
from survey_schema.loading import MAXIMUM_BYTES
from words.periods import wave_text
from words.shown_text import markdown_text as plain

LONGEST_TITLE = 120


def show_list(question: str) -> None:
    """The answer says how many there are; each is a card."""
    there = [projects().open(each.project_id) for each in projects().all()]
    reached = sum(1 for each in there if is_written(each, Step.EFFECT))
    nothing = _("None yet: begin one here, or on any page with “Start a QC project from this”.")
    told = _("{n} projects, {done} of them with an effect to show").format(n=len(there), done=reached)
    show_answer(question, [Words(told if there else nothing)])
    show_outcome(None)
    for each in there:
        _show(each)
    _show_new(unfolded=not there)
    _show_aside()


def _show(project: Project) -> None:
    about, reached = project.about, step_reached(project)
    group = [about.group] if about.group else []
    wave = [wave_text(about.wave, language())] if about.wave else []
    with card(about.title, " · ".join([*group, *wave]), key=f"project_{project.project_id}"):
        lines = [_step_words(reached), _target_words(project)]
        note_words([Phrase(about.title)], "head")
        for line in filter(None, lines):
            note_words([Phrase(line)])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("  \n".join(plain(line) for line in lines if line), width="stretch")
            st.button(
                _("Open project"), key=f"open_{project.project_id}", on_click=go_to,
                args=(project.project_id, str(reached) if reached else "team"), type="primary",
            )  # fmt: skip


def _step_words(reached: Step | None) -> str:
    if reached is None:
        return _("Nothing is written yet.")
    return _("Step {n} of 10: {step}").format(n=list(Step).index(reached) + 1, step=said(STEP_TITLES[reached]))


def _target_words(project: Project) -> str:
    target, after = project.target, project.effect.after.value
    if target.value is None:
        return ""
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}"
    told = _("{quantity}: target {value}").format(quantity=target.quantity or _("Target"), value=f"{target.value:g}{unit}".strip())
    if after is None:
        return told
    return f"{told} · " + (_("reached: {value}") if reaches(project.effect.after, target) else _("not reached: {value}")).format(
        value=f"{after:g}{unit}".strip()
    )


def _show_new(*, unfolded: bool) -> None:
    with st.expander(_("Begin a new project"), unfolded, icon=":material/add:", key="project_new"):
        surveys = schemas_in_force(active_waves())
        st.text_input(_("Title"), key="project_new_title", max_chars=LONGEST_TITLE, autocomplete="off")
        names = {"": _("no data of this store")} | {name: schema.title.text(language()) for name, schema in surveys.items()}
        if surveys:
            order = [*surveys, ""]
            st.selectbox(
                _("Survey its figures are about"), order, format_func=names.__getitem__, key="project_new_survey", filter_mode=None
            )
        st.button(_("Begin"), key="project_new_yes", type="primary", on_click=begin, disabled=not store().writable)
        kinds = [each for each in FORMATS if each != "yml"]
        st.file_uploader(
            _("Or read a project from a file"), kinds, key="project_file", on_change=read_in, max_upload_size=MAXIMUM_BYTES // 1_000_000
        )


def _show_aside() -> None:
    aside = projects().all(put_aside=True)
    if not aside:
        return
    with st.expander(_("Put aside ({n})").format(n=len(aside)), icon=":material/inventory_2:", key="projects_aside"):
        for each in aside:
            with st.container(horizontal=True, vertical_alignment="center", key=f"aside_{each.project_id}"):
                st.markdown(plain(each.about.title), width="stretch")
                st.button(_("Open project"), key=f"open_{each.project_id}", on_click=go_to, args=(each.project_id,))
