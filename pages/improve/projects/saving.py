"""Every change of a project is kept at once. Of two people's changes of one step both are kept; of one field, both texts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import ValidationError

from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from pages.improve.projects.at_work import projects
from projects.changing import Clash, merged, with_value
from projects.evidence import Part
from projects.plain_rows import text_of
from projects.project import Project, section_of
from storage.committing import ChangedMeanwhile
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME, _PROBLEM, _UNDO = "projects_outcome", "projects_problem", "projects_undo"
_CLASHES, _UNSAVED, _WRITTEN = "projects_clashes", "projects_unsaved", "projects_written"
#: Others may be faster so often before a change stays in its window.
_TRIES = 4


@dataclass(frozen=True)
class _Both:
    """A field two people wrote: whose theirs is, and where mine is kept."""

    project_id: str
    section: str
    who: str
    clash: Clash


def save(project: Project, part: Part, told: str = "", *, undo: bool = False) -> None:
    """Keeps a section that was made from ``project``; says so where ``told``, with a way back where ``undo``."""
    name = section_of(part)
    try:
        _keep(project, part)
    except ManyiError as error:
        say_problem(error.text(language()))
        st.session_state.setdefault(_UNSAVED, {})[project.project_id, name] = part
        return
    st.session_state.setdefault(_UNSAVED, {}).pop((project.project_id, name), None)
    if told:
        st.session_state[_OUTCOME] = told
    if undo:
        st.session_state[_UNDO] = (project.project_id, project.sections[name])


def put(project: Project, section: str, path: str, value: object) -> None:
    """Keeps one value of a section."""
    try:
        save(project, with_value(project.sections[section], path, value))
    except ValidationError:
        say_problem(_("This value cannot stand there, so it is not kept."))


def say_problem(told: str) -> None:
    """What could not be done, said by the run after the click."""
    st.session_state[_PROBLEM] = told


def say_done(told: str) -> None:
    """What was done, said by the run after the click."""
    st.session_state[_OUTCOME] = told


def unsaved(project_id: str) -> Mapping[str, Part]:
    """Sections of a project that could not be kept, and wait in this window."""
    return {name: part for (of, name), part in st.session_state.get(_UNSAVED, {}).items() if of == project_id}


def _keep(project: Project, part: Part) -> None:
    name, base, mine = section_of(part), project, part
    for _try in range(_TRIES):
        try:
            _write(base, mine, name)
            return
        except ChangedMeanwhile:
            latest = projects().open(project.project_id)
            mine, clashes = merged(project.sections[name], part, latest.sections[name])
            if (project.project_id, name, latest.numbers[name]) in st.session_state.get(_WRITTEN, ()):
                mine = _with_mine(mine, clashes)  # typed in this window faster than it was drawn again
            elif clashes:
                mine = _kept_both(latest, project, part, name, clashes)
            else:
                st.session_state[_OUTCOME] = _("{who} changed this step too; both changes are kept.").format(who=_writer(latest, name))
            base = projects().open(project.project_id)
    _write(base, mine, name)


def _write(base: Project, part: Part, name: str) -> None:
    """Keeps the section, and remembers that this window wrote it."""
    saved = projects().save(base, part)
    st.session_state.setdefault(_WRITTEN, set()).add((base.project_id, name, saved.numbers[name]))


def _with_mine(found: Part, clashes: tuple[Clash, ...]) -> Part:
    for clash in clashes:
        found = with_value(found, clash.path, clash.mine)
    return found


def _kept_both(latest: Project, project: Project, part: Part, name: str, clashes: tuple[Clash, ...]) -> Part:
    """Mine becomes a version, then theirs is put back, so that both are in the history whatever becomes of this window."""
    found = merged(project.sections[name], part, latest.sections[name])[0]
    _write(latest, _with_mine(found, clashes), name)
    both = [_Both(project.project_id, name, _writer(latest, name), clash) for clash in clashes]
    st.session_state[_CLASHES] = [*st.session_state.get(_CLASHES, []), *both]
    return found


def _writer(project: Project, section: str) -> str:
    number = project.numbers.get(section, 0)
    return next((each.by for each in projects().history(project.project_id) if each.number == number), "?")


def show_outcome(project: Project | None) -> None:
    """What the last change said, what two people wrote into one field, and what could not be kept."""
    outcome, problem, undo = told_once(_OUTCOME, _PROBLEM, _UNDO)
    if problem:
        st.error(plain(problem))
    if outcome:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(plain(outcome))
            if undo is not None:
                st.button(_("Undo"), key="projects_undo_button", on_click=_undo, args=undo, icon=":material/undo:")
    if project is None:
        return
    for place, both in enumerate(st.session_state.get(_CLASHES, [])):
        if both.project_id == project.project_id:
            _show_clash(project, both, place)
    for name, part in unsaved(project.project_id).items():
        st.warning(_("What you wrote last is in this window only, and not kept yet."))
        st.button(_("Try again"), key=f"projects_again_{name}", on_click=save, args=(project, part))


def _show_clash(project: Project, both: _Both, place: int) -> None:
    with st.container(border=True, key=f"card_clash_{place}"):
        told = _("{who} wrote here at the same time. Theirs stands; yours is kept as a version of its own.").format(who=both.who)
        st.markdown(f"**{plain(told)}**")
        st.markdown(f"{plain(_('What they wrote'))}: {plain(_text(both.clash.theirs))}")
        st.markdown(f"{plain(_('What you wrote'))}: {plain(_text(both.clash.mine))}")
        with st.container(horizontal=True):
            st.button(_("Keep theirs"), key=f"clash_theirs_{place}", on_click=_settle, args=(both, None))
            st.button(_("Put yours in its place"), key=f"clash_mine_{place}", on_click=_settle, args=(both, project), type="primary")


def _text(value: Any) -> str:
    return text_of(value, language()) or "–"


def _settle(both: _Both, project: Project | None) -> None:
    st.session_state[_CLASHES] = [each for each in st.session_state.get(_CLASHES, []) if each != both]
    if project is not None:
        put(project, both.section, both.clash.path, both.clash.mine)


def _undo(project_id: str, before: Part) -> None:
    save(projects().open(project_id), before, _("It is as it was before."))
