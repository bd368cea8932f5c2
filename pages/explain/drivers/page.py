"""Drivers: what should be improved first?"""

from __future__ import annotations

import streamlit as st

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.sums.missing_answers import losses_sentence
from answers.drivers import DRIVERS, DriversOptions, one_selection
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.drivers.choice import default_choice, pick_drivers
from pages.explain.drivers.depth import show_diagnostics, show_groups, show_stepwise
from pages.explain.drivers.first_improve import pick_map, show_map
from pages.explain.drivers.weight_of_drivers import show_weights
from pages.explain.drivers.what_if import show_what_if

here = chosen()
schema = here.schema
result_styles()
question = _("What should be improved first?")
other_choice = _("Choose other drivers, a wider selection or another wave.")
answer = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="driver_picks"):
    choice = pick_drivers(here, default_choice(here))
    picked = pick_map(here, choice)
mapped = picked.asked if picked else None
has_drivers = bool(choice.outcome and choice.drivers)
no_drivers = _("No drivers are chosen.") if choice.outcome else _("This survey has no overall question to explain.")
bring_drivers = _("Choose the outcome and the drivers above, or name them in the survey's description.")
if mapped is None and not has_drivers:
    with answer:
        show_answer(question, [Words(no_drivers)])
    show_missing(_("There is nothing to explain satisfaction with."), bring_drivers, "drivers")
    st.stop()

asked = ask(DRIVERS, here, DriversOptions(choice.outcome, choice.drivers)) if has_drivers else None
found = one_selection(asked) if asked else None
on_map = mapped is not None and mapped.result.map.reason is None
with answer:
    if mapped is not None and on_map:
        show_answer(question, mapped.sentence(language()))
    elif found and not found.reason:
        show_answer(question, drivers_sentence(found, schema, language()))
    else:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
reason = mapped.result.map.reason if mapped else None
if picked is not None and on_map:
    show_map(here, picked)
elif reason:
    show_missing(said(reason), other_choice, "importance_map")
explained = [mapped.figures] if mapped is not None and on_map else []
if asked is None or found is None or found.reason:
    if found is None:
        show_missing(no_drivers, bring_drivers, "drivers")
    elif found.reason and found.reason != reason:
        show_missing(said(found.reason), other_choice, "drivers")
    if explained:
        how_computed(explained, here)
    st.stop()

if losses := losses_sentence(found.moments):
    say(said(losses), "small")
show_weights(here, found, choice)
if not found.regression.reason:
    show_what_if(here, found)
show_groups(here, asked)
if not found.regression.reason:
    show_diagnostics(here, asked)
show_stepwise(here, found.stepwise)
how_computed([*explained, found.importance, found.regression, found.penalty_reward, found.stepwise], here)
