"""The lines of branches or operators over the waves, and which of them really changed since the wave before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.comparison_sentences import group_changes_sentence
from analysis.results import Result
from charts.lead_lag_bars import lead_lag_bars
from charts.trend_line import trend_line
from charts.words import change_word
from pages._shared.choices import Chosen
from pages._shared.pick import pick_several
from pages._shared.show_answer import coloured
from pages._shared.show_chart import show_chart
from pages._shared.wave_numbers import branch_order, changes_by, trend, waves_so_far, without
from pages._shared.words import _, language
from survey_schema.models import Role
from survey_schema.periods import wave_text


def show_groups(chosen: Chosen, role: str, code: str, most_lines: int) -> Result:
    """Lines of the groups picked, then the change of every group since the wave before; there are two waves or more."""
    schema, labels = chosen.schema, [wave.label for wave in waves_so_far(chosen)]
    name = partial(chosen.title, role)
    places = branch_order(chosen) if role == Role.BRANCH else list(chosen.values[role])
    several = pick_several(_("Lines"), places, f"trend_{role}", name, places[:3], most_lines)
    lines = trend(chosen, without(chosen.where, role), by=[role], codes=[code])
    steps = changes_by(chosen, role, code)
    along = replace(steps[-1], estimates=tuple(e for step in steps for e in step.estimates))
    show_chart(partial(trend_line, lines, along, labels, codes=[code], role=role, places=several), schema, f"trend_by_{role}")
    last, (before, now) = steps[-1], labels[-2:]
    st.markdown("##### " + coloured(group_changes_sentence(last, schema, language(), role)), anchors=False)
    groups = [str(entry.keys[role]) for entry in last.estimates]
    nows, befores = ([lines.find(code, **{"wave": wave, role: group}) for group in groups] for wave in (now, before))
    title = _("{indicator}: change of each group since {wave}").format(
        indicator=schema.title_of(code, language()), wave=wave_text(before, language())
    )
    column = next(column.title.text(language()) for column in schema.columns if column.role == role)
    bars = partial(
        lead_lag_bars, last.estimates, nows, befores, [name(group) for group in groups], title=title, result=last, name_header=column,
        headers=(_("Now"), _("Before")), words=change_word,
    )  # fmt: skip
    show_chart(bars, schema, f"changes_by_{role}")
    return last
