"""The path model on *Measurement*, in three views: diagram and indices; quality; effects, importance and performance."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.measurement.path_model_result import PathModelResult
from answers.importance_performance import IPA
from answers.importance_performance_options import IpaOptions
from charts.importance_performance.importance_map_chart import importance_map_chart
from charts.importance_performance.map_words import MapWords
from charts.measurement.construct_figures import effect_rows, index_rows
from charts.measurement.construct_structure import arrow_rows, cross_loadings_map, fornell_larcker_map
from charts.measurement.measurement_rows import construct_rows, separation_rows
from charts.measurement.path_diagram import path_diagram
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from survey_schema.path_models import PathModel
from words.periods import wave_text


def construct_names(model: PathModel) -> dict[str, str]:
    """Construct code → title in the language of this run."""
    return {construct.code: construct.title.text(language()) for construct in model.constructs}


def show_path_model(chosen: Chosen, result: PathModelResult, model: PathModel) -> None:
    """The estimated model and its indices, or the sentence why there is none."""
    if not _estimated(result):
        return
    names, schema = construct_names(model), chosen.schema
    for note in (*([result.losses] if result.losses else []), *result.notes):
        say(said(note), "small")
    show_chart(partial(path_diagram, result, model, names=names), schema, "path_diagram")
    show_chart(
        partial(
            index_rows, result.indices, names=names, equal=result.equal_weight_indices, strong=model.satisfaction,
            title=_("Construct indices"), caption=_("0–100, weighted as the model estimates; beside them the same with equal weights."),
        ),
        schema, "construct_indices",
    )  # fmt: skip


def show_quality(chosen: Chosen, result: PathModelResult, model: PathModel) -> None:
    """How well the estimated model measures its constructs, or the sentence why there is none."""
    if not _estimated(result):
        return
    names = construct_names(model)
    show_chart(partial(construct_rows, result, names=names), chosen.schema, "constructs")
    if result.separations:
        show_chart(partial(separation_rows, result, names=names), chosen.schema, "separations")
    _show_structure(chosen, result, model, names)


def show_effects(chosen: Chosen, result: PathModelResult, model: PathModel) -> None:
    """What moves satisfaction in the estimated model, and where to work first, or the sentence why there is none."""
    if not _estimated(result):
        return
    show_chart(partial(effect_rows, result, names=construct_names(model), target=model.satisfaction), chosen.schema, "effects")
    _show_maps(chosen, result, model)


def _estimated(result: PathModelResult) -> bool:
    if result.reason:
        show_missing(_("This path model cannot be estimated here."), said(result.reason), "path_model")
    return not result.reason


def _show_structure(chosen: Chosen, result: PathModelResult, model: PathModel, names: dict[str, str]) -> None:
    """What a reviewer asks for, folded: what each arrow adds, Fornell–Larcker, cross-loadings."""
    with st.expander(
        _("Arrows, Fornell–Larcker and cross-loadings"), icon=":material/grid_on:", key="structure", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        show_chart(partial(arrow_rows, result, names=names), chosen.schema, "arrows")
        show_chart(partial(fornell_larcker_map, result, model, names=names), chosen.schema, "fornell_larcker")
        show_chart(partial(cross_loadings_map, result, model, names=names), chosen.schema, "cross_loadings")


def _show_maps(chosen: Chosen, result: PathModelResult, model: PathModel) -> None:
    if result.map_reason:
        show_missing(_("There is no importance–performance map."), said(result.map_reason), "importance_map")
        return
    titles = {"constructs": _("Where to work first, by construct"), "items": _("Where to work first, by question")}
    for level, key in (("constructs", "importance_map"), ("items", "item_map")):
        asked = ask(IPA, chosen, IpaOptions("effects", model=model.code, level=level, missing=result.missing)).result
        if asked.map.reason is None:
            before = wave_text(asked.before, language()) if asked.before else None
            words = MapWords(titles[level], chosen.schema.title_of(model.satisfaction, language()), before=before)
            show_chart(partial(importance_map_chart, asked.map, words=words, moved=asked.movements), chosen.schema, key)
