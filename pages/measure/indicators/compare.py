"""Two sets of weights side by side in *Indicators*: the weights, the index under both, and what each does to ranks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from analysis.indicator_weights.weight_sentence import comparison_sentence
from analysis.indicator_weights.weight_sets import NAMES, WeightSet, reweighted, schema_weights
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from charts.indicator_weights.weight_sets import rank_rows, weight_rows
from pages._shared.numbers.cached_weights import compared_dimension, weights_by, weights_compared
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import schema_of, store
from pages._shared.session.words import _, language, said
from pages.measure.indicators.draft import WorkingCopy
from pages.measure.indicators.methods import weight_table
from survey_schema.indicator_weighting import FROM_ANSWERS, WEIGHTINGS
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message
from words.periods import wave_text
from words.shown_text import markdown_text as plain

_DRAFT, _IN_USE, _WAVE, _SAVED = "draft", "in_use", "wave", "saved_"


@dataclass(frozen=True)
class _Side:
    """One of the two sets: its name, the survey with these weights, and the weights with their intervals."""

    name: str
    schema: SurveySchema
    weights: WeightSet


def show_comparison(copy: WorkingCopy, schema: SurveySchema, chosen: Chosen | None) -> tuple[list[Segment], list[Result]]:
    """Pick two sets and see what they do; the sentence for the top of the page and the results behind it, empty where there are none."""
    choices = _choices(copy, chosen)
    with st.container(horizontal=True, key="indicators_compared"):
        first = pick(_("First"), list(choices), "indicators_first", choices.__getitem__, _WAVE if chosen else _IN_USE)
        others = [code for code in choices if code != first]
        against = _DRAFT if copy.changed else "importance" if chosen and schema.outcome else "equal"
        second = pick(_("Second"), others, "indicators_second", choices.__getitem__, against)
    try:
        one, two = (_side(code, choices[code], copy, schema, chosen) for code in (first, second))
    except ManyiError as error:
        show_problem(error)
        return [], []
    nodes = [node.code for node in one.schema.tree.walk() if len(node.children) > 1]
    rows = weight_table(one.schema, nodes, one.weights, two.weights)
    draw = partial(weight_rows, rows, title=_("Both sets of weights"), first=one.name, second=two.name)
    if chosen is None:
        show_chart(draw, one.schema, "both_weights")
        show_missing(
            _("What the weights do to the index and to ranks needs answers."), _("Store a wave of this survey on Upload."), "effect"
        )
        return [], []
    try:
        found = weights_compared(one.schema, two.schema, chosen)
    except ManyiError as error:
        show_problem(error)
        return [], []
    dimension = compared_dimension(one.schema)
    sentence = comparison_sentence(found, one.schema, language(), first=one.name, second=two.name, dimension=dimension or "")
    if dimension and found.moves:
        title = _("Scores and ranks under both sets")
        ranks = partial(rank_rows, found, title=title, first=one.name, second=two.name, dimension=dimension)
        show_chart(ranks, one.schema, "weight_ranks")
    show_chart(draw, one.schema, "both_weights")
    return sentence, [found.differences]


def _choices(copy: WorkingCopy, chosen: Chosen | None) -> dict[str, str]:
    """Every set there is by a code of its own, and its name."""
    found = {_DRAFT: _("Draft"), _IN_USE: _("In use for uploads")}
    if chosen is not None:
        found[_WAVE] = _("As in {wave}").format(wave=wave_text(chosen.wave.label, language()))
    for saved in store().schemas.saved(copy.survey):
        found[f"{_SAVED}{saved.version}"] = _("Version {version}").format(version=saved.version)
    for method in WEIGHTINGS:
        if method != "given" and (chosen is not None or method not in FROM_ANSWERS):
            found[method] = said(NAMES[method])
    return found


def _side(code: str, name: str, copy: WorkingCopy, schema: SurveySchema, chosen: Chosen | None) -> _Side:
    if code == _DRAFT:
        return _Side(name, schema, schema_weights(schema))
    if code == _IN_USE:
        return _Side(name, copy.base, schema_weights(copy.base))
    if code == _WAVE and chosen is not None:
        return _Side(name, chosen.schema, schema_weights(chosen.schema))
    if code.startswith(_SAVED):
        saved = next(each for each in store().schemas.saved(copy.survey) if f"{_SAVED}{each.version}" == code)
        return _Side(name, schema_of(saved.schema_hash), schema_weights(schema_of(saved.schema_hash)))
    found = weights_by(next(method for method in WEIGHTINGS if method == code), schema, chosen)
    if found.reason is not None:
        raise ManyiError(message("{method}: {reason}", method=NAMES[found.source], reason=found.reason))
    for node, why in found.kept.items():
        st.caption(plain(f"{schema.title_of(node, language())}: {said(why)}"))
    origin = {"wave": chosen.wave.label, "respondents": found.n} if chosen is not None and found.source in FROM_ANSWERS else None
    return _Side(name, reweighted(schema, found, origin=origin), found)
