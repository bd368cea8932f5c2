"""What is shown when something fails."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.words import language
from words.errors import ManyiError, our_fault
from words.shown_text import markdown_text as plain


def show_problem(error: ManyiError) -> None:
    """Shows what the user can put right."""
    st.error(plain(error.text(language())), icon=":material/error:")


def show_failure(error: Exception) -> bool:
    """The one place for what went wrong in a script run: our own sentence, or a number under which the log has the details."""
    show_problem(error if isinstance(error, ManyiError) else our_fault(error))
    return True
