"""What the weights being tried do: the answer, margins, their spread, the index before and after; and keeping them under a name."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.respondent_weights.raked_replicates import WeightingEffect
from analysis.respondent_weights.respondent_weights import Array, RespondentWeighting, WeightingRecipe
from analysis.respondent_weights.weighting_record import recipe_record, report_record
from answers.topic import Answered
from answers.weights import WEIGHTS, MadeWeights, WeightsOptions, weights_in_order
from charts.respondent_weights.weight_effect import weight_effect
from charts.respondent_weights.weight_histogram import weight_histogram
from charts.respondent_weights.weight_margins import weight_margins
from pages._shared.parts.cards import card
from pages._shared.parts.how_computed import explain
from pages._shared.parts.show_answer import coloured
from pages._shared.parts.show_chart import show_chart
from pages._shared.session.asking import ask_wave
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import kept as kept_results
from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.weights_list import in_force_sentence, say
from pages.measure.upload.weights_recipe import own_customers, population_name
from storage.records import Wave
from storage.weightings import LONGEST_NAME
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain


def show_tried(wave: Wave, options: WeightsOptions, kept: int) -> None:
    """Computes the weights and shows what they do; refusals are sentences. ``kept`` is how many weightings the wave has."""
    schema = schema_of(wave.schema_hash)
    codes = [schema.tree.code, *(child.code for child in schema.tree.children)]
    try:
        with st.spinner(_("Weighting …")):
            answered = ask_wave(WEIGHTS, wave, options, codes=codes, brought=own_customers(wave))
    except ManyiError as error:
        show_problem(error)
        return
    found, report = answered.result, answered.result.made.report
    with card(_("What these weights do"), key="tried_weights"):
        st.markdown("### " + coloured(answered.sentence(language())), anchors=False)
        if report.without:
            st.caption(_("{n} responses came without a weight and keep none.").format(n=number(report.without, 0)))
        if report.converged:
            _ask_to_keep(wave, answered, schema, kept)
    show_chart(partial(weight_margins, report), schema, "weight_margins")
    if report.converged:
        show_chart(partial(weight_histogram, _in_order(wave, answered), report.made), schema, "weight_histogram")
    if found.effect:
        if any(row.after.value is not None for row in found.effect.rows):
            show_chart(partial(weight_effect, found.effect), schema, "weight_effect")
        if found.effect.reason:
            st.caption(plain(said(found.effect.reason)))
        _explain(wave, found.recipe, found.made, found.effect)


def _in_order(wave: Wave, answered: Answered[WeightsOptions, MadeWeights]) -> Array:
    """The weight of every response, kept beside the answer."""
    key = ("weights in order", answered.question, answered.asked.source.key([wave.label]))
    return kept_results().get(key, lambda: weights_in_order(store(), wave, answered.result.made))


def _ask_to_keep(wave: Wave, answered: Answered[WeightsOptions, MadeWeights], schema: SurveySchema, kept: int) -> None:
    """Name and button; the name field is a new one, and so empty, after each weighting kept."""
    stopped = answered.result.made.report.level == "stopped"
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
        on_click=_keep, args=(wave, answered, schema, name, use), icon=":material/save:",
    )  # fmt: skip


def _keep(wave: Wave, answered: Answered[WeightsOptions, MadeWeights], schema: SurveySchema, name: str, use: bool) -> None:
    found = answered.result
    try:
        kept = store().weightings.save(
            wave.wave_id, name, _in_order(wave, answered), recipe=recipe_record(found.recipe, population_name(wave)),
            report=report_record(found.made.report, found.headline(schema.tree.code)), by=who(), use=use,
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
    }
    formula = r"\mathrm{deff}_w = \frac{n\sum w^2}{(\sum w)^2},\qquad n_{\mathrm{eff}} = \frac{n}{\mathrm{deff}_w}"
    explain([effect], facts, methods=[method], formula=formula, key="how_weighted")
