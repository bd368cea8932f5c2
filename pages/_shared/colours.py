"""Light or dark, and the palette's colours for the style sheet."""

from __future__ import annotations

import streamlit as st

from charts.palette import Theme, palette_for


def theme() -> Theme:
    """The theme this browser shows; light until it has told."""
    return "dark" if st.context.theme.type == "dark" else "light"


def colour_variables(of: Theme) -> str:
    """The palette as CSS variables ``--manyi-…``."""
    palette = palette_for(of)
    names = {"ours": palette.ours, "surface": palette.surface, "muted": palette.muted, "line": palette.line, "ground": palette.ground}
    return "<style>:root{" + "".join(f"--manyi-{name}:{colour};" for name, colour in names.items()) + "}</style>"
