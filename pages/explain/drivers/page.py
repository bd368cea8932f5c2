"""Drivers: what moves satisfaction?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.sums.missing_answers import losses_sentence
from answers.drivers import DRIVERS, DriversOptions, one_selection
from charts.drivers.driver_coefficients import driver_coefficients
from charts.drivers.driver_importance import driver_importance
from charts.drivers.penalty_reward_chart import penalty_reward_chart
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.drivers.choice import default_choice, pick_drivers
from pages.explain.drivers.depth import show_diagnostics, show_groups, show_stepwise
from pages.explain.drivers.what_if import show_what_if
from words.shown_text import markdown_text as plain

here = chosen()
schema = here.schema
result_styles()
question = _("What moves satisfaction?")
answer = st.container()
choice = pick_drivers(here, default_choice(here))
if not choice.outcome or not choice.drivers:
    with answer:
        show_answer(
            question, [Words(_("No drivers are chosen.") if choice.outcome else _("This survey has no overall question to explain."))]
        )
    show_missing(
        _("There is nothing to explain satisfaction with."),
        _("Choose outcome and drivers above, or name them in the survey's schema under outcome and drivers."),
        "drivers",
    )
    st.stop()

answered = ask(DRIVERS, here, DriversOptions(choice.outcome, choice.drivers))
found = one_selection(answered)
if found.reason:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(found.reason), _("Choose other drivers, a wider selection or another wave."), "drivers")
    st.stop()

with answer:
    show_answer(question, drivers_sentence(found, schema, language()))
if losses := losses_sentence(found.moments):
    st.caption(plain(said(losses)))
# Each part fails alone: what one cannot tell is said in its place.
if found.importance.reason:
    show_missing(said(found.importance.reason), _("Choose other drivers, a wider selection or another wave."), "importance")
else:
    show_chart(partial(driver_importance, found.importance), schema, "importance")
if found.regression.reason:
    show_missing(said(found.regression.reason), _("Choose other drivers, a wider selection or another wave."), "coefficients")
else:
    show_chart(partial(driver_coefficients, found.regression), schema, "coefficients")
    show_what_if(here, found)
if found.penalty_reward.reason:
    show_missing(said(found.penalty_reward.reason), _("Fewer drivers, or more answers, bring it."), "penalty_reward")
else:
    show_chart(partial(penalty_reward_chart, found.penalty_reward), schema, "penalty_reward")
show_groups(here, answered)
if not found.regression.reason:
    show_diagnostics(here, answered)
show_stepwise(here, found.stepwise)
how_computed([found.importance, found.regression, found.penalty_reward, found.stepwise], here)
