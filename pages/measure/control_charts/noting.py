"""What happened when: the annotations of the survey, with one added or removed here; each step can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from answers.annotated import Annotation, annotations_of
from pages._shared.parts.cards import card
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.shown_here import note_words
from pages._shared.session.store_access import store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from reports.print.printed_page import Phrase
from storage.annotating import Step, add_annotation, remove_annotation
from storage.store import Store
from survey_schema.columns import Role
from survey_schema.data_kinds.references import LONGEST_ANNOTATION
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME, _UNDO = "noted_outcome", "noted_undo"
_ALL = "all"
_Doing = Callable[[Store, SurveySchema, Mapping[str, object], str], Step]


def show_annotations(here: Chosen) -> None:
    """All annotations, latest first, each with a button that removes it; and the form for another one."""
    noted = annotations_of(source_of(here))
    caption = _(
        "Annotations stand on the charts at their day; one may begin a phase with limits of its own. All who use this store see them."
    )
    with card(_("What happened when"), caption, key="annotations"):
        _show_outcome(here)
        for place, each in enumerate(reversed(noted)):
            with st.container(horizontal=True, vertical_alignment="center", key=f"noted_{place}"):
                st.markdown(_told(here, each), width="stretch")
                st.button(
                    _("Remove"), key=f"remove_noted_{place}", on_click=_remove, args=(here, each), type="tertiary",
                    icon=":material/delete:", disabled=not store().writable,
                )  # fmt: skip
        if not noted:
            st.caption(_("Nothing is annotated yet."))
        with st.popover(_("Add an annotation"), key="add_annotation", icon=":material/add:", disabled=not store().writable):
            _form(here)


def _told(here: Chosen, each: Annotation) -> str:
    about = here.title(Role.BRANCH, each.branch) if each.branch else _("all branches")
    begins = [_("begins a phase")] if each.phase_start else []
    author = [each.author] if each.author else []
    small = " · ".join([about, *begins, *author])
    note_words([Phrase(f"{each.day.isoformat()} {each.text} "), Phrase(small, "muted")])
    return f"**{each.day.isoformat()}** {plain(each.text)}  \n:gray[{plain(small)}]"


def _form(here: Chosen) -> None:
    with st.form("annotation_form", border=False, clear_on_submit=True):
        st.date_input(_("Day"), date.today(), format="YYYY-MM-DD", key="noted_day")
        st.text_input(_("What happened"), key="noted_text", autocomplete="off", max_chars=LONGEST_ANNOTATION)
        names = {_ALL: _("all branches")} | {code: here.title(Role.BRANCH, code) for code in here.values.get(str(Role.BRANCH), ())}
        st.selectbox(_("Concerns"), list(names), format_func=distinct_names(list(names), names.__getitem__).__getitem__, key="noted_branch")
        st.checkbox(_("A phase with limits of its own begins here"), key="noted_phase")
        st.form_submit_button(_("Add"), key="noted_add", type="primary", on_click=_add, args=(here,))


def _add(here: Chosen) -> None:
    typed = {
        "date": st.session_state["noted_day"], "text": st.session_state["noted_text"],
        "branch": None if st.session_state["noted_branch"] == _ALL else st.session_state["noted_branch"],
        "phase_start": "yes" if st.session_state["noted_phase"] else "no",
    }  # fmt: skip

    _do(here, add_annotation, typed, _("The annotation is added."), remove_annotation)


def _remove(here: Chosen, each: Annotation) -> None:
    key = {"date": each.day, "text": each.text, "branch": each.branch}
    _do(here, remove_annotation, key, _("The annotation is removed."), add_annotation)


def _undo(here: Chosen, back: _Doing, annotation: Mapping[str, object]) -> None:
    _do(here, back, annotation, _("It is as it was before."), None)


def _do(here: Chosen, doing: _Doing, annotation: Mapping[str, object], told: str, back: _Doing | None) -> None:
    """One step and what it said; ``back`` undoes it, whatever others have written in the meantime."""
    try:
        step = doing(store(), here.schema, annotation, who())
    except ManyiError as error:
        st.session_state[_OUTCOME] = error.text(language())
        return
    st.session_state[_OUTCOME] = told
    if back is not None:
        st.session_state[_UNDO] = (back, step.annotation)


def _show_outcome(here: Chosen) -> None:
    """What the last click did, with the way back."""
    outcome, undo = told_once(_OUTCOME, _UNDO)
    if outcome:
        st.info(plain(outcome))
    if outcome and undo is not None:
        st.button(_("Undo"), key="noted_undo_button", on_click=_undo, args=(here, *undo), icon=":material/undo:")
