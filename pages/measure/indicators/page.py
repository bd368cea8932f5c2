"""Indicators: which indicator counts how much?"""

from __future__ import annotations

import streamlit as st

from analysis.indicator_weights.weight_sentence import heaviest_sentence
from analysis.indicator_weights.weight_sets import WeightSet, schema_weights
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from pages._shared.parts.cards import card
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import Chosen, chosen
from pages._shared.session.asking import source_of
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import active_waves
from pages._shared.session.words import _, language, said
from pages.measure.indicators.compare import show_comparison
from pages.measure.indicators.draft import base_words, newest_copy, refused, schema_in_use, surveys
from pages.measure.indicators.methods import show_methods
from pages.measure.indicators.renamed import show_renamed
from pages.measure.indicators.saving import show_elsewhere, show_outcome, show_saving, show_versions
from pages.measure.indicators.tree import show_tree
from storage.schema_versions import other_answers
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain

result_styles()
answer = st.container()
here: Chosen | None = chosen() if active_waves() else None
with st.container(horizontal=True, vertical_alignment="bottom", key="indicators_top"):
    titles = {name: f"{schema_in_use(name).title.text(language())} · {name}" for name in surveys()}
    selected = here.survey if here else None  # part of the key: another survey in the bar is another survey here
    survey = pick(_("Survey"), list(titles), f"indicators_survey_{selected}", titles.__getitem__, selected)
    parts = {"tree": _("Tree and weights"), "methods": _("Weights by a method"), "compare": _("Two sets side by side")}
    part = st.segmented_control(
        _("Part"), list(parts), default="tree", required=True, key="indicators_part", format_func=parts.__getitem__,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
copy = newest_copy(survey)
schema: SurveySchema | None = None
show_outcome()
show_elsewhere(survey)
try:
    schema = copy.schema()
except ManyiError as error:
    show_problem(error)
problem = refused()
if problem:
    show_problem(problem)
answers = here if here and here.survey == survey else None
otherwise = other_answers(answers.schema, schema) if answers and schema else None
if answers and otherwise:
    told = _("The answers of {wave} are not used here: {reason}")
    st.info(plain(told.format(wave=wave_text(answers.wave.label, language()), reason=said(otherwise))), icon=":material/info:")
    answers = None

found: WeightSet | None = None
sentence: list[Segment] = []
results: list[Result] = []
if part == "tree" or schema is None:
    with card(parts["tree"], base_words(copy), key="indicators"):
        show_tree(copy)
elif part == "methods":
    found = show_methods(copy, schema, answers)
else:
    sentence, results = show_comparison(copy, schema, answers)
with card(_("Save"), _("Draft, not saved yet") if copy.changed else "", key="indicators_saving"):
    show_saving(copy, schema)
with card(_("Versions"), key="indicators_history"):
    show_versions(copy)
if here and here.survey == survey:
    with card(_("Branches renamed or merged"), key="indicators_branches"):
        show_renamed(source_of(here))

with answer:
    if not sentence:
        unfinished = [Segment(_("The draft is not complete."))]
        shown = found if found and found.reason is None else schema and schema_weights(schema)
        sentence = heaviest_sentence(shown, schema, language()) if schema and shown else unfinished
    show_answer(_("Which indicator counts how much?"), sentence)
if answers and (found or results):
    how_computed([found] if found else results, answers, formula=r"I = \sum_i a_i m_i, \qquad \sum_i a_i = 1")
elif found:
    st.caption(plain(found.provenance.method.text(language())))
