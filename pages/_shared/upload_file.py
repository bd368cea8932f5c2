"""Step two of Upload: the file itself."""

from __future__ import annotations

import streamlit as st

from pages._shared.messages import plain
from pages._shared.upload_draft import draft, forget_draft, take_file
from pages._shared.upload_storing import forget_stored
from pages._shared.words import _, number, said
from survey_schema.models import SurveySchema

KINDS = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt"]
_SEEN = "upload_seen"


def receive_file(schema: SurveySchema) -> None:
    """The drop area; a new file is read and checked at once. What is wrong with the file as a whole is said here."""
    uploaded = st.file_uploader(
        _("Workbook of survey answers"), KINDS, key="workbook_file",
        help=_("Excel (.xlsx, .xlsm, .xlsb, .xls), WPS and OpenDocument (.ods) or text (.csv in UTF-8, UTF-16 or GB18030)."),
    )  # fmt: skip
    if uploaded and st.session_state.get(_SEEN) != uploaded.file_id:
        st.session_state[_SEEN] = uploaded.file_id
        forget_stored()
        take_file(uploaded.name, uploaded.getvalue(), schema)
    now = draft()
    if now is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{plain(now.name)} · {number(len(now.content) / 1024, 0)} kB")
        st.button(_("Put aside"), key="forget", type="tertiary", on_click=forget_draft, icon=":material/close:")
    if now.problem:
        st.error(plain(said(now.problem)), icon=":material/error:")
