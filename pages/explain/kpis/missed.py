"""How often targets were missed, KPI by KPI: a card each, the most often missed first."""

from __future__ import annotations

import streamlit as st

from answers.kpis import Kpis
from pages._shared.parts.show_answer import Words, coloured
from pages._shared.selection.choices import Chosen
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language
from reports.print.printed_page import Phrase

#: Cards that stand in a row; the chart of branches has every KPI.
_MOST = 5


def show_missed(here: Chosen, found: Kpis) -> None:
    """The cards; nothing where no KPI has a target."""
    if not found.missed:
        return
    with st.container(horizontal=True, key="missed_cards", vertical_alignment="distribute"):
        for each in found.missed[:_MOST]:
            name = Words(here.schema.title_of(each.kpi, language()), "muted")
            figure = Words(_("missed {missed} of {judged}").format(missed=each.missed, judged=each.judged))
            with st.container(border=True, key=f"missed_{each.kpi}", gap=None):
                st.markdown(coloured([name]))
                st.markdown(f"**{coloured([figure])}**")
            note_words([Phrase(part.text, part.tone or "") for part in (name, Words("  "), figure)], "text")
