"""Methods: how do the numbers come about, and what do the words mean?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.words import _, said
from pages.explain.methods.chapters import present_chapters
from pages.explain.methods.in_force import show_settings, show_surveys
from pages.explain.methods.one_method import show_method
from pages.explain.methods.verify_box import verify_box
from pages.explain.methods.word_list import show_words

show_answer(
    _("How do the numbers come about?"), [Words(_("One definition for each quantity, the same on every page and in every export."))]
)
views = {
    "methods": _("Methods"),
    "words": _("What the words mean"),
    "settings": _("Settings and surveys"),
    "verify": _("Check a seal code"),
}
view = pick_view(_("Part"), views, "methods_view")
if view == "words":
    show_words()
elif view == "settings":
    with card(_("Settings in force"), _("Set by the administrator; they hold for every figure."), key="settings"):
        show_settings()
    with card(_("Surveys in the store"), _("Scales, indicator weights and targets come from the survey's own description."), key="surveys"):
        show_surveys()
elif view == "verify":
    with card(
        _("Check a seal code"), _("Whether exported figures would be the same today, else what changed, when and by whom."), key="verify"
    ):
        verify_box()
else:
    chapters = {chapter.code: chapter for chapter in present_chapters()}
    wanted = pick(_("Method"), list(chapters), "method_chapter", lambda code: said(chapters[code].title))
    show_method(chapters[wanted])
    with st.expander(_("All methods"), key="all_methods", on_change="rerun") as every:
        if every.open:
            for chapter in chapters.values():
                show_method(chapter, code=False)
