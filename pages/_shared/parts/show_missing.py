"""What a page cannot show, and what would bring it."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.shown_here import note_words
from reports.print.printed_page import Phrase
from words.shown_text import markdown_text as plain


def show_missing(missing: str, brings: str, key: str) -> None:
    """A quiet box: what is missing, and what would bring it."""
    note_words([Phrase(missing)])
    note_words([Phrase(brings)], "small")
    with st.container(border=True, key=f"card_missing_{key}"):
        st.markdown(f"**{plain(missing)}**  \n:gray[{plain(brings)}]")
