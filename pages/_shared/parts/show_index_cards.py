"""The row of cards: the index and its dimensions, each with interval, base, changes and a small line over the waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.results.estimates import Estimate, Result
from analysis.results.reasons import kind_of
from analysis.results.sentences import on_questions
from charts.index.sparkline import sparkline
from charts.kit.description.numbers import OURS, verdict_tone
from charts.kit.layout import Canvas, half_width
from charts.kit.words import arrow, change_word
from pages._shared.parts.show_chart import canvas
from pages._shared.session.words import _, number, said
from survey_schema.models import SurveySchema
from words.shown_text import markdown_text as plain

COLOURS = {"higher": "blue", "lower": "red"}


def show_index_cards(scores: Result, changes: Mapping[str, Result], trend: Result, waves: Sequence[str], schema: SurveySchema) -> None:
    """One card for the index and one for each dimension.

    ``scores`` are points on 0-100 of the chosen wave; ``changes`` the change since an earlier wave by what to call it (“since the wave
    before”), the first one decides the colour; ``trend`` points by wave.
    """
    on = canvas(schema)
    codes = [schema.tree.code, *(child.code for child in schema.tree.children)]
    with st.container(horizontal=True, key="index_cards", vertical_alignment="distribute"):
        for place, code in enumerate(codes):
            headline = place == 0
            with st.container(border=True, key="figure_headline" if headline else f"figure_{code}"):
                _show_card(code, scores.find(code), {words: change.find(code) for words, change in changes.items()}, headline, on)
                first = next((change.find(code) for change in changes.values()), None)
                verdict = first.verdict if first else None
                small = sparkline(trend, code, waves, on, OURS if headline else verdict_tone(verdict), height=58 if headline else 46)
                if small:
                    st.html(small)


def _show_card(code: str, score: Estimate | None, changes: Mapping[str, Estimate | None], headline: bool, on: Canvas) -> None:
    st.markdown(f":gray[{plain(on.title(code))}]")
    if score is None or score.value is None:
        reason = said(score.reason) if score is not None and score.reason else _("not asked in this wave")
        st.markdown(f"**—** :gray[{plain(reason)}]")
        return
    half = half_width(score)
    margin = f"±{on.number(half)}" if half is not None else ""
    bases = _("base {n} · effective {n_eff}").format(n=number(score.n, 0), n_eff=number(score.n_eff, 0))
    small = f" :orange[{_('small base')}]" if score.marked else ""
    st.markdown(f"**{on.number(score.value)}** :gray[{margin}{' · ' + plain(bases) if headline else ''}]{small}")
    lines = [
        change_text(change, words if headline else "", on)
        for words, change in changes.items()
        if change is not None and change.value is not None
    ]
    lines += [
        f":gray[{plain(_('{since}: not comparable, too few questions in common or too few answers to them').format(since=words))}]"
        for words, change in changes.items()
        if change is not None and kind_of(change.reason) == "not comparable"
    ]
    if lines:
        st.markdown("  \n".join(lines if headline else lines[:1]))


def change_text(change: Estimate, since: str, on: Canvas) -> str:
    """A change as Markdown: arrow, size, verdict or since when, in the colour of its meaning."""
    size = on.number(abs(change.value or 0.0))
    words = plain((since or change_word(change.verdict, on.language)) + on_questions(change, on.language))
    return f":{COLOURS.get(change.verdict or '', 'gray')}[{arrow(change.verdict)} {size} {words}]"
