"""What stands beside inspections: the standards set, and the satisfaction of the same places."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.inspection_figures import Inspected
from answers.inspections import InspectionOptions
from answers.topic import Answered
from charts.inspections.against_standards import against_standards
from charts.inspections.beside_satisfaction_rows import beside_satisfaction_rows
from pages._shared.parts.missing_sheet import show_missing_sheet
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from words.periods import wave_text


def show_beside(total: Answered[InspectionOptions, Inspected], here: Chosen) -> None:
    """Charts of both, where the data for them are there; a missing sheet of standards is named."""
    found, schema = total.result, here.schema
    if found.standards:
        show_chart(partial(against_standards, found.standards, how=total.provenance), schema, "standards")
    if found.beside is not None and found.beside.places:
        dimension = found.beside.dimension
        draw = partial(
            beside_satisfaction_rows, found.beside, how=total.provenance, name=lambda value: here.title(dimension, value) or "–",
            name_header=_("Hall") if dimension == "hall" else schema.column_title(dimension, language()),
            index=schema.title_of(schema.tree.code, language()), wave=wave_text(total.asked.reads[-1], language()),
        )  # fmt: skip
        show_chart(draw, schema, "beside")
    if not total.asked.source.deliveries("standards"):
        with st.expander(_("Against the standard")):
            show_missing_sheet(schema, "standards")
