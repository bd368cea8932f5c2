"""The most urgent questions in figures: performance with its interval, change, lead over the competitor, and importance."""

from __future__ import annotations

import streamlit as st

from analysis.importance_performance.importance_map import MapPoint
from analysis.importance_performance.movements import Movement
from analysis.results.estimates import Estimate
from charts.kit.layout import value_and_margin
from charts.kit.words import arrow
from pages._shared.parts.show_answer import Words, coloured
from pages._shared.parts.show_chart import canvas
from pages._shared.selection.choices import Chosen
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language
from reports.figures.drivers import Mapped
from reports.print.printed_page import Phrase
from survey_schema.columns import Role
from words.periods import wave_text

_MOST = 3
_TONES = {"higher": "higher", "lower": "lower"}


def show_first_cards(here: Chosen, asked: Mapped) -> None:
    """A card for each of the most urgent questions, in their order."""
    found = asked.result
    ways = {each.code: each for each in found.movements}
    with st.container(horizontal=True, key="first_cards", vertical_alignment="distribute"):
        for point in found.map.points[:_MOST]:
            with st.container(border=True, key=f"first_{point.code}", gap=None):
                _show(here, asked, point, ways.get(point.code))


def _show(here: Chosen, asked: Mapped, point: MapPoint, way: Movement | None) -> None:
    on, options = canvas(here.schema), asked.question.options
    name = Words(f"{point.rank} · {here.schema.title_of(point.code, language())}", "muted")
    value = value_and_margin(point.performance, on)
    decimals = 2 if options.importance == "effects" else 1
    beside: list[Words] = []
    if way is not None and asked.result.before:
        beside.append(_told(_("since {wave}").format(wave=wave_text(asked.result.before, language())), way.performance, here))
    if options.competitor and point.lead is not None:
        beside.append(_told(_("against {rival}").format(rival=here.title(Role.OPERATOR, options.competitor)), point.lead, here))
    beside.append(Words(_("importance {value}").format(value=value_and_margin(point.importance, on, decimals)), "muted"))
    st.markdown(coloured([name]))
    st.markdown(f"**{value}**")
    st.markdown("  \n".join(coloured([each]) for each in beside))
    note_words([Phrase(part.text, part.tone or "") for part in (name, Words(f"  {value}"), *_spaced(beside))], "text")


def _spaced(parts: list[Words]) -> list[Words]:
    return [piece for part in parts for piece in (Words("  "), part)]


def _told(words: str, estimate: Estimate, here: Chosen) -> Words:
    """A difference with its interval, in the tone of its verdict."""
    size = value_and_margin(estimate, canvas(here.schema), signed=True)
    tone = _TONES.get(estimate.verdict or "", "muted")
    return Words(f"{arrow(estimate.verdict)} {size} {words}", tone)
