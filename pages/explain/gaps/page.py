"""Service gaps: where does the service fall short of what customers expect, and why?"""

from __future__ import annotations

import streamlit as st

from analysis.gaps.sentence import GAP_NAMES
from answers.gaps import GAPS_TOPIC, notes_of, sentences_below
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.missing_sheet import show_missing_sheet
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say, say_list
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.gaps.parts import show_branches, show_dimensions, show_waves, show_weak_spots
from reports.figures.gaps import SERVICES

here = chosen()
result_styles()
question = _("Where does the service fall short?")
stop_where_lacking("gaps", here, question)
asked = ask(GAPS_TOPIC, here)
found = asked.result
show_answer(question, asked.sentence(language()))
view = "services"
if found.known:
    views = {
        "services": _("By service"), "five": _("All gaps in words"), "branches": _("By branch"), "waves": _("Over the waves"),
    }  # fmt: skip
    names = {each.kind: said(GAP_NAMES[each.kind]) for each in reversed(found.known)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="gap_picks"):
        view = pick_view(_("Part"), views, "gaps_view")
        kind = pick(_("Gap"), list(names), "gap_kind", names.__getitem__)
    if view == "services":
        show_figure(SERVICES, here, "gap_services", {"kind": kind})
        show_dimensions(here, found, kind)
    elif view == "five":
        if below := sentences_below(found, language()):
            say_list(below)
        show_weak_spots(found, kind)
    elif view == "branches":
        show_branches(here, kind)
    else:
        show_waves(here, kind)
for note in notes_of(found):
    say(said(note), "small")
if found.missing and view == "services":
    show_missing_sheet(here.schema, *found.missing)
how_computed([asked], here, formula=r"g_i = \frac{\sum_k w_k (p_{ik} - e_{ik})}{\sum_k w_k}")
