"""The way from a figure to its control chart."""

from __future__ import annotations

import streamlit as st

from answers.charted_figures import Of
from pages._shared.frame.menu import control_charts_page
from pages._shared.session.words import _

#: Where the page keeps which figure is picked; what is picked of it, such as an indicator, under a key of its own for each figure.
OF_KEY = "spc_of"


def code_key(of: str) -> str:
    """Where the page keeps which indicator, item or KPI is picked."""
    return f"spc_code_{of}"


def signal_link(of: Of, code: str | None, key: str, label: str = "") -> None:
    """A button that leads to the control chart of a figure."""
    if st.button(label or _("Is this a signal?"), key=f"signal_{key}", icon=":material/show_chart:"):
        st.session_state[OF_KEY] = of
        if code is not None:
            st.session_state[code_key(of)] = code
        st.switch_page(control_charts_page())
