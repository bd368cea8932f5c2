"""The path model on *Measurement*: diagram, quality, indices, effects, importance and performance."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.path_model import PathModelResult
from charts.path_diagram import path_diagram
from charts.quality_rows import construct_rows, separation_rows
from pages._shared.choices import Chosen
from pages._shared.messages import plain
from pages._shared.show_chart import show_chart
from pages._shared.show_missing import show_missing
from pages._shared.words import _, language, said
from survey_schema.models import PathModel


def construct_names(model: PathModel) -> dict[str, str]:
    """Construct code → title in the language of this run."""
    return {construct.code: construct.title.text(language()) for construct in model.constructs}


def show_path_model(chosen: Chosen, result: PathModelResult, model: PathModel) -> None:
    """All of one estimated model, or the sentence why there is none."""
    if result.reason:
        show_missing(_("This path model cannot be estimated here."), said(result.reason), "path_model")
        return
    names, schema = construct_names(model), chosen.schema
    for note in result.notes:
        st.caption(plain(said(note)))
    show_chart(partial(path_diagram, result, model, names=names), schema, "path_diagram")
    show_chart(partial(construct_rows, result, names=names), schema, "constructs")
    if result.separations:
        show_chart(partial(separation_rows, result, names=names), schema, "separations")
