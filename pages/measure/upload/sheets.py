"""Which sheets of a workbook are read: one, or all that hold responses as one."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.words import _, language, said
from pages.measure.upload.draft import UploadDraft, choose_sheet, draft, join_all_sheets
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.read.join_sheets import columns_for_names
from words.lists import listed
from words.shown_text import markdown_text as plain


def choose_sheets(now: UploadDraft, matching: Matching) -> None:
    """The choice of the sheet where a workbook has several; asked for where several look like responses."""
    names = now.sealed.sheet_names if now.sealed else ()
    if len(names) < 2:
        return
    if now.apart is not None:
        st.error(said(now.apart))
    if matching.other_sheets:
        others = listed([plain(name) for name in (matching.sheet or "", *matching.other_sheets)], language())
        st.warning(
            _("Several sheets look like responses: {sheets}. Choose the one to read, or read all of them as one.").format(sheets=others)
        )
    key, join_key = f"sheet_{now.token}", f"join_{now.token}"
    read = None if matching.other_sheets or now.all_sheets else matching.sheet
    left, right = st.columns(2)
    with left:
        st.selectbox(
            _("Sheet to read"), names, index=names.index(read) if read in names else None, key=key, placeholder=_("Choose …"),
            on_change=chosen(key, names, lambda name: _choose_one(name, join_key)), disabled=now.all_sheets,
        )  # fmt: skip
    if matching.other_sheets or now.all_sheets or now.apart is not None:
        with right:
            st.checkbox(_("Read all of them as one"), value=now.all_sheets, key=join_key, on_change=lambda: _join(key, join_key))
            if now.all_sheets:
                _choose_meaning(now, matching)


def _choose_meaning(now: UploadDraft, matching: Matching) -> None:
    key = f"names_{now.token}"
    codes = [column.code for column in columns_for_names(now.schema) if column.code not in matching.targets or column.code == now.sheet_as]
    titles = {code: f"{code} · {now.schema.title_of(code, language())}" for code in codes}
    st.selectbox(
        _("The names of the sheets are"), codes, index=codes.index(now.sheet_as) if now.sheet_as in codes else None, key=key,
        placeholder=_("nothing of the survey"), format_func=titles.__getitem__,
        on_change=chosen(key, codes, join_all_sheets),
    )  # fmt: skip


def _choose_one(name: str | None, join_key: str) -> None:
    choose_sheet(name)
    st.session_state[join_key] = False


def _join(key: str, join_key: str) -> None:
    if st.session_state[join_key]:
        join_all_sheets()
        st.session_state[key] = None
    else:
        choose_sheet(None)
    after = draft()
    st.session_state[join_key] = bool(after and after.all_sheets)
