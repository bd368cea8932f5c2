"""Saved what-if scenarios of the chosen wave: save the sliders under a name, bring them or a goal's mix back, forget them."""

from __future__ import annotations

import streamlit as st

from analysis.drivers.drivers import Drivers
from analysis.drivers.what_if import GoalSeek, seek_goal
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import settings, store, who
from pages._shared.session.words import _, language, number, said
from pages.explain.drivers.shifts import set_shifts, shifts_now
from storage.scenarios import LONGEST_NAME, Scenario
from words.errors import ManyiError
from words.lists import listed
from words.shown_text import markdown_text as plain

_OUTCOME = "scenario_outcome"


def show_scenarios(chosen: Chosen, found: Drivers) -> None:
    """A name to save under, and the list of what was saved for this survey and wave."""
    with st.popover(_("Scenarios"), icon=":material/bookmark:", key="scenarios"):
        name = st.text_input(_("Name of the scenario"), max_chars=LONGEST_NAME, key="scenario_name")
        shifts = {code: shift for code, shift in shifts_now(chosen, found.drivers).items() if shift}
        wished = Scenario(chosen.survey, chosen.wave.label, name, found.outcome, found.drivers, shifts, dict(chosen.where))
        st.button(
            _("Save the sliders"), key="scenario_save", type="primary", disabled=not shifts or not name.strip(), on_click=keep_scenario,
            args=(wished, "sliders"),
        )  # fmt: skip
        if told := outcome_of_saving("sliders"):
            st.caption(plain(told))
        kept = store().scenarios.saved(chosen.survey, chosen.wave.label)
        if not kept:
            st.caption(_("No scenario of this wave is saved yet."))
        for position, scenario in enumerate(kept):
            _show_one(chosen, found, scenario, position)


def keep_scenario(wished: Scenario, place: str) -> None:
    """Saves under the name given; what came of it is said by the next run, at the place it was asked at."""
    try:
        kept = store().scenarios.save(wished, who())
        st.session_state[f"{_OUTCOME}_{place}"] = _("{name} is saved.").format(name=kept.name)
    except ManyiError as error:
        st.session_state[f"{_OUTCOME}_{place}"] = error.text(language())


def outcome_of_saving(place: str) -> str:
    """What came of the last saving there, once."""
    return str(st.session_state.pop(f"{_OUTCOME}_{place}", ""))


def _show_one(chosen: Chosen, found: Drivers, scenario: Scenario, position: int) -> None:
    """A saved scenario with what it asks; it fits only the outcome, drivers and selection it was made with."""
    asked = {*scenario.shifts, *scenario.costs, *scenario.bounds}
    fits = scenario.outcome == found.outcome and asked <= set(found.drivers) and dict(scenario.where) == dict(chosen.where)
    who_when = f"{scenario.saved_by} · {scenario.saved_at.astimezone():%Y-%m-%d %H:%M}" if scenario.saved_at else scenario.saved_by
    selection = " · ".join(chosen.title(name, value) for name, value in scenario.where.items())
    small = " · ".join(part for part in (selection, who_when) if part)
    st.markdown(f"**{plain(scenario.name)}**  \n{plain(_asked(chosen, scenario))}  \n:gray[{plain(small)}]")
    goal = _goal(found, scenario) if fits and scenario.target is not None else None
    if goal and goal.reason:
        st.caption(plain(said(goal.reason)))
    with st.container(horizontal=True):
        st.button(
            _("Show"), key=f"scenario_show_{position}", disabled=not fits or bool(goal and goal.reason), on_click=set_shifts,
            args=(chosen, found.drivers, goal.shifts if goal else scenario.shifts),
            help=None if fits else _("It was made with another outcome, other drivers or another selection; choose them above."),
        )  # fmt: skip
        st.button(_("Forget"), key=f"scenario_forget_{position}", on_click=_forget, args=(scenario,))


def _goal(found: Drivers, scenario: Scenario) -> GoalSeek:
    """The cheapest mix as of now: what is kept is the question, not the answer."""
    limits = settings().thresholds
    return seek_goal(
        found.regression, found.moments, scenario.target or 0.0, costs=scenario.costs, bounds=scenario.bounds, thresholds=limits
    )


def _asked(chosen: Chosen, scenario: Scenario) -> str:
    title = chosen.schema.title_of
    if scenario.target is not None:
        return _("{outcome} to reach {target}").format(outcome=title(scenario.outcome, language()), target=number(scenario.target))
    shifts = [f"{title(code, language())} {number(shift, 1, signed=True)}" for code, shift in scenario.shifts.items() if shift]
    return listed(shifts, language())


def _forget(scenario: Scenario) -> None:
    store().scenarios.delete(scenario.survey, scenario.wave, scenario.name)
