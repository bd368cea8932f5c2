"""Driver analyses, kept. Keys are waves by content (responses and weighting), schema, selection and the rows the user may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import streamlit as st

from analysis.drivers.drivers import Drivers, diagnose_drivers, estimate_drivers, estimate_drivers_by
from analysis.drivers.drivers_by_group import DriversByGroup
from analysis.drivers.residual_diagnostics import OrderedCheck, ResidualDiagnostics
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import margins_of, schema_of, scope, settings, store
from storage.records import Scope, Selection, Wave
from survey_schema.columns import Role

#: Survey, schema, the content id of each wave, and (dimension, values) of the rows the user may see.
_Content = tuple[str, str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]
_Where = tuple[tuple[str, str], ...]
#: Outcome and drivers.
_Asked = tuple[str, tuple[str, ...]]


def drivers_of(chosen: Chosen, outcome: str, drivers: Sequence[str]) -> Drivers:
    """Everything about the drivers of one outcome in the chosen wave and selection."""
    return _drivers(_content(chosen, [chosen.wave]), _pairs(chosen.where), (outcome, tuple(drivers)))


def driver_diagnostics(chosen: Chosen, outcome: str, drivers: Sequence[str]) -> tuple[ResidualDiagnostics, OrderedCheck]:
    """What the rows say about the regression, and the ordered check. Reads rows, so ask only when it is looked at."""
    return _diagnostics(_content(chosen, [chosen.wave]), _pairs(chosen.where), (outcome, tuple(drivers)))


def drivers_by(chosen: Chosen, dimension: str, outcome: str, drivers: Sequence[str]) -> DriversByGroup:
    """Importance by branch, operator, brand or business line in the chosen wave, or by wave up to it; each against the rest."""
    waves = chosen.waves_so_far if dimension == Role.WAVE else (chosen.wave,)
    where = {name: value for name, value in chosen.where.items() if name != dimension}
    return _by(_content(chosen, waves), _pairs(where), (outcome, tuple(drivers)), dimension)


def _content(chosen: Chosen, waves: Sequence[Wave]) -> _Content:
    seen = tuple((name, tuple(sorted(values))) for name, values in sorted(scope().allowed.items()))
    return chosen.survey, chosen.schema_hash, tuple(wave.content_id for wave in waves), seen


def _pairs(where: Mapping[str, str]) -> _Where:
    return tuple(sorted(where.items()))


def _scan(content: _Content) -> nw.LazyFrame[Any]:
    survey, _schema, waves, seen = content
    allowed = Scope({name: frozenset(values) for name, values in seen})
    return store().scan(Selection(survey, waves), allowed)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drivers(content: _Content, where: _Where, asked: _Asked) -> Drivers:
    with margins_of(content[0], content[2]):
        return estimate_drivers(_scan(content), schema_of(content[1]), *asked, where=dict(where), thresholds=settings().thresholds)


@st.cache_resource(max_entries=32, show_spinner=False)
def _diagnostics(content: _Content, where: _Where, asked: _Asked) -> tuple[ResidualDiagnostics, OrderedCheck]:
    return diagnose_drivers(_scan(content), schema_of(content[1]), _drivers(content, where, asked), where=dict(where))


@st.cache_resource(max_entries=32, show_spinner=False)
def _by(content: _Content, where: _Where, asked: _Asked, dimension: str) -> DriversByGroup:
    limits = settings().thresholds
    with margins_of(content[0], content[2]):
        return estimate_drivers_by(_scan(content), schema_of(content[1]), [dimension], *asked, where=dict(where), thresholds=limits)
