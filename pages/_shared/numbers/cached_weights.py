"""Weight sets and their comparison for *Indicators*, kept by what they follow from: responses, weighting, tree and selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.disclosure.protected_moments import protected_moments
from analysis.indicator_weights.compare_weight_sets import WeightComparison, compare_weight_sets
from analysis.indicator_weights.weight_methods import find_weights
from analysis.indicator_weights.weight_sets import WeightSet, equal_weights, reweighted
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import GroupMoments
from analysis.sums.tallies import Tallies, sums
from pages._shared.numbers.cached import tallies_for
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import margins_of, schema_of, scope, settings, store
from storage.records import Scope, Selection
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.indicator_weighting import FROM_ANSWERS, IndicatorWeightMethod
from survey_schema.loading import dump_schema
from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for

#: Survey, content id of the wave, (dimension, values) of the rows the user may see.
_Content = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]
_Pairs = tuple[tuple[str, str], ...]


def weights_by(method: IndicatorWeightMethod, schema: SurveySchema, chosen: Chosen | None) -> WeightSet:
    """The weights of a tree by one method; those that follow from answers take the chosen wave and selection.

    ``chosen`` is None where there are no answers of this survey; only methods that need none may be asked then.
    """
    if method not in FROM_ANSWERS or chosen is None:
        return find_weights(method, schema, moments=_no_moments, tallies=_no_tallies)
    where = tuple(sorted(chosen.where.items()))
    return _derived(method, dump_schema(schema), _content(chosen), where, compared_dimension(schema) or "", _limits())


def weights_compared(first: SurveySchema, second: SurveySchema, chosen: Chosen) -> WeightComparison:
    """Two schemas of the same questions on the answers of the chosen wave, groups whatever group is chosen."""
    dimension = compared_dimension(first)
    where = tuple(sorted(without(chosen.where, *([dimension] if dimension else [])).items()))
    return _compared(dump_schema(first), dump_schema(second), _content(chosen), where, dimension or "", _limits())


def compared_dimension(schema: SurveySchema) -> str | None:
    """What entropy and ranks compare: branches, else the first dimension the survey has."""
    there = [str(name) for name in DIMENSIONS if schema.column_for(Role(name))]
    return str(Role.BRANCH) if Role.BRANCH in there else next(iter(there), None)


def _no_moments(_items: Sequence[str]) -> GroupMoments:
    raise RuntimeError("this method needs answers")


def _no_tallies() -> Tallies:
    raise RuntimeError("this method needs answers")


def _limits() -> Thresholds:
    return settings().thresholds


def _content(chosen: Chosen) -> _Content:
    seen = tuple((name, tuple(sorted(values))) for name, values in sorted(scope().allowed.items()))
    return chosen.survey, chosen.wave.content_id, seen


@st.cache_resource(max_entries=64, show_spinner=False)
def _derived(
    method: IndicatorWeightMethod, definition: str, content: _Content, where: _Pairs, dimension: str, limits: Thresholds
) -> WeightSet:
    schema = SurveySchema.model_validate_json(definition)
    survey, wave, seen = content
    narrowed = {name: value for name, value in where if name != dimension}

    def moments(items: Sequence[str]) -> GroupMoments:
        allowed = Scope({name: frozenset(values) for name, values in seen})
        frame = store().scan(Selection(survey, (wave,)), allowed)
        with margins_of(survey, (wave,)):
            return protected_moments(frame, schema, items, where=dict(where), thresholds=limits)[0]

    return find_weights(
        method, schema, moments=moments, tallies=lambda: _sums(schema, content, (*narrowed, dimension)),
        models=list(path_models_for(schema).values()), dimension=dimension, where=narrowed, thresholds=limits,
    )  # fmt: skip


@st.cache_resource(max_entries=32, show_spinner=False)
def _compared(first: str, second: str, content: _Content, where: _Pairs, dimension: str, limits: Thresholds) -> WeightComparison:
    by = (*dict(where), *([dimension] if dimension else []))
    one, two = (SurveySchema.model_validate_json(text) for text in (first, second))
    return compare_weight_sets(
        _sums(one, content, by), one, two, dimension=dimension or None, where=dict(where), thresholds=limits,
        other_tallies=_sums(two, content, by),
    )  # fmt: skip


def _sums(schema: SurveySchema, content: _Content, by: tuple[str, ...]) -> Tallies:
    """The sums every page shares where the tree has the shape of the wave's own, else a pass of its own."""
    survey, content_id, _seen = content
    wave = next((wave for wave in store().waves(survey) if wave.content_id == content_id), None)
    if wave is not None and _shape(schema_of(wave.schema_hash)) == _shape(schema):
        return tallies_for([wave], wave.schema_hash, by)
    return _tallies(_shape(schema), content, by)


def _shape(schema: SurveySchema) -> str:
    """The schema without its weights: sums depend on which items stand below which node only."""
    return dump_schema(reweighted(schema, equal_weights(schema)).model_copy(update={"version": 1}))


@st.cache_resource(max_entries=8, show_spinner=False)
def _tallies(definition: str, content: _Content, by: tuple[str, ...]) -> Tallies:
    """The sums of one wave for a tree that need not be stored, cut to the rows the user may see."""
    survey, wave, seen = content
    allowed: Mapping[str, tuple[str, ...]] = dict(seen)
    schema = SurveySchema.model_validate_json(definition)
    whole = sums(store().scan(Selection(survey, (wave,))), schema, by=("wave", *dict.fromkeys([*by, *allowed])))
    return whole.where(allowed).collapse(by)
