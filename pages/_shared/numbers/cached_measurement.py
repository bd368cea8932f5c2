"""Results on the measurement model and on tiers, kept: keys are waves by content, schema, selection, what the user may see, what was asked.

Like ``cached_results``, for analyses that need cross-products or single responses instead of tallies. The analyses see whole waves:
whether a selection may be shown depends on its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple
from typing import Any, TypeVar

import narwhals as nw
import streamlit as st

from analysis.disclosure.protected_moments import protected_moments
from analysis.measurement.factor_extraction import Extraction
from analysis.measurement.factor_rotation import Rotation
from analysis.measurement.factors import Factors, estimate_factors
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_groups import PathModelComparison, compare_path_models
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.reliability import Reliability, estimate_reliability
from analysis.results.estimates import Thresholds
from analysis.sums.mean_replacement import Missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import margins_of, schema_of, scope, settings, store
from storage.records import Selection
from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for

T = TypeVar("T")
Frame = nw.LazyFrame[Any]
#: (dimension, value) of what is narrowed down to.
Narrow = tuple[tuple[str, str], ...]


def from_responses(
    compute: Callable[..., T],
    chosen: Chosen,
    *,
    where: Mapping[str, str] | None = None,
    labels: tuple[str, ...] = (),
    **asked: object,
) -> T:
    """``compute(frame, schema, thresholds, **asked)`` over the responses of the chosen wave, or of several of its survey.

    ``asked`` must be hashable; ``where`` stands in for the global selection.
    """
    waves = [wave for wave in chosen.waves if wave.label in labels] or [chosen.wave]
    narrowed = tuple(sorted((chosen.where if where is None else where).items()))
    seen = tuple((name, tuple(sorted(values))) for name, values in sorted(scope().allowed.items()))
    content = (chosen.survey, *(wave.content_id for wave in waves))
    kept: T = _kept(
        compute,
        f"{compute.__module__}.{compute.__qualname__}",
        content,
        chosen.schema_hash,
        narrowed,
        tuple(sorted(asked.items())),
        seen,
        astuple(settings().thresholds),
    )
    return kept


@st.cache_resource(max_entries=256, show_spinner=False)
def _kept(
    _compute: Callable[..., Any],
    name: str,
    content: tuple[str, ...],
    schema_hash: str,
    where: tuple[tuple[str, str], ...],
    asked: tuple[tuple[str, object], ...],
    seen: tuple[object, ...],
    thresholds: tuple[float, ...],
) -> Any:
    survey, *waves = content
    frame = store().scan(Selection(survey, tuple(waves), dict(where)), scope())
    with margins_of(survey, waves):
        return _compute(frame, schema_of(schema_hash), settings().thresholds, **dict(asked))


def reliability(chosen: Chosen, items: tuple[str, ...]) -> Reliability:
    """Reliability of a set of questions for the selection."""
    return judged(_reliability, chosen, items=items)


def factors(chosen: Chosen, items: tuple[str, ...], count: int | None, extraction: Extraction, rotation: Rotation) -> Factors:
    """Factors of a set of questions for the selection; ``count`` None takes what parallel analysis suggests."""
    return judged(_factors, chosen, items=items, count=count, extraction=extraction, rotation=rotation)


def path_model(chosen: Chosen, code: str, missing: Missing = "listwise") -> PathModelResult:
    """One of the path models that fit the survey, for the selection."""
    return judged(_path_model, chosen, model=code, missing=missing)


def path_model_groups(
    chosen: Chosen, code: str, dimension: str, first: str, second: str, missing: Missing = "listwise"
) -> PathModelComparison:
    """The path model of two branches, operators, brands or business lines, compared after compositional invariance."""
    where = {name: value for name, value in chosen.where.items() if name != dimension}
    return judged(_groups, chosen, where=where, model=code, dimension=dimension, first=first, second=second, missing=missing)


def judged(compute: Callable[..., T], chosen: Chosen, *, where: Mapping[str, str] | None = None, **asked: object) -> T:
    """Over the whole wave, with the selection handed on."""
    narrow = tuple(sorted((chosen.where if where is None else where).items()))
    return from_responses(compute, chosen, where={}, labels=(), narrow=narrow, **asked)


def _reliability(frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, items: tuple[str, ...]) -> Reliability:
    (moments,) = protected_moments(frame, schema, items, where=dict(narrow), thresholds=thresholds)
    return estimate_reliability(moments, schema, items, thresholds)


def _factors(
    frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, items: tuple[str, ...], count: int | None,
    extraction: Extraction, rotation: Rotation,
) -> Factors:  # fmt: skip
    (moments,) = protected_moments(frame, schema, items, where=dict(narrow), thresholds=thresholds)
    return estimate_factors(moments, schema, items, count=count, extraction=extraction, rotation=rotation, thresholds=thresholds)


def _path_model(
    frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, model: str, missing: Missing
) -> PathModelResult:
    wanted = path_models_for(schema)[model]
    items = list(dict.fromkeys(item for construct in wanted.constructs for item in construct.items))
    (moments,) = protected_moments(frame, schema, items, where=dict(narrow), thresholds=thresholds, missing=missing)
    return estimate_path_model(moments, schema, wanted, thresholds)


def _groups(
    frame: Frame, schema: SurveySchema, thresholds: Thresholds, narrow: Narrow, model: str, dimension: str, first: str, second: str,
    missing: Missing,
) -> PathModelComparison:  # fmt: skip
    wanted = path_models_for(schema)[model]
    items = list(dict.fromkeys(item for construct in wanted.constructs for item in construct.items))
    groups = protected_moments(frame, schema, items, by=[dimension], where=dict(narrow), thresholds=thresholds, missing=missing)
    found = {str(group.keys[dimension]): group for group in groups}
    both = frame.filter(nw.col(dimension).is_in([first, second]), *(nw.col(name) == value for name, value in narrow))
    return compare_path_models(found[first], found[second], schema, wanted, frame=both, thresholds=thresholds)
