"""Branches renamed or merged, where the survey is managed: which count as another one since when, a new one, and undoing."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from answers.branch_mapping import branches_to_map, map_branch, mappings_seen, undo_mapping
from answers.source import StoreSource
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from storage.branch_mappings import LONGEST_NOTE, BranchMapping
from survey_schema.columns import Role
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME = "branches_outcome"
_OLD, _NEW, _SINCE, _NOTE = "branch_old", "branch_new", "branch_since", "branch_note"


def show_renamed(source: StoreSource) -> None:
    """What came of the last step, the mappings there are, the form for another one."""
    (outcome,) = told_once(_OUTCOME)
    if isinstance(outcome, ManyiError):
        show_problem(outcome)
    elif outcome:
        st.success(plain(outcome), icon=":material/check_circle:")
    st.caption(
        _("A branch that was renamed or merged counts as another one in every wave. Stored files stay as they are, and it can be undone.")
    )
    there = mappings_seen(source)
    if there:
        st.dataframe(
            _table(source, there), hide_index=True, placeholder="", key="branch_mappings", alt=_("Branches that count as another one")
        )
    known = branches_to_map(source)
    names = {code: source.schema.value_title(Role.BRANCH, code, language()) for code in known}
    free = [code for code in known if code not in {each.source for each in there}]
    if len(known) < 2:
        st.caption(_("There are no two branches yet."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="branch_form"):
        st.selectbox(_("Branch"), free, index=None, key=_OLD, format_func=names.__getitem__, placeholder=_("Choose …"), width=240)
        st.selectbox(_("counts as"), list(known), index=None, key=_NEW, format_func=names.__getitem__, placeholder=_("Choose …"), width=240)
        st.date_input(_("Since"), value="today", key=_SINCE, width=160)
        st.text_input(_("Why, in a few words"), key=_NOTE, max_chars=LONGEST_NOTE, width=280)
    ready = bool(st.session_state.get(_OLD) and st.session_state.get(_NEW))
    with st.container(horizontal=True, vertical_alignment="bottom", key="branch_buttons"):
        st.button(_("Count it so"), key="branch_map", type="primary", disabled=not ready, on_click=_map, args=(source, names))
        if there:
            st.selectbox(
                _("Undo"), [each.source for each in there], index=None, key="branch_undo", placeholder=_("Undo …"), width=240,
                format_func=lambda code: names.get(code, code), label_visibility="collapsed",
            )  # fmt: skip
            chosen = st.session_state.get("branch_undo")
            st.button(_("Undo"), key="branch_undo_do", icon=":material/undo:", disabled=not chosen, on_click=_undo, args=(source, chosen))


def _table(source: StoreSource, there: tuple[BranchMapping, ...]) -> pd.DataFrame:
    def name(code: str) -> str:
        return source.schema.value_title(Role.BRANCH, code, language())

    rows = [
        (
            name(each.source),
            name(each.target),
            each.since.isoformat(),
            each.note,
            each.made_by,
            f"{each.made_at.astimezone():%Y-%m-%d %H:%M}",
        )
        for each in there
    ]
    return pd.DataFrame(rows, columns=(_("Branch"), _("Counts as"), _("Since"), _("Note"), _("Made by"), _("Made at")))


def _map(source: StoreSource, names: dict[str, str]) -> None:
    old, new = st.session_state[_OLD], st.session_state[_NEW]
    since = st.session_state.get(_SINCE) or date.today()
    try:
        map_branch(source, old, new, since, who(), st.session_state.get(_NOTE, ""))
    except ManyiError as error:
        st.session_state[_OUTCOME] = error
        return
    for key in (_OLD, _NEW, _NOTE):
        st.session_state.pop(key, None)
    st.session_state[_OUTCOME] = _("{old} counts as {new} from now on.").format(old=names[old], new=names[new])


def _undo(source: StoreSource, old: str) -> None:
    try:
        undo_mapping(source, old, who())
    except ManyiError as error:
        st.session_state[_OUTCOME] = error
        return
    st.session_state.pop("branch_undo", None)
    st.session_state[_OUTCOME] = _("{old} is a branch of its own again.").format(old=old)
