"""What the last click did, said above the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared.session.reporting import shelf
from pages._shared.session.told_once import told_once
from pages._shared.session.words import language
from reports.document import Report
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME, _PROBLEM = "report_outcome", "report_problem"


def doing(work: Callable[[], object], told: str = "") -> bool:
    """Does something to the reports and says afterwards that it is done, or why not; whether it went well."""
    try:
        work()
    except ManyiError as error:
        st.session_state[_PROBLEM] = error.text(language())
        return False
    if told:
        st.session_state[_OUTCOME] = told
    return True


def change(step: Callable[[Report], Report], parts: Sequence[str] = (), told: str = "") -> None:
    """One step of the work on the report, kept at once; ``parts`` are contents it names that are new."""
    doing(lambda: shelf().change(step, language(), parts=parts), told)


def show_outcome() -> None:
    """The sentence of the last click."""
    for sentence, show in zip(told_once(_PROBLEM, _OUTCOME), (st.error, st.info), strict=True):
        if sentence:
            show(plain(sentence))
