"""Data that come in a sheet that did not come yet: which sheet it is, the blank workbook that has it, and the way to the upload."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.frame.menu import upload_page
from pages._shared.parts.show_missing import show_missing
from pages._shared.session.words import _, language
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.models import SurveySchema
from survey_schema.uploaded_schema import blank_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_missing_sheet(schema: SurveySchema, *kinds: str) -> None:
    """Names the sheet of each kind of data, offers the blank workbook of the survey, which has them all, and the way to the upload."""
    for kind in kinds:
        show_missing(*sheet_words(kind), f"sheet_{kind}")
    offer_sheets(schema, kinds[0])


def sheet_words(kind: str) -> tuple[str, str]:
    """That a sheet did not come yet, and what brings it."""
    name = kind_of(kind).title.text(language())
    return (
        _("No sheet “{sheet}” came yet.").format(sheet=name),
        _("The blank workbook has a sheet “{sheet}”; fill it in and upload it, alone or with responses.").format(sheet=name),
    )


def offer_sheets(schema: SurveySchema, kind: str) -> None:
    """The blank workbook of the survey, and the way to the upload; ``kind`` tells these buttons from others on the page."""
    with st.container(horizontal=True):
        st.download_button(
            _("Blank workbook for this survey"), partial(blank_workbook, schema, language()), f"{schema.name}.xlsx", _XLSX,
            key=f"template_{kind}", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        if st.button(_("Upload a workbook"), key=f"upload_{kind}", icon=":material/upload:"):
            st.switch_page(upload_page())
