"""The list of respondents to win back: opaque ids only, the first of them on the screen, all of them as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.tiers.tiers import WinBackRow
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.show_table import show_plain_table
from pages._shared.session.words import _, language, number
from survey_schema.tier_rules import TierRules
from words.periods import wave_text

ON_SCREEN = 20


def show_win_back(rows: Sequence[WinBackRow], rules: TierRules, on: Canvas) -> None:
    """The card with the list and its download."""
    chart = win_back_table(rows, rules, on)
    first = _("The first {shown} of {total}; the download has all.").format(shown=ON_SCREEN, total=number(len(rows), 0))
    caption = f"{chart.caption} {first}" if len(rows) > ON_SCREEN else chart.caption
    with card(chart.title, caption, key="win_back", menu=partial(export_menu, chart.title, on, "win_back", lambda: chart, of=rows)):
        if rows:
            with st.container(key="table_win_back"):
                show_plain_table(chart.table, on.schema, chart.title, ON_SCREEN, rows)


def win_back_table(rows: Sequence[WinBackRow], rules: TierRules, on: Canvas) -> Chart:
    """The list as a table with a title; there is no picture of it."""
    titles = {axis.code: {one.code: one.title.text(language()) for one in axis.classes} for axis in rules.axes}
    columns: dict[str, list[object]] = {
        _("Respondent"): [row.respondent_id for row in rows],
        _("Satisfaction"): [row.score for row in rows],
    }
    for axis in rules.axes:
        columns[axis.title.text(language())] = [titles[axis.code][row.classes[axis.code]] for row in rows]
    columns[_("Wave")] = [wave_text(row.wave or "", language()) for row in rows]
    caption = _("The least satisfied first; ids of the survey, no names and no numbers.")
    if not rows:
        caption = _("Nobody in these layers is unhappy.")
    return Chart(_("Whom to win back"), caption, caption, PlainFigure(), pd.DataFrame(columns))
