"""Factors on *Measurement*: how many, which questions go together, and the index of each factor."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.measurement.factor_extraction import Extraction
from analysis.measurement.factor_rotation import Rotation
from analysis.measurement.factors import Factors
from analysis.measurement.question_sets import all_items
from answers.measurement import FACTORS, FactorsOptions
from charts.measurement.construct_figures import index_rows
from charts.measurement.loadings_map import loadings_map
from charts.measurement.scree_plot import scree_plot
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from words.lists import listed

SUGGESTED = "suggested"
_EXTRACTIONS: dict[str, Extraction] = {"minres": "minres", "ml": "ml", "principal": "principal"}
_ROTATIONS: dict[str, Rotation] = {"varimax": "varimax", "promax": "promax", "oblimin": "oblimin", "none": "none"}
_MOST_FACTORS = 8


def show_factors(chosen: Chosen) -> Factors:
    """The choosers and the solution they ask for; returned for *How this was computed*."""
    items = all_items(chosen.schema)
    extraction_words = {"minres": _("Least squares (minres)"), "ml": _("Maximum likelihood"), "principal": _("Principal components")}
    rotation_words = {"varimax": "Varimax", "promax": "Promax", "oblimin": "Oblimin", "none": _("no rotation")}
    counts = [SUGGESTED, *(str(count) for count in range(1, min(_MOST_FACTORS, len(items) - 1) + 1))]
    with st.container(horizontal=True, key="factor_picks"):
        count = pick(_("Number of factors"), counts, "factor_count", lambda code: _("by parallel analysis") if code == SUGGESTED else code)
        extraction = pick(_("Extraction"), list(_EXTRACTIONS), "factor_extraction", extraction_words.__getitem__)
        rotation = pick(_("Rotation"), list(_ROTATIONS), "factor_rotation", rotation_words.__getitem__)
    wanted = None if count == SUGGESTED else int(count)
    with st.spinner(_("Factors with their intervals are being computed …")):
        options = FactorsOptions(_EXTRACTIONS[extraction], _ROTATIONS[rotation], wanted)
        found = ask(FACTORS, chosen, options, codes=items).result[0].found
    if found.number:
        show_chart(partial(scree_plot, found.number), chosen.schema, "scree")
    if found.reason:
        show_missing(_("There are no factors to show."), said(found.reason), "factors")
        return found
    for note in found.notes:
        say(said(note), "small")
    show_chart(partial(loadings_map, found), chosen.schema, "loadings")
    show_chart(
        partial(
            index_rows, found.indices, names=_factor_names(chosen, found), title=_("Factor scores as dimension indices"),
            caption=_("Mean of the questions that load highest on each factor, weighted by loading, on 0–100."),
        ),
        chosen.schema, "factor_indices",
    )  # fmt: skip
    return found


def _factor_names(chosen: Chosen, found: Factors) -> dict[str, str]:
    """Factor → the factor and its questions."""
    return {
        factor: f"{factor} {listed([chosen.schema.title_of(item, language()) for item in items], language())}"
        for factor, items in found.members.items()
    }
