"""What if: sliders for drivers, the change they would bring, the cheapest mix that reaches a target, and saved scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.drivers.drivers import Drivers
from analysis.drivers.view_sentences import coefficient_sentence
from analysis.drivers.what_if import WhatIf
from answers.drivers import DriversAnswered, one_selection
from charts.drivers.what_if_bars import what_if_bars
from charts.kit.layout import half_width
from pages._shared.parts.cards import card
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.own_part import own_part
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language, number, said
from pages.explain.drivers.analysed import other_choice, say_answer, say_losses
from pages.explain.drivers.goal import show_goal
from pages.explain.drivers.scenarios import show_scenarios
from pages.explain.drivers.shifts import LARGEST_SHIFT, asked_shifts, shift_key
from reports.print.printed_page import Phrase
from words.shown_text import markdown_text as plain


def show_what_if(here: Chosen, answer: DeltaGenerator, asked: DriversAnswered) -> list[Explained]:
    """What one more point goes with, and the sliders; or why there are none."""
    found = one_selection(asked)
    told = coefficient_sentence(found.regression, found.outcome, here.schema, language())
    say_answer(answer, _("What would better drivers bring?"), told)
    if found.regression.reason:
        show_missing(said(found.regression.reason), other_choice(), "what_if")
        return []
    _show_sliders(here, found)
    say_losses(asked)
    return [found.regression]


@own_part
def _show_sliders(chosen: Chosen, found: Drivers) -> None:
    """The whole section; moving a slider runs only this part of the page."""
    with card(_("What if"), _("Move a driver and see what would change, if its association were an effect."), key="what_if"):
        sliders = st.container(horizontal=True, key="what_if_sliders", gap="medium")
        with st.container(horizontal=True, vertical_alignment="center", key="what_if_tools"):
            show_goal(chosen, found)
            show_scenarios(chosen, found)
            st.button(_("Back to zero"), key="what_if_reset", on_click=_reset, args=(chosen, found), icon=":material/restart_alt:")
        with sliders:
            shifts = {code: shift for code, shift in _sliders(chosen, found).items() if shift}
        together = asked_shifts(chosen, found, shifts).result.shifted if shifts else None
        if together:
            _say(chosen, together)
        else:
            now = number(found.means[found.outcome])
            st.markdown(_("{outcome} is at {now}. Move a driver to see what would change.").format(outcome=_title(chosen, found), now=now))
    if together:
        show_chart(partial(what_if_bars, together, _parts(chosen, found, shifts)), chosen.schema, "what_if_bars")


def _sliders(chosen: Chosen, found: Drivers) -> dict[str, float]:
    """One slider a driver, from a loss to a gain in points on 0–100."""
    return {
        code: st.slider(
            _("{driver} (now {mean})").format(driver=plain(chosen.schema.title_of(code, language())), mean=number(found.means[code])),
            -LARGEST_SHIFT, LARGEST_SHIFT, 0.0, 0.1, format="%+.1f", key=shift_key(chosen, code), persist_state="session", width=300,
        )
        for code in found.drivers
    }  # fmt: skip


def _say(chosen: Chosen, together: WhatIf) -> None:
    """The change in one sentence; shifts that leave the scale are named."""
    outcome = chosen.schema.title_of(together.outcome, language())
    if together.change is None or together.current is None or together.reached is None or together.change.value is None:
        return
    sentence = _("{outcome} would go from {now} to **{reached}**: **{change}** points (±{half}).")
    figures = {
        "now": number(together.current),
        "reached": number(together.reached),
        "change": number(together.change.value, 2, signed=True),
        "half": number(half_width(together.change) or 0.0, 2),
    }
    note_words([Phrase(sentence.replace("**", "").format(outcome=outcome, **figures))])
    st.markdown(sentence.format(outcome=plain(outcome), **figures))
    for note in together.notes:
        say(said(note), "small")


def _parts(chosen: Chosen, found: Drivers, shifts: Mapping[str, float]) -> dict[str, WhatIf]:
    """Each shift on its own."""
    alone = {code: asked_shifts(chosen, found, {code: shift}).result.shifted for code, shift in shifts.items()}
    return {code: part for code, part in alone.items() if part}


def _title(chosen: Chosen, found: Drivers) -> str:
    return plain(chosen.schema.title_of(found.outcome, language()))


def _reset(chosen: Chosen, found: Drivers) -> None:
    for code in found.drivers:
        st.session_state[shift_key(chosen, code)] = 0.0
