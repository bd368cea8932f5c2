"""What the weights being tried do: the answer, margins, their spread, the index before and after; and keeping them under a name."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.respondent_weights.raked_replicates import WeightingEffect
from analysis.respondent_weights.respondent_weights import RespondentWeighting, WeightingRecipe
from analysis.respondent_weights.weighting_record import recipe_record, report_record
from analysis.respondent_weights.weighting_sentence import weighting_sentence
from analysis.results.estimates import Result
from charts.respondent_weights.weight_effect import weight_effect
from charts.respondent_weights.weight_histogram import weight_histogram
from charts.respondent_weights.weight_margins import weight_margins
from pages._shared.numbers.cached_weightings import TriedWeighting, tried
from pages._shared.parts.cards import card
from pages._shared.parts.how_computed import explain
from pages._shared.parts.show_answer import coloured
from pages._shared.parts.show_chart import show_chart
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.weights_list import in_force_sentence, say
from pages.measure.upload.weights_recipe import population_name
from storage.records import Wave
from storage.weightings import LONGEST_NAME
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain


def show_tried(wave: Wave, recipe: WeightingRecipe, kept: int) -> None:
    """Computes the weights and shows what they do; refusals are sentences. ``kept`` is how many weightings the wave has."""
    schema = schema_of(wave.schema_hash)
    try:
        with st.spinner(_("Weighting …")):
            found = tried(wave, recipe)
    except ManyiError as error:
        show_problem(error)
        return
    report, effect = found.made.report, found.effect
    headline = effect.find(schema.tree.code) if effect else None
    with card(_("What these weights do"), key="tried_weights"):
        st.markdown("##### " + coloured(weighting_sentence(report, headline, schema, language())), anchors=False)
        if report.without:
            st.caption(_("{n} responses came without a weight and keep none.").format(n=number(report.without, 0)))
        if report.converged:
            _ask_to_keep(wave, recipe, found, schema, kept)
    show_chart(partial(weight_margins, report), schema, "weight_margins")
    if report.converged:
        show_chart(partial(weight_histogram, found.weights, report.made), schema, "weight_histogram")
    if effect:
        if any(row.after.value is not None for row in effect.rows):
            show_chart(partial(weight_effect, effect), schema, "weight_effect")
        if effect.reason:
            st.caption(plain(said(effect.reason)))
        _explain(wave, recipe, found.made, effect)


def _ask_to_keep(wave: Wave, recipe: WeightingRecipe, found: TriedWeighting, schema: SurveySchema, kept: int) -> None:
    """Name and button; the name field is a new one, and so empty, after each weighting kept."""
    stopped = found.made.report.level == "stopped"
    with st.container(horizontal=True, vertical_alignment="bottom", key="keep_weights"):
        name = st.text_input(
            _("Name of the weighting"),
            key=f"weighting_name_{wave.wave_id}_{kept}",
            max_chars=LONGEST_NAME,
            width=320,
            placeholder=_("such as final"),
        )
        use = st.checkbox(_("Put in force at once"), value=True, key="weighting_use", persist_state="session")
    sure = not stopped or st.checkbox(_("Keep them although too much precision is lost"), key=f"weighting_sure_{wave.wave_id}_{kept}")
    st.button(
        _("Save and put in force") if use else _("Save"), type="primary", key="save_weighting", disabled=not name.strip() or not sure,
        on_click=_keep, args=(wave, recipe, found, schema, name, use), icon=":material/save:",
    )  # fmt: skip


def _keep(wave: Wave, recipe: WeightingRecipe, found: TriedWeighting, schema: SurveySchema, name: str, use: bool) -> None:
    headline = found.effect.find(schema.tree.code) if found.effect else None
    try:
        kept = store().weightings.save(
            wave.wave_id, name, found.weights, recipe=recipe_record(recipe, population_name(wave)),
            report=report_record(found.made.report, headline), by=who(), use=use,
        )  # fmt: skip
    except ManyiError as error:
        say(error)
        return
    say(in_force_sentence(wave, kept.name) if use else _("Weighting “{name}” is kept; it is not in force.").format(name=kept.name))


def _explain(wave: Wave, recipe: WeightingRecipe, made: RespondentWeighting, effect: WeightingEffect) -> None:
    """Method, settings and source, as under every result."""
    report = made.report
    method = {
        "raking": _(
            "Raking (iterative proportional fitting): the weights are brought to the shares of each margin in turn until all are met."
        ),
        "cells": _("Cell weighting: the weights of each combination are brought to its share of the population."),
    }[recipe.method]
    facts = {
        _("Wave"): wave_text(wave.label, language()),
        _("Population"): population_name(wave),
        _("Start from"): _("1 for every response") if recipe.start == "unit" else _("the weights as stored"),
        _("Largest weight (times the mean)"): _("no limit") if recipe.trim is None else number(recipe.trim, 1),
        _("Held at the largest weight"): number(report.trimmed, 0),
        _("Rounds"): number(report.rounds, 0),
        _("Largest difference left (share)"): f"{report.difference:.1e}",
        _("Replicate groups"): number(effect.groups, 0),
    }
    settings = {name: value for name, value in effect.settings.items() if name != "replicate_groups"}  # among the facts already
    formula = r"\mathrm{deff}_w = \frac{n\sum w^2}{(\sum w)^2},\qquad n_{\mathrm{eff}} = \frac{n}{\mathrm{deff}_w}"
    explain([method], [Result((), effect.method, settings)], facts, formula=formula, key="how_weighted")
