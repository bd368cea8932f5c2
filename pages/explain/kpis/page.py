"""KPIs: are targets met, and do customers say the same?"""

from __future__ import annotations

import streamlit as st

from answers.kpis import KPIS
from pages._shared.parts.control_charts_part import signal_link
from pages._shared.parts.how_computed import explain
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.selection.periods import period_choices, pick_periods
from pages._shared.session.asking import ask, source_of
from pages._shared.session.words import _, language, said
from pages.explain.kpis.grids import show_months
from pages.explain.kpis.panel import show_panel
from reports.figures.kpis import BESIDE, MEANS
from survey_schema.columns import Role
from words.errors import ManyiError

here = chosen()
schema = here.schema
result_styles()
question = _("Are targets met, and do customers say the same?")
stop_where_lacking("kpis", here, question)
months = [each.label for each in source_of(here).deliveries("kpis")]

answer = st.container()
with st.container(horizontal=True, key="kpi_picks"):
    named = pick_periods(here, months, _("KPIs of"), "kpi_period")
where = {name: value for name, value in here.where.items() if name == Role.BRANCH}
try:
    asked = ask(KPIS, here, where=where, periods=named)
    found = asked.result
except ManyiError as error:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(error.message), _("Choose another branch or other months."), "kpis")
    st.stop()

with answer:
    show_answer(question, asked.sentence(language()))
choices = period_choices(here, "kpis", named)
if any(entry.objective_distance is not None for entry in found.both):
    show_figure(BESIDE, here, "two_indices", choices)
for remark in asked.remarks(language()):
    say(remark, "small")
show_figure(MEANS, here, "kpi_means", choices)
code = pick(_("KPI"), found.order, "kpi_code", lambda each: schema.title_of(each, language()))
monthly = show_months(here, where, code, months)
signal_link("kpi", code, "kpi")
panel = show_panel(here, code)
say(_("Operator, brand and business line do not narrow KPIs; branch does."), "small")
explain([asked, monthly, panel], {}, formula=r"s = 100\,\frac{x - l}{t - l}", key="how_computed")
