"""What stands beside inspections: the standards set, and the satisfaction of the same places; each in a view of its own."""

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


def views_of(found: Inspected) -> dict[str, str]:
    """The views there is something to show in: one visit has no places to compare."""
    several = bool(found.whole.rows) and found.whole.rows[0].visits > 1
    beside = found.beside is not None and bool(found.beside.places)
    return (
        ({"places": _("Where and when")} if several else {})
        | {"items": _("By item")}
        | ({"again": _("Lost again and again")} if found.repeats else {})
        | ({"beside": _("Beside satisfaction")} if beside else {})
    )


def show_standards(total: Answered[InspectionOptions, Inspected], here: Chosen) -> None:
    """The items beside their standards; a missing sheet of standards is named."""
    if total.result.standards:
        show_chart(partial(against_standards, total.result.standards, how=total.provenance), here.schema, "standards")
    if not total.asked.source.deliveries("standards"):
        with st.expander(_("Against the standard")):
            show_missing_sheet(here.schema, "standards")


def show_satisfaction(total: Answered[InspectionOptions, Inspected], here: Chosen) -> None:
    """The satisfaction of the same places, where there is some."""
    found, schema = total.result, here.schema
    if found.beside is not None and found.beside.places:
        dimension = found.beside.dimension
        draw = partial(
            beside_satisfaction_rows, found.beside, how=total.provenance, name=lambda value: here.title(dimension, value) or "–",
            name_header=_("Hall") if dimension == "hall" else schema.column_title(dimension, language()),
            index=schema.title_of(schema.tree.code, language()), wave=wave_text(total.asked.reads[-1], language()),
        )  # fmt: skip
        show_chart(draw, schema, "beside")
