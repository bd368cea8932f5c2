"""What is shown when something fails."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from pages._shared.session.words import _, language
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

logger = logging.getLogger("manyi")


def show_problem(error: ManyiError) -> None:
    """Shows what the user can put right."""
    st.error(plain(error.text(language())), icon=":material/error:")


def show_failure(error: Exception) -> bool:
    """The one place for what went wrong in a script run: our own sentence, or a number under which the log has the details."""
    if isinstance(error, ManyiError):
        show_problem(error)
        return True
    number = secrets.token_hex(3).upper()
    logger.error("error %s", number, exc_info=error)
    sentence = _("Something went wrong on our side. Please try again; if it stays, tell your administrator error number {number}.")
    st.error(plain(sentence.format(number=number)), icon=":material/error:")
    return True
