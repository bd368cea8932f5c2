"""Sample planner: how many responses does each branch need?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.planner.sample_planner import Wish
from answers.planner import PLANNER, PlannerOptions
from charts.planner.planner_rows import planner_rows
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, number
from survey_schema.columns import Role
from words.language import percent_sign

here = chosen()
schema = here.schema
result_styles()
answer = st.container()
dimension = str(Role.BRANCH) if here.has(Role.BRANCH) else None
wishes: dict[Wish, str] = {
    "half_width": _("An interval of ± points"),
    "rest": _("A difference from the rest"),
    "wave": _("A change between two waves"),
}
if dimension is None:
    del wishes["rest"]
titles = {code: schema.title_of(code, language()) for code in schema.indicator_codes()}
chances = {chance: number(100 * float(chance), 0) + percent_sign(language()) for chance in ("0.8", "0.9", "0.95")}
with st.container(horizontal=True, key="planner_picks"):
    wish = pick(_("What is wanted"), list(wishes), "planner_wish", wishes.__getitem__)
    size = st.number_input(
        _("Points"), 0.1, 50.0, 2.0 if wish == "half_width" else 3.0, 0.5, "%.1f", f"planner_size_{wish}", width=140,
        persist_state="session",
    )  # fmt: skip
    power = "0.8" if wish == "half_width" else pick(_("Power"), list(chances), "planner_power", chances.__getitem__)
    code = pick(_("Indicator"), list(titles), "planner_code", titles.__getitem__)

options = {
    "half_width": PlannerOptions(half_width=size, power=float(power)),
    "rest": PlannerOptions(difference=size, power=float(power), against="rest"),
    "wave": PlannerOptions(difference=size, power=float(power), against="previous"),
}[wish]
groups = [dimension] if dimension else []
asked = ask(PLANNER, here, options, where=here.without(*groups), by=groups, codes=[code])
plan = asked.result
with answer:
    show_answer(_("How many responses does it take?"), asked.sentence(language()))
stop_where_nobody([group.now for group in plan.groups], here, here.without(*groups))
show_chart(partial(planner_rows, plan), schema, "plan")
if not any(group.customers for group in plan.groups):
    show_missing(
        _("The customers of each branch are not known, so nothing is saved where a sample is a large part of them."),
        _("A population sheet in the workbook brings the finite population correction."),
        "population",
    )
how_computed(
    [plan], here,
    formula=r"n_0 = \left(\frac{t\,\sigma\sqrt{\mathrm{deff}}}{e}\right)^2,\qquad n = \frac{n_0}{1 + n_0/N}",
)  # fmt: skip
