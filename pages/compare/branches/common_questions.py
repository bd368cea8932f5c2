"""Whether all branches stand on the questions that all were asked."""

from __future__ import annotations

import streamlit as st

from answers.league import LEAGUE
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _
from survey_schema.columns import Role


def pick_common(chosen: Chosen) -> bool:
    """Whether all branches are to stand on their common questions; asked where some were not asked what others were."""
    league = ask(LEAGUE, chosen, where=chosen.without(Role.BRANCH), by=[Role.BRANCH]).result
    if not any(entry.note for entry in league.estimates):
        return False
    told = _("Some branches were asked other questions than the others, so they have no rank.")
    return st.toggle(_("Compare all branches on the questions that all were asked"), key="branches_common", help=told)
