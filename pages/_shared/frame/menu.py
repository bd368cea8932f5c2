"""The menu: which pages there are, in which section, and why one of them has nothing to show of the survey in view."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from pages._shared.frame.page_list import ENTRIES, FIRST, SECTIONS, UNKNOWN
from pages._shared.frame.unknown_address import show_unknown_address
from pages._shared.session.words import _, said

#: Pages that work without a wave in the store.
_ALWAYS = {"upload", "methods", "indicators", "report", "projects", UNKNOWN}
#: Those of them that work on the global selections once there are waves, and those that have selections of their own but are printed.
_SELECTING, _PRINTED = {"indicators"}, {"projects"}


def menu(reasons: Mapping[str, str]) -> dict[str, list[Page]]:
    """Section → pages, in the language of this run.

    A page with a reason is grey and says it as its help, to a mouse and to a screen reader; it stays a link, for the page says there what
    brings it.
    """
    sections = {said(title): [_page(entry.address, reasons.get(entry.address)) for entry in entries] for title, entries in SECTIONS}
    nowhere = st.Page(show_unknown_address, title=_("No such page"), url_path=UNKNOWN, visibility="hidden")
    return {**sections, "": [nowhere]}


def needs_waves(page: Page) -> bool:
    """Whether a page shows results, which need at least one stored wave."""
    return page.url_path not in _ALWAYS


def shows_selections(page: Page) -> bool:
    """Whether the bar of global selections stands above a page, as far as there are waves to select from."""
    return needs_waves(page) or page.url_path in _SELECTING


def is_printed(page: Page) -> bool:
    """Whether a page without the bar of global selections can be printed."""
    return page.url_path in _PRINTED


def methods_page() -> Page:
    """The page that says how numbers come about and what words mean."""
    return _page("methods")


def upload_page() -> Page:
    """The page where workbooks come in."""
    return _page("upload")


def control_charts_page() -> Page:
    """The page that says whether a movement is a signal."""
    return _page("control_charts")


def branches_page() -> Page:
    """The page of the branches."""
    return _page("branches")


def projects_page() -> Page:
    """The page where QC groups work."""
    return _page("projects")


def measures_page() -> Page:
    """The page where measures are written down and followed."""
    return _page("measures")


def overview_page() -> Page:
    """The page everybody starts on."""
    return _page(FIRST)


def _page(address: str, reason: str | None = None) -> Page:
    entry = ENTRIES[address]
    return st.Page(entry.script, title=said(entry.title), url_path=address, default=address == FIRST, help=reason)
