"""What storing a workbook would take out of force: said with the numbers, asked once, and once more where far fewer would remain."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages._shared.session.store_access import store
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.draft import UploadDraft
from pages.measure.upload.kinds import place_name
from survey_schema.data_kinds.all_kinds import RESPONSES
from survey_schema.responses import CheckedWorkbook
from words.lists import listed
from words.shown_text import markdown_text as plain

_NAMES_SHOWN = 8


@dataclass(frozen=True)
class Consent:
    """Whether the workbook may be stored as far as replacing goes, and what was agreed to."""

    given: bool
    replace: bool = False
    accept_fewer: bool = False


def ask_to_replace(draft: UploadDraft, checked: CheckedWorkbook) -> Consent:
    """A wave that is there already must be replaced knowingly; nothing is asked where none is."""
    replacing = store().replacements(checked, draft.schema)
    if not replacing:
        return Consent(given=True)
    names = listed([plain(place_name(each.kind, each.label)) for each in replacing], language(), most=_NAMES_SHOWN)
    for each in replacing[:_NAMES_SHOWN]:
        st.caption(plain(said(each.sentence)))
    replace = st.checkbox(
        _("Replace wave {waves}, which is stored already (the old version is kept)").format(waves=names), key=f"replace_{draft.token}"
    )
    there = {wave.label: wave for wave in store().waves(draft.schema.name)}
    if any(there[each.label].weighting for each in replacing if each.kind == RESPONSES and each.label in there):
        st.caption(_("The weighting in force stays with the old version; the new one starts with the weights of its workbook."))
    fewer = [each for each in replacing if each.far_fewer]
    if not replace or not fewer:
        return Consent(given=replace, replace=replace)
    answers = [
        agreed_to_fewer(each.responses, each.instead_of, f"fewer_{draft.token}_{each.kind}_{each.label}") for each in fewer
    ]  # all are shown
    accepted = all(answers)
    return Consent(given=accepted, replace=True, accept_fewer=accepted)


def agreed_to_fewer(responses: int, instead_of: int, key: str) -> bool:
    """The second question where fewer than half of the responses would remain in force."""
    counts = {"new": number(responses, 0), "old": number(instead_of, 0)}
    st.warning(_("These are fewer than half of the responses in force. Is this the right file?"), icon=":material/warning:")
    return st.checkbox(_("Yes, {new} responses are to take the place of {old}").format(**counts), key=key)
