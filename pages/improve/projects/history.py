"""Who changed what, and the way back to an earlier version."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language, said
from pages.improve.projects.at_work import AtWork, projects
from pages.improve.projects.saving import say_done, say_problem
from projects.words import SECTION_TITLES
from reports.print.printed_page import Phrase
from storage.projects import ProjectChange
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

#: Changes shown at once; older ones are unfolded.
_SHOWN = 30


def show_history(work: AtWork) -> None:
    """The changes, latest first."""
    changes = projects().history(work.project.project_id)[::-1]
    with card(_("Who changed what"), _("Going back makes a new version; nothing is lost."), key="project_history"):
        for each in changes[:_SHOWN]:
            _show(work, each, last=each is changes[0])
        if len(changes) > _SHOWN:
            with st.expander(_("{n} earlier changes").format(n=len(changes) - _SHOWN), key="project_older", on_change="rerun") as older:
                if older.open:
                    for each in changes[_SHOWN:]:
                        _show(work, each, last=False)


def _show(work: AtWork, each: ProjectChange, *, last: bool) -> None:
    told = _("{when} · {who}").format(when=f"{each.at.astimezone():%Y-%m-%d %H:%M}", who=each.by)
    title = said(SECTION_TITLES[each.section])
    note_words([Phrase(f"{each.number} {title} "), Phrase(told, "muted")])
    with st.container(horizontal=True, vertical_alignment="center", key=f"change_{each.number}"):
        st.markdown(f"**{each.number}** {plain(title)}  \n:gray[{plain(told)}]", width="stretch")
        if not last:
            st.button(
                _("Go back to this"), key=f"back_{each.number}", on_click=_go_back, args=(work, each.number), type="tertiary",
                icon=":material/history:", disabled=not work.writable,
            )  # fmt: skip


def _go_back(work: AtWork, version: int) -> None:
    try:
        projects().go_back(work.project, version)
    except ManyiError as error:
        say_problem(error.text(language()))
        return
    say_done(_("The project is as it was at version {n}, as a new version.").format(n=version))
