"""What new weights are to reach: the population, the margins, raking or cells, where to start, and trimming."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pyarrow as pa
import streamlit as st

from analysis.respondent_weights.weighting_targets import ColumnsName, columns_told_apart
from answers.source import Customers
from answers.weights import WeightsOptions
from pages._shared.parts.pick import pick_several
from pages._shared.parts.show_missing import show_missing
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import settings, store
from pages._shared.session.words import _, language, number
from pages.measure.upload.file import KINDS
from storage.records import Wave
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.population_workbook import population_of_workbook
from words.errors import ManyiError
from words.language import message
from words.shown_text import markdown_text as plain

_POPULATION = "weights_population"
_JOINED = "*"
_MOST_MARGINS = 8


def choose_recipe(wave: Wave, schema: SurveySchema) -> WeightsOptions | None:
    """The choices; None, with a sentence on screen, while something is missing or wrong."""
    population = _choose_population(wave, schema)
    told = columns_told_apart(population, schema)
    if population is None or not told:
        show_missing(
            _("There is no population to weight to."),
            _("A sheet with customers by branch, operator, brand or business line brings it, in the wave's workbook or in one of its own."),
            "population",
        )
        return None
    return _choose(told, wave, schema)


def own_customers(wave: Wave) -> Customers | None:
    """The population that was uploaded for this wave; None where its own counts."""
    own = _own(wave)
    return own[1] if own else None


def population_name(wave: Wave) -> str:
    """Where the targets come from: a file of its own, or the wave's workbook."""
    own = _own(wave)
    return own[0] if own else wave.source_name


def _choose(told: Sequence[str], wave: Wave, schema: SurveySchema) -> WeightsOptions | None:
    methods = {"raking": _("Margin by margin (raking)"), "cells": _("Every combination (cells)")}
    method = st.segmented_control(
        _("Weight by"), list(methods), default="raking", required=True, format_func=methods.__getitem__, key="weights_method",
        persist_state="session",
    )  # fmt: skip
    single = list(told)
    joined = [_JOINED.join(pair) for pair in combinations(told, 2)] if method == "raking" else []
    words = {code: ColumnsName(tuple(code.split(_JOINED)), schema).text(language()) for code in [*single, *joined]}
    codes = pick_several(_("Margins"), list(words), f"weights_margins_{method}_{wave.survey}", words.__getitem__, single[:2], _MOST_MARGINS)
    if not codes:
        show_problem(ManyiError(message("Name at least one margin, such as branch.")))
        return None
    margins = tuple(tuple(code.split(_JOINED)) for code in codes) if method == "raking" else (tuple(codes),)
    starts = {"given": _("the weights as stored"), "unit": _("1 for every response")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="weights_details"):
        start = st.segmented_control(
            _("Start from"), list(starts), default="given", required=True, format_func=starts.__getitem__, key="weights_start",
            persist_state="session",
        )  # fmt: skip
        trim = st.number_input(
            _("Largest weight (times the mean)"), 1.1, 100.0, None, 0.5, "%.1f", key="weights_trim", placeholder=_("no limit"), width=240,
            persist_state="session", help=_("Trimming: no weight is larger; the margins are met all the same, or refused."),
        )  # fmt: skip
    return WeightsOptions(margins, method == "cells", "unit" if start == "unit" else "given", trim)


def _choose_population(wave: Wave, schema: SurveySchema) -> pa.Table | None:
    """The wave's own population, or that of an uploaded workbook, which is kept while the session works on this wave."""
    stored, own = store().population(wave.wave_id), _own(wave)
    told = (
        _("The population sheet of {file}").format(file=plain(wave.source_name))
        if stored is not None
        else _("The wave's workbook has none")
    )
    with st.expander(_("Population: {source}").format(source=plain(own[0]) if own else told), expanded=stored is None and own is None):
        key = f"weights_population_file_{wave.wave_id}"
        st.file_uploader(
            _("A population in a workbook of its own"), KINDS, key=key, on_change=_take, args=(key, wave, schema),
            help=_("Columns: branch, operator, brand or business line, and the number of customers."),
        )  # fmt: skip
        problem = st.session_state.get(f"{_POPULATION}_problem_{wave.wave_id}")
        if problem:
            show_problem(problem)
        population: pa.Table | None = own[1].table if own else stored
        if population is not None:
            total = number(sum(population["customers"].to_pylist()), 0)
            st.caption(_("{rows} rows, {customers} customers.").format(rows=number(population.num_rows, 0), customers=total))
    return population


def _take(key: str, wave: Wave, schema: SurveySchema) -> None:
    uploaded, here = st.session_state.get(key), f"{_POPULATION}_{wave.wave_id}"
    for name in (here, f"{_POPULATION}_problem_{wave.wave_id}"):
        st.session_state.pop(name, None)
    if uploaded is None:
        return
    try:
        population = population_of_workbook(uploaded.getvalue(), schema, uploaded.name, settings().read)
        st.session_state[here] = (uploaded.name, Customers(population))
    except ManyiError as error:
        st.session_state[f"{_POPULATION}_problem_{wave.wave_id}"] = error


def _own(wave: Wave) -> tuple[str, Customers] | None:
    found: tuple[str, Customers] | None = st.session_state.get(f"{_POPULATION}_{wave.wave_id}")
    return found
