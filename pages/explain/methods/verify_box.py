"""The box that tells whether printed figures would be the same today."""

from __future__ import annotations

import streamlit as st

from answers.seal_words import changed_sentence, sealed_sentence, verdict
from pages._shared.session.sealing import checked
from pages._shared.session.words import _, said
from words.check_codes import EXAMPLE
from words.errors import ManyiError
from words.shown_text import markdown_text as plain


def verify_box() -> None:
    """A field for the code, and below it the answer: equal, or every input that changed."""
    code = st.text_input(
        _("Seal code"), key="seal_code", max_chars=40, placeholder=EXAMPLE, help=_("It stands in the source line of every export.")
    )
    if not code.strip():
        return
    try:
        check = checked(code)
    except ManyiError as error:
        st.warning(plain(said(error.message)))
        return
    if check.equal:
        st.success(plain(said(verdict(check))))
    else:
        told = "\n".join(f"- {plain(said(changed_sentence(each)))}" for each in check.changed)
        st.warning(f"{plain(said(verdict(check)))}\n\n{told}")
    st.caption(plain(said(sealed_sentence(check))))
