"""Step four: why the problem is there, asked on and on; a tree that is edited line by line, and its picture."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.fields import LONGEST_LINE, Fields
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import save, say_problem
from projects.cause_edits import hung_on, ids_below, in_order, shifted, with_cause, without_cause
from projects.plain_choices import cause_choices
from projects.sections import Cause
from reports.document import new_item_id
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

#: Levels that are set further and further in.
_DEEPEST = 5
_MAIN = "main"


def show_causes(work: AtWork) -> None:
    """The problem, the picture, the lines."""
    fields, tree = Fields(work, "causes"), work.project.causes
    fields.text("problem", placeholder=work.project.state.main_problem or _("The main problem of the current state."))
    show_own(work, "cause-fishbone", {**cause_choices(tree), "tests": []}, "fishbone")
    ends = {cause.id for cause in tree.end_causes}
    for depth, cause in in_order(tree):
        _show(fields, depth, cause, end=cause.id in ends and cause.parent is not None)
    with st.container(horizontal=True, vertical_alignment="bottom", key="cause_new"):
        st.text_input(
            _("Another main cause"), key="cause_new_text", max_chars=LONGEST_LINE, autocomplete="off", on_change=_add,
            args=(work, None, "cause_new_text"),
            placeholder=_("People, method, equipment, surroundings …"), disabled=not work.writable,
        )  # fmt: skip


def _show(fields: Fields, depth: int, cause: Cause, *, end: bool) -> None:
    """One line: its text, whether it is an end cause, its menu."""
    level = min(depth, _DEEPEST)
    with st.container(horizontal=True, vertical_alignment="center", key=f"cause_{level}_{cause.id}", gap="small"):
        replace(fields, quiet=True).line(f"causes.{cause.id}.text", hidden=True)
        if end:
            st.markdown(f":gray[{plain(_('end cause'))}]", width="content")
        with st.popover("", icon=":material/more_vert:", key=f"cause_menu_{cause.id}", type="tertiary", disabled=not fields.work.writable):
            _menu(fields.work, cause)


def _menu(work: AtWork, cause: Cause) -> None:
    tree, key = work.project.causes, f"cause_below_{cause.id}"
    st.text_input(
        _("Why? A cause below it"), key=key, max_chars=LONGEST_LINE, autocomplete="off", on_change=_add, args=(work, cause.id, key)
    )
    below = ids_below(tree, cause.id)
    places = [_MAIN, *(each.id for each in tree.causes if each.id not in below)]
    names = distinct_names(
        places, lambda each: _("the problem itself") if each == _MAIN else next(c.text for c in tree.causes if c.id == each)
    )
    now = cause.parent if cause.parent in places else _MAIN
    moved = f"cause_parent_{cause.id}_{now}"
    st.selectbox(
        _("Below the cause"), places, places.index(now), format_func=names.__getitem__, key=moved, filter_mode=None,
        on_change=chosen(moved, places, lambda parent: _move(work, cause, parent)),
    )  # fmt: skip
    with st.container(horizontal=True):
        for steps, icon, name in ((-1, "arrow_upward", _("Further up")), (1, "arrow_downward", _("Further down"))):
            st.button(name, key=f"cause_shift_{steps}_{cause.id}", icon=f":material/{icon}:", on_click=_shift, args=(work, cause, steps))
    st.button(_("Remove"), key=f"cause_drop_{cause.id}", icon=":material/delete:", on_click=_remove, args=(work, cause))


def _add(work: AtWork, parent: str | None, key: str) -> None:
    text = st.session_state[key].strip()
    if text:
        save(work.project, with_cause(work.project.causes, new_item_id(), text, parent))
    st.session_state[key] = ""


def _move(work: AtWork, cause: Cause, parent: str) -> None:
    try:
        save(work.project, hung_on(work.project.causes, cause.id, None if parent == _MAIN else parent))
    except ManyiError as error:
        say_problem(error.text(language()))


def _shift(work: AtWork, cause: Cause, steps: int) -> None:
    save(work.project, shifted(work.project.causes, cause.id, steps))


def _remove(work: AtWork, cause: Cause) -> None:
    tree = work.project.causes
    count = len(ids_below(tree, cause.id))
    told = _("“{cause}” is removed.") if count == 1 else _("“{cause}” is removed with {n} causes below it.")
    save(work.project, without_cause(tree, cause.id), told.format(cause=cause.text, n=count - 1), undo=True)
