"""Measures added, changed, finished and removed here; each step can be undone, and of two windows both are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from answers.measure_rows import MeasureRow
from pages._shared.parts.pick import pick
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from pages.improve.measures.fields import clear_fields, show_fields, typed_fields
from storage.measures import put_measure, remove_measure, undo_measure
from storage.row_edits import RowEdit
from survey_schema.data_kinds.measures import MEASURES
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME, _PROBLEM, _UNDO = "measures_outcome", "measures_problem", "measures_undo"
_NEW = "new"


def show_editing(here: Chosen, rows: Sequence[MeasureRow]) -> None:
    """A measure picked, or a new one, with its fields; what the last click did, with the way back."""
    caption = _("All who use this store see them. What others change meanwhile in other fields is kept.")
    _show_outcome(here)
    with st.expander(_("Add, change or finish a measure"), not rows, key="measures_editing", icon=":material/edit:"):
        st.caption(caption)
        there = {row_key(each): each for each in rows}
        names = {_NEW: _("a new measure")} | {key: _name(here, each) for key, each in there.items()}
        picked = pick(_("Improvement measure"), list(names), "measures_picked", names.__getitem__)
        seen = there[picked].row if picked in there else None
        with st.form(f"measure_form_{picked}", border=False):
            show_fields(here, seen, picked)
            st.form_submit_button(
                _("Add") if seen is None else _("Save"), key="measures_save", type="primary", on_click=_save, args=(here, seen, picked),
                disabled=not store().writable,
            )  # fmt: skip
        if seen is not None:
            with st.container(horizontal=True):
                if seen["done_on"] is None:
                    _button(_("Finished today"), "measures_finish", ":material/check:", _finish, here, seen, picked)
                _button(_("Remove"), "measures_remove", ":material/delete:", _remove, here, seen, picked)


def row_key(each: MeasureRow) -> str:
    """What a measure is picked by, the same after its other fields changed."""
    named = repr(tuple(each.row[name] for name in MEASURES.key))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name(here: Chosen, each: MeasureRow) -> str:
    parts = [each.measure.measure, here.title("branch", each.measure.branch) if each.measure.branch else "", each.measure.project or ""]
    return " · ".join(filter(None, parts))


def _button(label: str, key: str, icon: str, doing: Callable[..., None], *given: Any) -> None:
    st.button(label, key=key, icon=icon, on_click=doing, args=given, disabled=not store().writable)


def _save(here: Chosen, seen: Mapping[str, Any] | None, picked: str) -> None:
    """What is typed in the place of what was seen; the fields keep what is typed where it cannot be kept."""
    typed = typed_fields(picked)
    told = _("The measure is added.") if seen is None else _("The measure is changed.")
    _do(lambda: put_measure(store(), here.schema, typed, who(), instead_of=seen), told, picked)


def _finish(here: Chosen, seen: Mapping[str, Any], picked: str) -> None:
    today = {**seen, "done_on": date.today()}
    _do(lambda: put_measure(store(), here.schema, today, who(), instead_of=seen), _("The measure is finished."), picked)


def _remove(here: Chosen, seen: Mapping[str, Any], picked: str) -> None:
    _do(lambda: remove_measure(store(), here.schema, seen, who()), _("The measure is removed."), picked)


def _undo(here: Chosen, edit: RowEdit, picked: str) -> None:
    _do(lambda: undo_measure(store(), here.schema, edit, who()), _("It is as it was before."), picked, last=True)


def _do(doing: Callable[[], RowEdit], told: str, picked: str, *, last: bool = False) -> None:
    try:
        edit = doing()
    except ManyiError as error:
        st.session_state[_PROBLEM] = error.text(language())
        return
    clear_fields(picked)
    st.session_state[_OUTCOME] = told
    if not last:
        st.session_state[_UNDO] = (edit, picked)


def _show_outcome(here: Chosen) -> None:
    outcome, problem, undo = told_once(_OUTCOME, _PROBLEM, _UNDO)
    if problem:
        st.error(plain(problem))
    if outcome:
        st.info(plain(outcome))
    if outcome and undo is not None:
        st.button(_("Undo"), key="measures_undo_button", on_click=_undo, args=(here, *undo), icon=":material/undo:")
