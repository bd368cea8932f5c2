"""The row of cards: the index and its dimensions, each with interval, base, changes and a small line over the waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.results.estimates import Estimate, Result
from analysis.results.reasons import kind_of
from analysis.results.sentences import on_questions, p_equals_text
from charts.index.sparkline import sparkline
from charts.kit.description.numbers import OURS, verdict_tone
from charts.kit.layout import Canvas, half_width
from charts.kit.words import arrow, change_word
from pages._shared.parts.show_answer import Words, coloured, unbroken
from pages._shared.parts.show_chart import canvas
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, number, said
from reports.print.printed_page import Phrase
from survey_schema.models import SurveySchema

COLOURS = {"higher": "blue", "lower": "red"}


def show_index_cards(
    scores: Result,
    changes: Mapping[str, Result],
    trend: Result,
    waves: Sequence[str],
    schema: SurveySchema,
    *,
    lead: Estimate | None = None,
) -> None:
    """One card for the index and one for each dimension.

    ``scores`` are points on 0-100 of the chosen wave; ``changes`` the change since an earlier wave by what to call it (“since the wave
    before”), the first one decides the colour; ``trend`` points by wave; ``lead`` is the gap to the competition.
    """
    on = canvas(schema)
    codes = [schema.tree.code, *(child.code for child in schema.tree.children)]
    with st.container(horizontal=True, key="index_cards", vertical_alignment="distribute"):
        for place, code in enumerate(codes):
            headline = place == 0
            with st.container(border=True, key="figure_headline" if headline else f"figure_{code}"):
                own = {words: change.find(code) for words, change in changes.items()}
                _show_card(code, scores.find(code), own, headline, on, lead if headline else None)
                first = next((change.find(code) for change in changes.values()), None)
                verdict = first.verdict if first else None
                small = sparkline(trend, code, waves, on, OURS if headline else verdict_tone(verdict), height=58 if headline else 46)
                if small:
                    st.html(small)


def _show_card(
    code: str, score: Estimate | None, changes: Mapping[str, Estimate | None], headline: bool, on: Canvas, lead: Estimate | None
) -> None:
    name = on.title(code)
    st.markdown(coloured([Words(name, "muted")]))
    if score is None or score.value is None:
        value, beside = "—", [Words(said(score.reason) if score is not None and score.reason else _("not asked in this wave"), "muted")]
        lines: list[list[Words]] = []
    else:
        value, beside = number(score.value), _beside(score, headline, on)
        lines = [*_changes(changes, headline, on), *([[lead_words(lead, on)]] if lead is not None and lead.value is not None else [])]
    st.markdown(f"**{value}** {coloured(beside)}")
    if lines:
        st.markdown(unbroken("  \n".join(map(coloured, lines))))
    printed = [Words(f"{name}  {value} "), *beside, *(part for line in lines for part in (Words("  "), *line))]
    note_words([Phrase(part.text, part.tone or "") for part in printed], "head" if headline else "text")


def _beside(score: Estimate, headline: bool, on: Canvas) -> list[Words]:
    """Margin, bases of the headline, and whether the base is small."""
    half = half_width(score)
    margin = f"±{on.number(half)}" if half is not None else ""
    bases = _("base {n} · effective {n_eff}").format(n=number(score.n, 0), n_eff=number(score.n_eff, 0))
    small = [Words(" "), Words(_("small base"), "caution")] if score.marked else []
    return [Words(margin + (f" · {bases}" if headline else ""), "muted"), *small]


def _changes(changes: Mapping[str, Estimate | None], headline: bool, on: Canvas) -> list[list[Words]]:
    """The changes a card has room for, a line each; where there is none to tell, why."""
    told = [(words, change) for words, change in changes.items() if change is not None]
    lines = [[change_words(change, words if headline else "", on)] for words, change in told if change.value is not None]
    reason = _("{since}: not comparable, too few questions in common or too few answers to them")
    lines += [[Words(reason.format(since=words), "muted")] for words, change in told if kind_of(change.reason) == "not comparable"]
    return lines if headline else lines[:1]


def change_words(change: Estimate, since: str, on: Canvas) -> Words:
    """A change: arrow, size, since when, and the verdict in words with its p where there is room, in the tone of its meaning."""
    size = on.number(abs(change.value or 0.0))
    verdict = change_word(change.verdict, on.language) + on_questions(change, on.language)
    if since:
        verdict = _("{since}: {verdict} ({p})").format(since=since, verdict=verdict, p=_p_of(change, on))
    return Words(f"{arrow(change.verdict)} {size} {verdict}", change.verdict if change.verdict in COLOURS else "muted")


def lead_words(lead: Estimate, on: Canvas) -> Words:
    """Our lead over the competition in the same way."""
    size = on.number(abs(lead.value or 0.0))
    told = {"higher": _("ahead of the competition ({p})"), "lower": _("behind the competition ({p})")}
    verdict = told.get(lead.verdict or "", _("not distinguishable from the competition ({p})")).format(p=_p_of(lead, on))
    return Words(f"{arrow(lead.verdict)} {size} {verdict}", lead.verdict if lead.verdict in COLOURS else "muted")


def _p_of(difference: Estimate, on: Canvas) -> str:
    return p_equals_text(difference.p if difference.p_adjusted is None else difference.p_adjusted, on.language)
