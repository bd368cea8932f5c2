"""The lines of branches or operators over the waves, and which of them really changed since the wave before."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.compare.compare_waves import GROUPS_METHOD
from analysis.compare.comparison_sentences import group_changes_sentence
from analysis.results.estimates import Result
from charts.compare.change_bars import change_bars
from charts.index.trend_line import trend_line
from pages._shared.numbers.wave_numbers import at_wave, branch_order, changes_by, joined, trend, waves_so_far, without
from pages._shared.parts.pick import pick_several
from pages._shared.parts.show_answer import coloured
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from survey_schema.columns import Role
from words.periods import wave_text


def show_groups(chosen: Chosen, role: str, code: str, most_lines: int) -> Result:
    """Lines of the groups picked, then the change of every group since the previous wave if there is one; there are two waves or more.

    Returns the result shown last.
    """
    schema, labels = chosen.schema, [wave.label for wave in waves_so_far(chosen)]
    places = branch_order(chosen) if role == Role.BRANCH else list(chosen.values[role])
    several = pick_several(_("Lines"), places, f"trend_{role}", partial(chosen.title, role), places[:3], most_lines)
    lines = trend(chosen, without(chosen.where, role), by=[role], codes=[code])
    steps = changes_by(chosen, role, code)
    along = joined(steps, GROUPS_METHOD)
    show_chart(partial(trend_line, lines, along, labels, codes=[code], role=role, places=several), schema, f"trend_by_{role}")
    if chosen.previous is None:
        return lines
    last, before, now = steps[-1], chosen.previous.label, chosen.wave.label
    st.markdown("##### " + coloured(group_changes_sentence(last, schema, language(), role)), anchors=False)
    title = _("{indicator}: change of each group since {wave}").format(
        indicator=schema.title_of(code, language()), wave=wave_text(before, language())
    )
    nows, befores = at_wave(lines, now), at_wave(lines, before)
    show_chart(partial(change_bars, last, now=nows, before=befores, title=title, role=role), schema, f"changes_by_{role}")
    return last
