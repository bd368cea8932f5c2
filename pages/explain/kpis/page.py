"""KPIs: are targets met, and do customers say the same?"""

from __future__ import annotations

from typing import Any

import streamlit as st

from answers.kpis import KPIS
from answers.topic import Answered
from pages._shared.parts.branch_only import say_branch_only
from pages._shared.parts.control_charts_part import signal_link
from pages._shared.parts.how_computed import explain
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
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
from pages.explain.kpis.missed import show_missed
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

answer, views_bar = st.container(), st.container()
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
beside = any(entry.objective_distance is not None for entry in found.both)
views = ({"both": _("KPIs and customers")} if beside else {}) | {
    "means": _("By branch"), "months": _("Month by month"), "moves": _("Satisfaction along with it")
}  # fmt: skip
with views_bar:
    view = pick_view(_("Part"), views, "kpis_view")
answered: list[Answered[Any, Any]] = [asked]
if view in ("months", "moves"):
    code = pick(_("KPI"), found.order, "kpi_code", lambda each: schema.title_of(each, language()))
    answered.append(show_months(here, where, code, months) if view == "months" else show_panel(here, code))
    if view == "months":
        signal_link("kpi", code, "kpi")
else:
    show_missed(here, found)
    show_figure(BESIDE if view == "both" else MEANS, here, "two_indices" if view == "both" else "kpi_means", choices)
for remark in asked.remarks(language()):
    say(remark, "small")
say_branch_only(here)
explain(answered, {}, formula=r"s = 100\,\frac{x - l}{t - l}", key="how_computed")
