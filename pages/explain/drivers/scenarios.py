"""Saved what-if scenarios of the chosen wave: save the sliders under a name, bring them or a goal's mix back, forget them."""

from __future__ import annotations

import streamlit as st

from analysis.drivers.drivers import Drivers
from answers.scenarios import Asked, asked_text, change_of, keep, question_of, selection_text
from answers.topic import Answered
from answers.what_if import WHAT_IF, ShiftsFound, WhatIfOptions
from charts.kit.layout import half_width
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.store_access import store, who
from pages._shared.session.words import _, language, number, said
from pages.explain.drivers.shifts import asked_shifts, set_shifts, shifts_now
from storage.scenarios import LONGEST_NAME, Scenario
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME = "scenario_outcome"


def show_scenarios(chosen: Chosen, found: Drivers) -> None:
    """A name to save under, and the list of what was saved for this survey and wave."""
    with st.popover(_("Scenarios"), icon=":material/bookmark:", key="scenarios", on_change="rerun") as opened:
        name = st.text_input(_("Name of the scenario"), max_chars=LONGEST_NAME, key="scenario_name")
        shifts = {code: shift for code, shift in shifts_now(chosen, found.drivers).items() if shift}
        wished = asked_shifts(chosen, found, shifts).question if shifts else None
        st.button(
            _("Save the sliders"), key="scenario_save", type="primary", disabled=not shifts or not name.strip(), on_click=keep_scenario,
            args=(chosen, name, wished, "sliders"),
        )  # fmt: skip
        if told := outcome_of_saving("sliders"):
            st.caption(plain(told))
        kept = store().scenarios.saved(chosen.survey, chosen.wave.label)
        if not kept:
            st.caption(_("No scenario of this wave is saved yet."))
        for position, scenario in enumerate(kept):
            _show_one(chosen, found, scenario, position, looked_at=bool(opened.open))


def keep_scenario(chosen: Chosen, name: str, asked: Asked, place: str) -> None:
    """Saves under the name given; what came of it is said by the next run, at the place it was asked at."""
    try:
        kept = keep(store(), name, asked, source_of(chosen), who())
        st.session_state[f"{_OUTCOME}_{place}"] = _("{name} is saved.").format(name=kept.name)
    except ManyiError as error:
        st.session_state[f"{_OUTCOME}_{place}"] = error.text(language())


def outcome_of_saving(place: str) -> str:
    """What came of the last saving there, once."""
    return str(st.session_state.pop(f"{_OUTCOME}_{place}", ""))


def _show_one(chosen: Chosen, found: Drivers, scenario: Scenario, position: int, *, looked_at: bool) -> None:
    """A saved scenario with what it asks and brings; its shifts fit only the outcome, drivers and selection it was made with.

    One that does not fit needs an analysis of its own, which is made when somebody looks.
    """
    question = question_of(scenario)
    fits = _fits(question, found, chosen)
    who_when = f"{scenario.saved_by} · {scenario.saved_at.astimezone():%Y-%m-%d %H:%M}" if scenario.saved_at else scenario.saved_by
    small = " · ".join(part for part in (selection_text(question, chosen.schema, language()), who_when) if part)
    asked = asked_text(question, chosen.schema, language())
    st.markdown(f"**{plain(scenario.name)}**  \n{plain(asked)}  \n:gray[{plain(small)}]")
    shifts: dict[str, float] | None = None
    if fits or looked_at:
        try:
            answered = ask(WHAT_IF, chosen, question.options, where=question.selection)
            st.caption(plain(_told(answered)))
            shifts = _shifts(answered)
        except ManyiError as error:  # the survey was changed so that it no longer fits
            st.caption(plain(error.text(language())))
    with st.container(horizontal=True):
        st.button(
            _("Show"), key=f"scenario_show_{position}", disabled=not fits or shifts is None, on_click=set_shifts,
            args=(chosen, found.drivers, shifts or {}),
            help=None if fits else _("It was made with another outcome, other drivers or another selection; choose them above."),
        )  # fmt: skip
        st.button(_("Forget"), key=f"scenario_forget_{position}", on_click=_forget, args=(scenario,))


def _fits(question: Asked, found: Drivers, chosen: Chosen) -> bool:
    """Whether the sliders as they are now can show it; the cheapest mix is one of all the drivers it was sought among."""
    options = question.options
    named = set(options.drivers) if options.target is not None else {code for code, _shift in options.shifts}
    same = named == set(found.drivers) if options.target is not None else named <= set(found.drivers)
    return options.outcome == found.outcome and same and question.selection == dict(chosen.where)


def _told(answered: Answered[WhatIfOptions, ShiftsFound]) -> str:
    """The change it brings, or why that cannot be said."""
    change = change_of(answered)
    half = half_width(change)
    if change.value is None or half is None:
        return said(change.reason) if change.reason else ""
    return _("{change} points (±{half})").format(change=number(change.value, 2, signed=True), half=number(half, 2))


def _shifts(answered: Answered[WhatIfOptions, ShiftsFound]) -> dict[str, float] | None:
    """The shifts it names, or the cheapest ones as of now; None where there are none."""
    goal = answered.result.goal
    if goal is None:
        return dict(answered.question.options.shifts)
    return None if goal.reason else dict(goal.shifts)


def _forget(scenario: Scenario) -> None:
    store().scenarios.delete(scenario.survey, scenario.wave, scenario.name)
