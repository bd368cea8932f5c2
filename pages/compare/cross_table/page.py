"""Cross table: which groups differ, rows by columns of any grouping?"""

from __future__ import annotations

import streamlit as st

from answers.crosstab import CROSSTAB
from charts.crosstab.cross_grid import width_needed
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.words import _, language, said
from pages.compare.cross_table.picks import groupings, pick_table
from reports.figures.crosstab import CROSS_TABLE
from words.errors import ManyiError

here = chosen()
result_styles()
question = _("Which groups differ, and on what?")
stop_where_lacking("cross_table", here, question)

there = groupings(here)
if not there:
    show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(_("Every grouping is narrowed to one value."), _("Set one of the selections above to “all”."), "cross_table")
    st.stop()
answer = st.container()
choices = pick_table(here, there)
try:
    drawn = show_figure(CROSS_TABLE, here, "cross", choices)
except ManyiError as error:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(error.message), _("Choose a wider selection, fewer groups or another wave."), "cross_table")
    st.stop()
with answer:
    show_answer(question, drawn.sentence(language()))
asked = drawn.answers[0]
wide = width_needed(len(asked.result.columns) + 2)
st.html(f"<style>@media (max-width: 640px) {{ .st-key-fits_cross > * {{ min-width: {wide}px; }} }}</style>")
for remark in asked.remarks(language()):
    say(remark, "small")
how_computed([asked], here, formula=CROSSTAB.chapters[0].formula)
