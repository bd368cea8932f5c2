"""Light or dark."""

from __future__ import annotations

import streamlit as st

from charts.kit.palette import Theme


def theme() -> Theme:
    """The theme this browser shows; light until it has told."""
    return "dark" if st.context.theme.type == "dark" else "light"
