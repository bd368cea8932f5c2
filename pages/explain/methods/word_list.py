"""The glossary: what the words mean that stand on the pages."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages._shared.parts.cards import card, side_by_side
from pages._shared.session.words import _, language, said
from words.glossary import GLOSSARY, Term
from words.shown_text import markdown_text as plain


def show_words() -> None:
    """Every term with its meaning, or those in which what is searched for stands."""
    with card(_("What the words mean"), _("The terms of these pages, reports and files in plain words."), key="glossary"):
        wanted = st.text_input(_("Search"), key="glossary_search", placeholder=_("a term, such as interval"))
        found = [term for term in GLOSSARY if not wanted.strip() or term.is_asked_for(wanted, language())]
        if not found:
            st.caption(_("No term has these words."))
            return
        half = (len(found) + 1) // 2
        for place, some in zip(side_by_side(1, 1), (found[:half], found[half:]), strict=True):
            with place:
                _show(some)


def _show(found: Sequence[Term]) -> None:
    """Terms with their meanings, one a row."""
    if found:
        table = {_("Term"): [f"**{plain(said(term.title))}**" for term in found], _("Meaning"): [plain(said(term.text)) for term in found]}
        st.table(pd.DataFrame(table), border="horizontal", hide_index=True, alt=_("What the words mean"))
