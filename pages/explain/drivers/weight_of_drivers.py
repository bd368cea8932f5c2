"""How much each driver weighs, folded: LMG beside Johnson, coefficients with β and VIF, penalty and reward."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.drivers.drivers import Drivers
from charts.drivers.driver_coefficients import driver_coefficients
from charts.drivers.penalty_reward_chart import penalty_reward_chart
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, said
from pages.explain.drivers.choice import DriverChoice
from reports.figures.drivers import IMPORTANCE


def show_weights(chosen: Chosen, found: Drivers, choice: DriverChoice) -> None:
    """Each part fails alone: what one cannot tell is said in its place."""
    title = _("What moves satisfaction: LMG, Johnson, β, VIF")
    with st.expander(title, icon=":material/balance:", key="driver_weights", on_change="rerun") as opened:
        say(drivers_sentence(found, chosen.schema, language()))
        if not opened.open:
            return
        if found.importance.reason:
            show_missing(said(found.importance.reason), _("Choose other drivers, a wider selection or another wave."), "importance")
        else:
            show_figure(IMPORTANCE, chosen, "importance", {"outcome": choice.outcome, "codes": list(choice.drivers)})
        if found.regression.reason:
            show_missing(said(found.regression.reason), _("Choose other drivers, a wider selection or another wave."), "coefficients")
        else:
            show_chart(partial(driver_coefficients, found.regression), chosen.schema, "coefficients")
        if found.penalty_reward.reason:
            show_missing(said(found.penalty_reward.reason), _("Fewer drivers, or more answers, bring it."), "penalty_reward")
        else:
            show_chart(partial(penalty_reward_chart, found.penalty_reward), chosen.schema, "penalty_reward")
