"""One method in words and as a formula, with what the code says of itself."""

from __future__ import annotations

import streamlit as st

from answers.topic import Chapter
from pages._shared.parts.cards import card
from pages._shared.session.words import _, said
from pages.explain.methods.chapters import module_text, public_functions
from words.shown_text import markdown_text as plain


def show_method(chapter: Chapter, *, code: bool = True) -> None:
    """A card with the method; ``code`` adds the docstrings, folded."""
    with card(said(chapter.title), key=f"method_{chapter.code}" if code else f"method_among_all_{chapter.code}"):
        st.markdown(plain(said(chapter.text)))
        if chapter.formula:
            st.latex(chapter.formula)
        if code:
            with st.expander(_("From the code (English)"), key=f"code_{chapter.code}"):
                st.code(module_text(chapter.module), language=None, wrap_lines=True)
                for _name, signature, text in public_functions(chapter.module):
                    st.markdown(f"`{signature}`")
                    st.code(text, language=None, wrap_lines=True)
