"""Methods: how do the numbers come about?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.words import _, said
from pages.explain.methods.chapters import module_text, present_chapters, public_functions
from pages.explain.methods.in_force import show_settings, show_surveys
from pages.explain.methods.verify_box import verify_box
from words.shown_text import markdown_text as plain

EVERY = "every"

show_answer(
    _("How do the numbers come about?"), [Words(_("One definition for each quantity, the same on every page and in every export."))]
)
with card(
    _("Check a seal code"), _("Whether exported figures would be the same today, else what changed, when and by whom."), key="verify"
):
    verify_box()
with card(_("Settings in force"), _("Set by the administrator; they hold for every figure."), key="settings"):
    show_settings()
with card(_("Surveys in the store"), _("Scales, indicator weights and targets come from the survey's own description."), key="surveys"):
    show_surveys()
chapters = {chapter.code: chapter for chapter in present_chapters()}
wanted = pick(
    _("Method"), [EVERY, *chapters], "method_chapter", lambda code: said(chapters[code].title) if code in chapters else _("All methods")
)
for chapter in chapters.values() if wanted == EVERY else [chapters[wanted]]:
    with card(said(chapter.title), key=f"method_{chapter.code}"):
        st.markdown(plain(said(chapter.text)))
        if chapter.formula:
            st.latex(chapter.formula)
        with st.expander(_("From the code (English)"), key=f"code_{chapter.code}"):
            st.code(module_text(chapter.module), language=None, wrap_lines=True)
            for _name, signature, text in public_functions(chapter.module):
                st.markdown(f"`{signature}`")
                st.code(text, language=None, wrap_lines=True)
