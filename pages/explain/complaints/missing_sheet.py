"""What a page cannot show for want of a sheet: which sheet brings it, and a blank workbook that has it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.parts.show_missing import show_missing
from pages._shared.session.words import _, language
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.models import SurveySchema
from survey_schema.uploaded_schema import blank_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_missing_sheet(missing: str, kind: str, schema: SurveySchema) -> None:
    """``missing`` says what is not there; ``kind`` is the kind of data that brings it."""
    sheet = kind_of(kind).title.text(language())
    show_missing(missing, _("The sheet “{sheet}” of a workbook brings it; the blank workbook has it.").format(sheet=sheet), kind)
    st.download_button(
        _("Blank workbook for this survey"), partial(blank_workbook, schema, language()), f"{schema.name}.xlsx", _XLSX,
        key=f"template_{kind}", on_click="ignore", icon=":material/download:",
    )  # fmt: skip
