"""The styles of projects."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_STYLES = Path(__file__).with_name("projects.css")


def project_styles() -> None:
    """Once a page."""
    st.html(_STYLES)
