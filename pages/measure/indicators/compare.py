"""Two sets of weights side by side in *Indicators*: the weights, the index under both, and what each does to ranks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.indicator_weights.weight_sentence import comparison_sentence
from analysis.indicator_weights.weight_sets import NAMES
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.indicator_weights import INDICATOR_WEIGHTS, IndicatorWeightOptions, IndicatorWeights, NamedSet
from charts.indicator_weights.weight_sets import rank_rows, weight_rows
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, ask_tree
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language, said
from pages.measure.indicators.draft import WorkingCopy
from pages.measure.indicators.methods import weight_table
from survey_schema.indicator_weighting import FROM_ANSWERS, WEIGHTINGS
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message
from words.periods import wave_text
from words.shown_text import markdown_text as plain

#: How the sets are called in the question.
_DRAFT, _IN_USE, _WAVE, _SAVED = "given", "in_use", "stored", "version-"


def show_comparison(copy: WorkingCopy, schema: SurveySchema, chosen: Chosen | None) -> tuple[list[Segment], list[Result]]:
    """Pick two sets and see what they do; the sentence for the top of the page and the results behind it, empty where there are none."""
    choices = _choices(copy, chosen)
    with st.container(horizontal=True, key="indicators_compared"):
        first = pick(_("First"), list(choices), "indicators_first", choices.__getitem__, _WAVE if chosen else _IN_USE)
        others = [code for code in choices if code != first]
        against = _DRAFT if copy.changed else "importance" if chosen and schema.outcome else "equal"
        second = pick(_("Second"), others, "indicators_second", choices.__getitem__, against)
    try:
        one, two, found = _compared(first, second, copy, schema, chosen)
    except ManyiError as error:
        show_problem(error)
        return [], []
    for side in (one, two):
        for node, why in side.weights.kept.items():
            st.caption(plain(f"{schema.title_of(node, language())}: {said(why)}"))
    first_name, second_name = choices[first], choices[second]
    nodes = [node.code for node in one.schema.tree.walk() if len(node.children) > 1]
    rows = weight_table(one.schema, nodes, one.weights, two.weights)
    draw = partial(weight_rows, rows, title=_("Both sets of weights"), first=first_name, second=second_name)
    if found is None or found.comparison is None:
        show_chart(draw, one.schema, "both_weights")
        show_missing(
            _("What the weights do to the index and to ranks needs answers."), _("Store a wave of this survey on Upload."), "effect"
        )
        return [], []
    compared, dimension = found.comparison, found.dimension
    sentence = comparison_sentence(compared, one.schema, language(), first=first_name, second=second_name, dimension=dimension or "")
    if dimension and compared.moves:
        title = _("Scores and ranks under both sets")
        ranks = partial(rank_rows, compared, title=title, first=first_name, second=second_name, dimension=dimension)
        show_chart(ranks, one.schema, "weight_ranks")
    show_chart(draw, one.schema, "both_weights")
    return sentence, [compared.differences]


def _compared(
    first: str, second: str, copy: WorkingCopy, schema: SurveySchema, chosen: Chosen | None
) -> tuple[NamedSet, NamedSet, IndicatorWeights | None]:
    """Both sets, and what they do to the answers of the chosen wave; nothing of that without one."""
    if chosen is not None:
        answered = ask(INDICATOR_WEIGHTS, chosen, IndicatorWeightOptions(compare=(first, second)), draft=schema)
        one, two = answered.result.sets
        return one, two, answered.result
    one, two = (ask_tree(INDICATOR_WEIGHTS, copy.survey, schema, IndicatorWeightOptions(code)).result.sets[0] for code in (first, second))
    for side in (one, two):
        if side.weights.reason is not None:
            raise ManyiError(message("{method}: {reason}", method=NAMES[side.weights.source], reason=side.weights.reason))
    return one, two, None


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
