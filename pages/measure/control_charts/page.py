"""Control charts: is it a signal, or chance?"""

from __future__ import annotations

import streamlit as st

from answers.charted_figures import FIGURES
from pages._shared.parts.branch_only import say_branch_only
from pages._shared.parts.how_computed import explain
from pages._shared.parts.missing_sheet import show_missing_sheet
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.session.asking import scoped, source_of
from pages._shared.session.words import _, language, said
from pages.measure.control_charts.noting import show_annotations
from pages.measure.control_charts.picks import pick_figure, pick_rest
from pages.measure.control_charts.project import offer_project
from reports.figures.control_charts import CONTROL, asked_chart
from words.errors import ManyiError

here = chosen()
schema, source = here.schema, source_of(here)
result_styles()
question = _("Is it a signal, or chance?")
answer = st.container()
with st.container(horizontal=True, key="spc_picks"):
    of = pick_figure(here)
    kinds = FIGURES[of].kinds
    came = not kinds or any(source.deliveries(kind) for kind in kinds[: 2 if of == "complaints" else 1])
    picked = pick_rest(here, of) if came else None
if picked is None:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing_sheet(schema, kinds[0])
    st.stop()

try:
    asked = asked_chart(scoped(here), picked.choices)
except ManyiError as error:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(error.message), _("Choose another figure, branch or phase."), "control_charts")
    show_annotations(here)
    st.stop()

with answer:
    show_answer(question, asked.sentence(language()))
    say_common_version(here)
show_figure(CONTROL, here, "control_charts", picked.choices)
offer_project(here, asked, picked.choices)
for remark in asked.remarks(language()):
    say(remark, "small")
if kinds:
    say_branch_only(here)
show_annotations(here)
explain([asked], {}, formula=r"\bar p \pm 3\,\sigma_z\sqrt{\bar p(1-\bar p)/n_i}", key="how_computed")
