"""Inspections: where do halls lose points?"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.inspections.estimate_inspections import TOTAL
from answers.inspections import INSPECTIONS
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
from pages.explain.inspections.beside import show_satisfaction, show_standards, views_of
from reports.figures.inspections import GROUPS, ITEMS, PLACES, REPEATS
from survey_schema.columns import Role
from words.counts import visits_text
from words.errors import ManyiError

#: More visits than this are not compared one by one.
MOST_VISITS = 2_000
here = chosen()
schema = here.schema
result_styles()
question = _("Where do halls lose points?")
stop_where_lacking("inspections", here, question)
months = [each.label for each in source_of(here).deliveries("inspections")]

answer, views_bar = st.container(), st.container()
groups = {code: said(title) for code, title in GROUPS.items()}
where = {name: value for name, value in here.where.items() if name == Role.BRANCH}
with st.container(horizontal=True, key="inspection_picks"):
    periods = pick_periods(here, months, _("Inspected in"), "inspection_period")
    try:
        total = ask(INSPECTIONS, here, where=where, periods=periods)
        visits = total.result.whole.rows[0].visits if total.result.whole.rows else 0
        few = [code for code in groups if code != "visit" or visits <= MOST_VISITS]
        with views_bar:
            view = pick_view(_("Part"), views_of(total.result), "inspections_view")
        group = pick(_("Compare by"), few, "inspection_group", groups.__getitem__) if view == "places" else few[0]
        asked = ask(INSPECTIONS, here, where=where, by=[group], codes=[TOTAL], periods=periods)
    except ManyiError as error:
        with answer:
            show_answer(question, [Words(_("That cannot be said for this selection."))])
        show_missing(said(error.message), _("Choose another branch or other months."), "inspections")
        st.stop()
found = asked.result
with answer:
    show_answer(question, asked.sentence(language()))
if view == "places" and "visit" not in few:
    say(
        _("{visits} are too many to compare one by one; choose a month or a branch.").format(visits=visits_text(visits, language())),
        "small",
    )
choices: dict[str, Any] = {**period_choices(here, "inspections", periods)}
by_group = {**choices, "by": group}
if view == "places" and len(found.places) > 1:
    show_figure(PLACES, here, "places", by_group)
elif view == "places":
    say(_("There is nothing to compare."), "small")
elif view == "items":
    show_figure(ITEMS, here, "items", choices)
    show_standards(total, here)
elif view == "again":
    show_figure(REPEATS, here, "repeats", by_group)
else:
    show_satisfaction(total, here)
for remark in dict.fromkeys([*total.remarks(language()), *asked.remarks(language())]):
    say(remark)
say_branch_only(here)
signal_link("points_lost", None, "points_lost")
explain([total, asked], {}, formula=r"R = \frac{\sum s_v}{\sum a_v}", key="how_computed")
