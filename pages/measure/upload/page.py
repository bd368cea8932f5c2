"""Upload: is this workbook fit to become a wave, and with which respondent weights?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.show_answer import show_answer
from pages._shared.session.words import _
from pages.measure.upload.answer import answer_parts
from pages.measure.upload.columns import show_columns
from pages.measure.upload.draft import draft, take_schema
from pages.measure.upload.file import receive_file
from pages.measure.upload.findings import show_findings
from pages.measure.upload.kinds import show_kinds
from pages.measure.upload.make import show_making
from pages.measure.upload.stored_waves import show_waves
from pages.measure.upload.storing import show_stored, show_storing
from pages.measure.upload.survey import choose_survey
from pages.measure.upload.unknown import remembered, show_unknown
from pages.measure.upload.values import show_values
from pages.measure.upload.weights import show_weights

parts = {"workbook": _("Workbook"), "make": _("Make a survey from a workbook"), "weights": _("Respondent weights")}
asked = st.query_params.get("part")  # a link may lead straight to a part
part = st.segmented_control(
    _("Part"), list(parts), format_func=parts.__getitem__, default=asked if asked in parts else "workbook", key="upload_part",
    label_visibility="collapsed", persist_state="session", required=True,
)  # fmt: skip
if part == "make":
    show_making()
    st.stop()
if part == "weights":
    show_weights()
    st.stop()

headline = st.container()
with card(_("1 · Survey"), key="survey"):
    schema = choose_survey()
with card(_("2 · Workbook"), key="workbook"):
    if schema:
        take_schema(schema)
        receive_file(schema)
    else:
        st.caption(_("Choose a survey first."))

now = draft()
if now and now.checked:
    if now.matching and now.matching.columns:
        with card(_("3 · Columns"), key="columns"):
            show_columns(now)
    if now.checked.kinds:
        with card(_("Data beside responses"), key="kinds"):
            show_kinds(now.checked, now.schema)
    if now.checked.unknown.total or remembered(now.schema.name):
        with card(_("Unknown values"), key="unknown"):
            show_unknown(now, now.checked)
    if now.checked.questions or now.told:
        with card(_("Values to be explained"), key="values"):
            show_values(now, now.checked)
    with card(_("4 · Findings"), key="findings"):
        show_findings(now, now.checked)
    with card(_("5 · Store"), key="storing"):
        show_storing(now, now.checked)
show_stored()
with headline:
    show_answer(_("Is this workbook fit to be stored?"), answer_parts(draft()))
with card(_("Stored waves"), key="waves"):
    show_waves()
