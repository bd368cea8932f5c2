"""A selection that nobody fits, such as our operator with a rival's brand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from analysis.results.estimates import Estimate
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from words.periods import wave_text


def stop_where_nobody(figures: Iterable[Estimate], here: Chosen, where: Mapping[str, str] | None = None) -> None:
    """Says it and ends the page where no figure has an answer behind it, instead of charts without a row.

    ``where`` is what the figures were narrowed to, the whole selection by default.
    """
    if any(figure.n for figure in figures):
        return
    selected = " · ".join(here.title(dimension, value) for dimension, value in (here.where if where is None else where).items())
    show_missing(
        _("{wave} has no answers of {selection}.").format(wave=wave_text(here.wave.label, language()), selection=selected),
        _("Set one of the selections above to “all”."),
        "nobody",
    )
    st.stop()
