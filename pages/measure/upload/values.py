"""Between columns and findings: what only a person can say about values, and what was said."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.words import _, language
from pages.measure.upload.draft import UploadDraft, take_back, tell
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.value_questions import ValueQuestion
from words.shown_text import markdown_text as plain


def show_values(draft: UploadDraft, checked: CheckedWorkbook) -> None:
    """One question each, then the answers that hold, each of which can be taken back."""
    if checked.questions:
        st.markdown("**" + _("Please say how these values are meant; until then nothing can be stored.") + "**")
    for place, question in enumerate(checked.questions):
        _ask(draft, question, place)
    if draft.told:
        st.caption(_("What was said about values; it holds for the next workbook of this kind too."))
    for place, told in enumerate(draft.told):
        st.button(
            plain(told), key=f"told_{draft.token}_{place}", icon=":material/undo:", help=_("Take this answer back"), type="tertiary",
            on_click=take_back, args=(told,),
        )  # fmt: skip


def _ask(draft: UploadDraft, question: ValueQuestion, place: int) -> None:
    key = f"value_{draft.token}_{len(draft.told)}_{place}"
    options = [option for option, _words in question.options]
    st.selectbox(
        plain(question.text(language())), options, index=None, key=key, placeholder=_("Choose …"),
        width=560, format_func=lambda option: question.option_text(option, language()),
        on_change=chosen(key, options, lambda option: _take(question, option)),
    )  # fmt: skip


def _take(question: ValueQuestion, option: str | None) -> None:
    if option is not None:
        tell(question, option)
