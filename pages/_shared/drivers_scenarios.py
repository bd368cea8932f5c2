"""Saved what-if scenarios of the chosen wave: save the sliders under a name, bring them back, forget them."""

from __future__ import annotations

import streamlit as st

from analysis.drivers import Drivers
from pages._shared.choices import Chosen
from pages._shared.drivers_shifts import set_shifts, shifts_now
from pages._shared.messages import plain
from pages._shared.store_access import store, who
from pages._shared.words import _, language, number
from storage.scenarios import LONGEST_NAME, Scenario
from survey_schema.errors import ManyiError

_OUTCOME = "scenario_outcome"


def show_scenarios(chosen: Chosen, found: Drivers) -> None:
    """A name to save under, and the list of what was saved for this survey and wave."""
    with st.popover(_("Scenarios"), icon=":material/bookmark:", key="scenarios"):
        name = st.text_input(_("Name of the scenario"), max_chars=LONGEST_NAME, key="scenario_name")
        moved = any(shifts_now(chosen, found.drivers).values())
        st.button(
            _("Save the sliders"), key="scenario_save", type="primary", disabled=not moved or not name.strip(), on_click=_save,
            args=(chosen, found, name),
        )  # fmt: skip
        told = st.session_state.pop(_OUTCOME, "")
        if told:
            st.caption(plain(told))
        kept = store().scenarios(chosen.survey, chosen.wave.label)
        if not kept:
            st.caption(_("No scenario of this wave is saved yet."))
        for position, scenario in enumerate(kept):
            _show_one(chosen, found, scenario, position)


def _show_one(chosen: Chosen, found: Drivers, scenario: Scenario, position: int) -> None:
    """A saved scenario with its shifts; it fits only the outcome and drivers it was made with."""
    fits = scenario.outcome == found.outcome and set(scenario.shifts) <= set(found.drivers)
    shifts = [
        f"{plain(chosen.schema.title_of(code, language()))} {number(shift, 1, signed=True)}"
        for code, shift in scenario.shifts.items()
        if shift
    ]
    who_when = f"{scenario.saved_by} · {scenario.saved_at:%Y-%m-%d %H:%M}" if scenario.saved_at else scenario.saved_by
    st.markdown(f"**{plain(scenario.name)}**  \n{'、'.join(shifts)}  \n:gray[{plain(who_when)}]")
    with st.container(horizontal=True):
        st.button(
            _("Show"), key=f"scenario_show_{position}", disabled=not fits, on_click=set_shifts,
            args=(chosen, found.drivers, scenario.shifts),
            help=None if fits else _("It was made with another outcome or other drivers; choose them above."),
        )  # fmt: skip
        st.button(_("Forget"), key=f"scenario_forget_{position}", on_click=_forget, args=(scenario,))


def _save(chosen: Chosen, found: Drivers, name: str) -> None:
    shifts = {code: shift for code, shift in shifts_now(chosen, found.drivers).items() if shift}
    scenario = Scenario(chosen.survey, chosen.wave.label, name, found.outcome, found.drivers, shifts, dict(chosen.where))
    try:
        kept = store().save_scenario(scenario, who())
        st.session_state[_OUTCOME] = _("{name} is saved.").format(name=kept.name)
    except ManyiError as error:
        st.session_state[_OUTCOME] = error.text(language())


def _forget(scenario: Scenario) -> None:
    store().delete_scenario(scenario.survey, scenario.wave, scenario.name)
