"""What may be chance among the branches: the places they may hold, and the funnel."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.compare.comparison_sentences import funnel_sentence
from analysis.compare.rank_intervals import rank_intervals
from analysis.compare.rank_sentence import rank_sentence
from analysis.results.estimates import Result
from charts.compare.funnel_plot import funnel_plot
from pages._shared.numbers.cached_comparisons import funnel_of
from pages._shared.numbers.wave_numbers import branch_league
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import coloured
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language


def pick_common(chosen: Chosen) -> bool:
    """Whether all branches are to stand on their common questions; asked where some were not asked what others were."""
    if not any(entry.note for entry in branch_league(chosen).estimates):
        return False
    told = _("Some branches were asked other questions than the others, so they have no rank.")
    return st.toggle(_("Compare all branches on the questions that all were asked"), key="branches_common", help=told)


def show_places(chosen: Chosen, *, common: bool = False) -> Result:
    """One sentence on the places that are certain, and who may be first and last."""
    ranks = rank_intervals(branch_league(chosen, common=common))
    sentence = rank_sentence(ranks, chosen.schema, language())
    if sentence:
        st.markdown("##### " + coloured(sentence), anchors=False)
    return ranks


def show_funnel(chosen: Chosen, *, common: bool = False) -> Result:
    """The funnel of an indicator's score or of a question's satisfaction rate, with its sentence."""
    schema = chosen.schema
    codes = [*schema.indicator_codes(), *([schema.outcome] if schema.outcome else [])]
    nodes = {node.code for node in schema.tree.walk()}
    score, rate = _("{name}: score"), _("{name}: satisfaction rate")
    titles = {code: (score if code in nodes else rate).format(name=schema.title_of(code, language())) for code in codes}
    code = pick(_("Funnel of"), list(dict.fromkeys(codes)), "funnel_code", titles.__getitem__)
    found = funnel_of(chosen, code, common=common)
    st.markdown("##### " + coloured(funnel_sentence(found, schema, language())), anchors=False)
    if found.reason is None:
        show_chart(partial(funnel_plot, found), schema, "funnel")
    return Result((), found.method, {"overdispersion": found.overdispersion})
