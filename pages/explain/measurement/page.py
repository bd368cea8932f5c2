"""Measurement: does the questionnaire measure what it says?"""

from __future__ import annotations

import streamlit as st

from analysis.measurement.measurement_sentence import measurement_sentence
from analysis.sums.mean_replacement import Missing
from answers.measurement import RELIABILITY
from answers.path_model import PATH_MODEL, PathModelOptions
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.explain.measurement.factors import show_factors
from pages.explain.measurement.groups import show_groups
from pages.explain.measurement.path_model import show_effects, show_path_model, show_quality
from pages.explain.measurement.reliability import show_reliability
from survey_schema.path_presets import path_models_for

here = chosen()
schema = here.schema
result_styles()

sets = ask(RELIABILITY, here).result
models = path_models_for(schema)
main = next(iter(models.values()), None)
first_model = ask(PATH_MODEL, here).result.groups[0].found if main else None
titled = [(one.of.title.text(language()), one.found) for one in sets]
show_answer(_("Does the questionnaire measure what it says?"), measurement_sentence(titled, first_model, main, language()))

views = {
    "reliability": _("Reliability"), "factors": _("Factors"), "path_model": _("Path model"), "quality": _("Quality"),
    "effects": _("Effects"), "groups": _("Groups compared"),
}  # fmt: skip
view = pick_view(_("Part"), views, "measurement_view")
if view == "reliability":
    show_reliability(here, sets)
    how_computed(
        [one.found for one in sets[:1]],
        here,
        formula=r"\alpha = \frac{k}{k-1}\Big(1-\frac{\sum_i \sigma_i^2}{\sigma_{\text{sum}}^2}\Big)",
    )
elif view == "factors":
    how_computed([show_factors(here)], here)
elif not models:
    show_missing(
        _("This survey has no path model."),
        _(
            "A description that says which questions measure which construct brings the diagram and the indices. "
            "The index models ACSI, ECSI and TCSI are then offered too, where their constructs are asked."
        ),
        "path_model",
    )
else:
    ways: dict[str, Missing] = {"listwise": "listwise", "mean": "mean"}
    words = {"listwise": _("leave the respondent out"), "mean": _("take the mean of the question")}
    with st.container(horizontal=True, key="path_model_picks"):
        code = pick(_("Path model"), list(models), "path_model", lambda name: models[name].title.text(language()))
        missing = ways[pick(_("Missing answers"), list(ways), "path_model_missing", words.__getitem__)]
    if shows := {"path_model": show_path_model, "quality": show_quality, "effects": show_effects}.get(view):
        result = ask(PATH_MODEL, here, PathModelOptions(code, missing=missing)).result.groups[0].found
        shows(here, result, models[code])
        how_computed([result], here, formula=r"v_i = \frac{\omega_i/\sigma_i}{\sum_j \omega_j/\sigma_j}")
    elif compared := show_groups(here, models[code], missing):
        how_computed([compared], here)
