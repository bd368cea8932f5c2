"""The cover of a report and its language."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.session.choosing import chosen
from pages._shared.session.words import _
from pages.report.report.outcome import change
from reports.document import Report
from words.language import LANGUAGES, Language

LONGEST = 200
_NAMES = {"zh_CN": "中文", "en": "English"}


def show_cover(report: Report) -> None:
    """Its texts; an empty title is that of the survey, an empty date the day a file is made."""
    names = {
        "title": _("Title"), "subtitle": _("Subtitle"), "organisation": _("Organisation"), "author": _("Author"), "date": _("Date"),
    }  # fmt: skip
    usual = {"title": _("the survey's name"), "date": _("the day the file is made")}
    with card(_("Cover"), key="report_cover"):
        for name, label in names.items():
            stored = getattr(report.cover, name)
            key = f"cover_{name}_{stored}"
            st.text_input(
                label, stored, key=key, max_chars=LONGEST, placeholder=usual.get(name, ""), autocomplete="off", on_change=_write,
                args=(name, key),
            )  # fmt: skip
        key = f"report_language_{report.language}"
        st.segmented_control(
            _("Language of the report"), list(LANGUAGES), default=report.language, required=True, key=key, format_func=_NAMES.__getitem__,
            on_change=chosen(key, LANGUAGES, _speak),
        )  # fmt: skip


def _write(name: str, key: str) -> None:
    typed = st.session_state[key].strip()
    change(lambda report: replace(report, cover=replace(report.cover, **{name: typed})))


def _speak(spoken: Language) -> None:
    change(lambda report: replace(report, language=spoken))
