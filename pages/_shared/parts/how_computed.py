"""*How this was computed*: methods, limits, facts of the analysis, survey, waves and selection of what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import streamlit as st

from analysis.results.provenance import Fact, Provenance
from answers.provenance import door_facts, fact_text
from pages._shared.frame.menu import methods_page
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language, said
from reports.print.printed_page import Phrase
from words.glossary import terms_in
from words.shown_text import markdown_text as plain


class Explained(Protocol):
    """Whatever says how it came about."""

    @property
    def provenance(self) -> Provenance:
        """How it came about."""


def how_computed(results: Iterable[Explained], chosen: Chosen, *, formula: str = "", key: str = "how_computed") -> None:
    """The folded explanation under a page. ``formula`` is LaTeX."""
    facts = door_facts(source_of(chosen), (chosen.wave.label,), chosen.where)
    explain(results, _rows(facts), formula=formula, key=key)


def explain(
    results: Iterable[Explained], facts: Mapping[str, str], *, methods: Iterable[str] = (), formula: str = "", key: str
) -> None:  # fmt: skip
    """The same for what is not about the chosen selection: its own facts, and methods said before those of the results.

    Facts are shown as they stand.
    """
    found = [result.provenance for result in results]
    told = list(dict.fromkeys([*methods, *(said(each.method) for each in found)]))
    rows = {**facts, **_rows(fact for each in found for fact in each.shown)}
    note_words([Phrase(_("How this was computed"))], "part")
    for text in [*told, *(f"{name}: {text}" for name, text in rows.items())]:
        note_words([Phrase(text)], "small")
    with st.expander(_("How this was computed"), icon=":material/function:", key=key):
        for method in told:
            st.markdown(plain(method))
        if formula:
            st.latex(formula)
        _show_terms(" ".join([*told, *rows]))
        st.table({plain(name): plain(text) for name, text in rows.items()}, border="horizontal", hide_header=True)


def _show_terms(text: str) -> None:
    """The terms that the text uses, with their meaning where a reader points, and the way to all of them."""
    found = terms_in(text, language())
    if found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(methods_page(), label=_("What the words mean"), icon=":material/dictionary:", query_params={"view": "words"})
            st.caption(plain(" · ".join(said(term.title) for term in found)))


def _rows(facts: Iterable[Fact]) -> dict[str, str]:
    """Name → words of the facts that are for readers."""
    return {said(fact.title): fact_text(fact, language()) for fact in facts if fact.title is not None and fact.value is not None}
