"""Saving a report under a name, and the shelf of those that are saved: versions, opening, deleting."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.session.reporting import shelf
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language
from pages.report.report.outcome import doing
from reports.shelf import AtWork
from storage.saved_reports import LONGEST_NAME, SavedReport
from words.shown_text import markdown_text as plain

_DELETING = "report_deleting"


def saved_words(work: AtWork) -> str:
    """Whether the work is saved, and as what."""
    if work.saved is None:
        return _("not saved yet")
    words = _("changed since version {version} of “{name}”") if work.changed else _("saved as version {version} of “{name}”")
    return words.format(version=work.saved.version, name=work.saved.name)


def show_saving(work: AtWork) -> None:
    """The name, and the buttons that save."""
    name = work.report.name or work.report.cover.title
    with card(_("Save"), _("What you are working on is kept as you go; a saved report has versions and a name."), key="report_saving"):
        key = f"report_name_{name}"
        st.text_input(_("Name"), name, key=key, max_chars=LONGEST_NAME, autocomplete="off")
        off = not store().writable
        with st.container(horizontal=True):
            label = _("Save version {version}").format(version=work.saved.version + 1) if work.saved else _("Save")
            st.button(label, key="report_save", type="primary", on_click=_save, args=(key, False), disabled=off)
            if work.saved:
                st.button(_("Save as a new report"), key="report_save_new", on_click=_save, args=(key, True), disabled=off)
            words = _("Begin a new report")
            st.button(words, key="report_begin", on_click=_begin, disabled=off, type="tertiary") if not work.changed else _ask_first(words)


def _ask_first(words: str) -> None:
    """What is not saved would be lost, so it is asked."""
    with st.popover(words, key="report_begin_asked", type="tertiary"):
        st.markdown(_("The changes that are not saved will be lost."))
        st.button(_("Begin anew"), key="report_begin", on_click=_begin)


def show_saved(work: AtWork) -> None:
    """The saved reports, each with its versions."""
    there = shelf().saved()
    if not there:
        return
    with card(_("Saved reports"), key="report_shelf"):
        for each in there:
            _show_saved(each, work)


def _show_saved(each: SavedReport, work: AtWork) -> None:
    versions = shelf().versions(each.report_id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"saved_{each.report_id}"):
        st.markdown(f"**{plain(each.name)}**  \n:gray[{plain(_told(each))}]", width="stretch")
        if len(versions) > 1:
            with st.popover(_("{n} versions").format(n=len(versions)), key=f"versions_{each.report_id}", type="tertiary"):
                for version in reversed(versions):
                    _opener(_told(version), version, work, f"open_{each.report_id}_{version.version}")
        _opener(_("Open report"), each, work, f"open_{each.report_id}")
        with st.popover(_("Delete"), key=f"delete_{each.report_id}", type="tertiary", disabled=not store().writable):
            items = len(each.definition["items"])
            told = _("“{name}” with {versions} versions, the newest of {items} items, will be deleted for good.")
            st.markdown(plain(told.format(name=each.name, versions=len(versions), items=items)))
            st.button(_("Delete for good"), key=f"delete_now_{each.report_id}", type="primary", on_click=_delete, args=(each,))


def _opener(words: str, version: SavedReport, work: AtWork, key: str) -> None:
    """Opens a version; where the work is not saved, it is asked first."""
    off = not store().writable
    if not work.changed:
        st.button(plain(words), key=key, on_click=_open, args=(version,), disabled=off)
        return
    told = _("What you are working on is not saved and will be replaced.")
    st.button(plain(words), key=key, on_click=_ask_to_open, args=(key,), disabled=off)
    if st.session_state.get("report_asked") == key:
        st.warning(told)
        st.button(_("Open all the same"), key=f"{key}_sure", on_click=_open, args=(version,))


def _ask_to_open(key: str) -> None:
    st.session_state["report_asked"] = key


def _told(each: SavedReport) -> str:
    return _("version {version} · {when} · {who}").format(
        version=each.version, when=f"{each.saved_at.astimezone():%Y-%m-%d %H:%M}", who=each.saved_by
    )


def _open(version: SavedReport) -> None:
    st.session_state.pop("report_asked", None)
    doing(partial(shelf().open, version.report_id, version.version), _("Version {n} is open.").format(n=version.version))


def _save(key: str, anew: bool) -> None:
    doing(lambda: shelf().save(st.session_state[key], anew=anew), _("The report is saved."))


def _begin() -> None:
    doing(partial(shelf().begin, language()))


def _delete(each: SavedReport) -> None:
    doing(partial(shelf().delete, each), _("The report is deleted."))
