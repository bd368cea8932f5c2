"""Drivers: what should be improved first?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.words import _
from pages.explain.drivers.analysed import analysed
from pages.explain.drivers.choice import default_choice, pick_drivers
from pages.explain.drivers.first_improve import pick_map, show_first
from pages.explain.drivers.group_view import show_groups
from pages.explain.drivers.penalty_view import show_penalty_reward
from pages.explain.drivers.strength_view import show_strength
from pages.explain.drivers.what_if import show_what_if

here = chosen()
result_styles()
answer = st.container()
views = {
    "map": _("First improve"), "strength": _("How strong"), "penalty": _("Hurts or pleases"), "groups": _("Group by group"),
    "what_if": _("What if"),
}  # fmt: skip
with st.container(horizontal=True, vertical_alignment="center", key="driver_picks"):
    view = pick_view(_("Part"), views, "drivers_view")
    with st.popover(_("Outcome, drivers, competitor"), icon=":material/tune:", key="driver_choice"):
        choice = pick_drivers(here, default_choice(here))
        picked = pick_map(here, choice) if view == "map" else None
explained = []
if view == "map" and (picked or choice.outcome):
    explained = show_first(here, answer, picked)
elif not choice.outcome or not choice.drivers:
    why = _("No drivers are chosen.") if choice.outcome else _("This survey has no overall question to explain.")
    with answer:
        show_answer(_("What should be improved first?"), [Words(why)])
    show_missing(
        _("There is nothing to explain satisfaction with."),
        _("Choose the outcome and the drivers above, or name them in the survey's description."),
        "drivers",
    )
elif asked := analysed(here, answer, choice):
    show = {"strength": show_strength, "penalty": show_penalty_reward, "groups": show_groups, "what_if": show_what_if}[view]
    explained = show(here, answer, asked)
if explained:
    how_computed(explained, here)
