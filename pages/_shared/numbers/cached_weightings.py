"""Weightings being tried, kept: keys are the wave, the recipe as text and the thresholds. Made for whole waves, whatever is in force."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from analysis.respondent_weights.raked_replicates import WeightingEffect, weighting_effect
from analysis.respondent_weights.respondent_weights import RespondentWeighting, WeightingRecipe, weigh
from analysis.respondent_weights.weighting_record import recipe_of_record, recipe_record
from analysis.respondent_weights.weighting_report import WeightSpread, spread_of
from analysis.results.estimates import Thresholds
from pages._shared.session.store_access import schema_of, settings, store
from storage.records import Selection, Wave
from survey_schema.columns import Role


@dataclass(frozen=True, eq=False)
class TriedWeighting:
    """Weights made for a wave: one for each stored response, the report with them, and what they do to the index and its dimensions.

    ``effect`` is None where the targets were not met.
    """

    made: RespondentWeighting
    weights: npt.NDArray[np.float64]
    effect: WeightingEffect | None


def tried(wave: Wave, recipe: WeightingRecipe) -> TriedWeighting:
    """The weights a recipe gives the wave. Raises :class:`ManyiError` naming what stands in the way."""
    return _tried(wave.survey, wave.wave_id, wave.schema_hash, json.dumps(recipe_record(recipe, ""), sort_keys=True), settings().thresholds)


@st.cache_resource(max_entries=8, show_spinner=False)
def _tried(survey: str, wave_id: str, schema_hash: str, recipe: str, thresholds: Thresholds) -> TriedWeighting:
    schema = schema_of(schema_hash)
    asked: dict[str, Any] = json.loads(recipe)
    wanted = recipe_of_record(asked)
    responses = store().responses(wave_id, [*wanted.columns, Role.RESPONDENT_WEIGHT])
    made = weigh(responses, wanted, schema=schema, thresholds=thresholds)
    effect = None
    if made.report.converged:
        codes = [schema.tree.code, *(child.code for child in schema.tree.children)]
        frame = store().scan(Selection(survey, (wave_id,)))  # a bare wave id always means the weights as stored
        effect = weighting_effect(frame, schema, made, codes=codes, thresholds=thresholds)
    return TriedWeighting(made, made.weights_of(responses), effect)


@st.cache_resource(max_entries=64, show_spinner=False)
def weights_as_stored(wave_id: str) -> WeightSpread | None:
    """How unequal the weights are that a wave came with; None when no response has one."""
    weights = store().responses(wave_id, [Role.RESPONDENT_WEIGHT])[Role.RESPONDENT_WEIGHT].drop_null().to_numpy()
    values, counts = np.unique(weights[weights > 0], return_counts=True)
    return spread_of(values, counts.astype(np.float64)) if len(values) else None
