"""Step two of Upload: the file itself."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.words import _, number, said
from pages.measure.upload.draft import UploadDraft, draft, drop_round, forget_draft, take_file
from pages.measure.upload.make_draft import take_workbook
from pages.measure.upload.storing import forget_stored
from survey_schema.models import SurveySchema
from words.shown_text import markdown_text as plain

KINDS = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt", "sav", "zsav"]


def receive_file(schema: SurveySchema) -> None:
    """The drop area; a new file is read and checked at once. What is wrong with the file as a whole is said here."""
    key = f"workbook_file_{drop_round()}"
    with st.container(key="drop_area"):
        uploaded = st.file_uploader(
            _("Workbook of survey answers"), KINDS, key=key, on_change=_take, args=(key, schema), label_visibility="collapsed"
        )
    st.caption(_("Excel (.xlsx, .xlsm, .xlsb, .xls), WPS and OpenDocument (.ods), text (.csv in UTF-8, UTF-16 or GB18030) or SPSS (.sav)."))
    now = draft()
    if now is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="draft_name"):
        st.markdown(f"**{plain(now.name)}** · {number(len(now.content) / 1024, 0)} kB")
        if uploaded is None:  # back from another page: the file is still being worked on
            st.button(_("Put aside"), key="forget", type="tertiary", on_click=forget_draft, icon=":material/close:")
    if now.problem:
        st.error(plain(said(now.problem)), icon=":material/error:")
    if now.sealed is not None and (now.checked is None or not now.checked.storable):
        st.button(
            _("It belongs to no survey yet: make one from it"), key="make_from_this", icon=":material/auto_fix_high:", type="tertiary",
            on_click=_make_from, args=(now,),
        )  # fmt: skip


def _make_from(now: UploadDraft) -> None:
    """Takes the file along to the part that makes a survey of it."""
    st.session_state["upload_part"] = "make"
    forget_draft()
    take_workbook(now.name, now.content)


def _take(key: str, schema: SurveySchema) -> None:
    forget_stored()
    uploaded = st.session_state.get(key)
    if uploaded is None:
        forget_draft()
    else:
        take_file(uploaded.name, uploaded.getvalue(), schema)
