"""Choose measures: what should we do with the money we have?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from answers.budget_figures import what_it_hinges_on
from answers.candidate_measures import candidate_text
from answers.drivers import DriversOptions, settled_drivers
from pages._shared.parts.how_computed import explain
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say, say_list
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language, said
from pages.improve.budget.draft import editor_round, keep, newest_draft
from pages.improve.budget.editor import edit_measures
from reports.figures.measure_choice import COSTS, HINGES, POINTS, asked_budget
from survey_schema.measure_candidates import LARGEST_COST
from survey_schema.measure_rows import candidates_of_rows
from words.errors import ManyiError

here = chosen()
schema = here.schema
result_styles()
question = _("Which measures should we take for our money?")
stop_where_lacking("budget", here, question)
outcome, drivers = settled_drivers(DriversOptions(), schema)
answer = st.container()
draft = newest_draft(here.survey)
with st.container(horizontal=True, key="budget_picks"):
    budget = st.number_input(
        _("Budget, yuan"), 0.0, LARGEST_COST, draft.budget, 10_000.0, key=f"budget_money_{editor_round()}", format="%0.0f", width=200
    )
    least_of = pick(
        _("Must rise"), ["", outcome, *drivers], f"budget_least_of_{editor_round()}",
        lambda code: schema.title_of(code, language()) if code else _("nothing"),
        draft.least_of,
    )  # fmt: skip
    least = (
        st.number_input(_("by at least, points"), 0.0, 100.0, draft.least, 0.1, key=f"budget_least_{editor_round()}", width=160)
        if least_of
        else 0.0
    )
    per_branch = st.number_input(
        _("Measures for every branch"), 0, 20, draft.per_branch, key=f"budget_per_branch_{editor_round()}", width=200
    )
rows = edit_measures(here, draft, drivers)
now = replace(draft, rows=rows, budget=float(budget), least_of=least_of, least=float(least), per_branch=int(per_branch))
if now != draft:
    keep(here.survey, now)
complete = [row for row in rows if not row.lacking]
with answer:
    if not complete:
        show_answer(question, [Words(_("Write down the measures you could take, or take them from a sheet."))])
        st.stop()
    try:
        choices = {
            "measures": list(map(candidate_text, candidates_of_rows(complete))), "budget": float(budget),
            "at_least": [[least_of, float(least)]] if least_of and least else [], "per_branch": int(per_branch),
        }  # fmt: skip
        asked = asked_budget(scoped(here), choices)
    except ManyiError as error:
        show_answer(question, [Words(said(error.message), "caution")])
        st.stop()
    found = asked.result.choice
    reason = asked.result.drivers.regression.reason
    show_answer(question, asked.sentence(language()) if reason is None else [Words(said(reason), "unclear")])
    if len(complete) < len(rows):
        say(_("Left aside, since cells are blank: {count}.").format(count=len(rows) - len(complete)), "small")
if found is not None and found.best is not None:
    show_figure(POINTS, here, "measure_points", choices)
    show_figure(COSTS, here, "measure_costs", choices)
    show_figure(HINGES, here, "measure_hinges", choices)
hinges = what_it_hinges_on(asked.result, language())
say_list(hinges)
for remark in asked.remarks(language()):
    if remark not in hinges:
        say(remark, "small")
explain([asked], {}, formula=asked.topic.chapters[0].formula, key="how_computed")
