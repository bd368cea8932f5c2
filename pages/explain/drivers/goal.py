"""Goal seek: the cheapest mix of improvements that reaches a target, under costs and limits the reader gives, kept as a scenario."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.drivers.drivers import Drivers
from analysis.drivers.what_if import GoalSeek
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, number, said
from pages.explain.drivers.scenarios import keep_scenario, outcome_of_saving
from pages.explain.drivers.shifts import LARGEST_SHIFT, asked_goal, set_shifts
from storage.scenarios import LONGEST_NAME
from words.shown_text import markdown_text as plain

_USUAL_ROOM = 10.0


def show_goal(chosen: Chosen, found: Drivers) -> None:
    """The target, costs and limits by driver, the cheapest mix, and a button that moves the sliders there."""
    with st.popover(_("Reach a target"), icon=":material/flag:", key="goal"):
        now = found.means[found.outcome]
        start = min(round(now) + 1.0, 100.0)
        name = plain(chosen.schema.title_of(found.outcome, language()))
        label = _("Target for {outcome} (now {now})").format(outcome=name, now=number(now))
        target = st.number_input(label, 0.0, 100.0, start, 0.5, format="%.1f", key=f"goal_target_{chosen.survey}", persist_state="session")
        costs, bounds = _terms(chosen, found)
        asked = asked_goal(chosen, found, target, costs, bounds)
        goal = asked.result.goal
        if goal is None:
            return
        if goal.reason:
            st.warning(plain(said(goal.reason)))
            return
        st.markdown(_told(chosen, goal))
        st.button(
            _("Move the sliders there"), key="goal_take", type="primary", on_click=set_shifts, args=(chosen, found.drivers, goal.shifts)
        )
        if told := outcome_of_saving("goal"):
            st.caption(plain(told))
        name = st.text_input(_("Name of the scenario"), max_chars=LONGEST_NAME, key="goal_name")
        st.button(
            _("Save this goal"), key="goal_save", disabled=not name.strip(), on_click=keep_scenario,
            args=(chosen, name, asked.question, "goal"),
        )  # fmt: skip


def _terms(chosen: Chosen, found: Drivers) -> tuple[dict[str, float], dict[str, float]]:
    """Cost of one point and largest rise, by driver; an emptied cell means cost 1 and no rise."""
    names = [chosen.schema.title_of(code, language()) for code in found.drivers]
    driver, cost, rise = _("Driver"), _("Cost of one point"), _("Largest rise")
    table = st.data_editor(
        pd.DataFrame({driver: names, cost: 1.0, rise: _USUAL_ROOM}, index=list(found.drivers)),
        hide_index=True, placeholder="", disabled=[driver], key=f"goal_terms_{chosen.survey}_{language()}",
        column_config={
            driver: st.column_config.TextColumn(width=130),
            cost: st.column_config.NumberColumn(width=60, min_value=0.0, format="%.1f"),
            rise: st.column_config.NumberColumn(width=60, min_value=0.0, max_value=LARGEST_SHIFT, format="%.1f"),
        },
    )  # fmt: skip
    costs = table[cost].fillna(1.0).clip(lower=0.0)
    bounds = table[rise].fillna(0.0).clip(lower=0.0)
    return {str(code): float(value) for code, value in costs.items()}, {str(code): float(value) for code, value in bounds.items()}


def _told(chosen: Chosen, goal: GoalSeek) -> str:
    """The mix as a list, with its cost and what it brings."""
    moved = [(code, shift) for code, shift in goal.shifts.items() if shift > 0]
    if not moved:
        return _("The target is reached already.")
    lines = [f"- {plain(chosen.schema.title_of(code, language()))} **{number(shift, 1, signed=True)}**" for code, shift in moved]
    head = _("The cheapest mix costs {cost}:").format(cost=number(goal.cost or 0.0, 1))
    return "\n".join([head, "", *lines])
