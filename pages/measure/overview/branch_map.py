"""The heat map of the branches, and the way from a cell of it to that branch."""

from __future__ import annotations

import streamlit as st

from pages._shared.frame.menu import branches_page
from pages._shared.parts.pick import pick
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.window import is_narrow
from pages._shared.session.words import _, language
from reports.figures.branches import HEAT_MAP
from survey_schema.columns import Role


def show_branch_map(here: Chosen) -> None:
    """Every question of every branch; a click on a cell opens that branch, and so do two boxes for who has no mouse."""
    if not here.has(Role.BRANCH):
        show_missing(
            _("There is one branch only, so there is nothing to compare."),
            _("A workbook with a branch column and two or more branches brings the map."),
            "heatmap",
        )
        return
    show_figure(HEAT_MAP, here, "heatmap", picked=_open)
    with st.container(horizontal=True, vertical_alignment="center", key="open_branch_line"):
        if not is_narrow():
            st.caption(_("Click a cell to see that branch and indicator, or choose them here:"), width="content")
        with st.popover(_("Open a branch"), key="open_branch", icon=":material/arrow_forward:"):
            branch = pick(_("Branch"), here.values[Role.BRANCH], "map_branch", lambda code: here.title(Role.BRANCH, code))
            codes = here.schema.indicator_codes()
            code = pick(_("Indicator"), codes, "map_code", lambda code: here.schema.title_of(code, language()))
            if st.button(_("Open this branch"), key="open_map", type="primary"):
                _open((branch, code))


def _open(cell: tuple[str, ...]) -> None:
    """Turns to the page of branches with this one, and this indicator of it."""
    branch, code = cell
    st.session_state.update(branches_view="one", profile_branch=branch, profile_code=code)
    st.switch_page(branches_page())
