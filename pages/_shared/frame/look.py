"""What the style sheet needs from the palette and the language."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from charts.kit.palette import palette_for
from pages._shared.session.colours import theme
from pages._shared.session.words import _, language

STYLE_SHEET = Path(__file__).with_name("look.css")


def apply_look() -> None:
    """Loads the style sheet, the palette as ``--manyi-…``, and our words for those Streamlit has in English only."""
    palette = palette_for(theme())
    names = {"ours": palette.ours, "surface": palette.surface, "muted": palette.muted, "line": palette.line, "ground": palette.ground}
    words = {"choose-file": _("Choose a file, or drop it here"), "no-results": _("Nothing found")}
    variables = [f"--manyi-{name}:{colour};" for name, colour in names.items()]
    variables += [f"--manyi-{name}:{json.dumps(text, ensure_ascii=False)};" for name, text in words.items()]
    if language() == "en":  # the quotation marks of Chinese fonts are as wide as a character
        variables.append("font-variant-east-asian:proportional-width;")
    st.html(STYLE_SHEET)
    st.html("<style>:root{" + "".join(variables) + "}</style>")
