"""What really changed since the wave before: the certain changes, the largest contribution to the index first."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.compare.compare_waves import WaveChange
from analysis.compare.wave_order import why_no_previous_wave
from answers.decompose import DECOMPOSE
from charts.compare.change_bars import change_bars
from charts.kit.layout import value_and_margin
from charts.kit.words import arrow
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import canvas, paper_canvas
from pages._shared.parts.show_index_cards import COLOURS
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.kept_charts import seen_chart
from pages._shared.session.shown_here import note_chart
from pages._shared.session.words import _, language, said
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema
from words.periods import Period
from words.shown_text import markdown_text as plain


def no_earlier_wave(chosen: Chosen, remedy: str) -> tuple[str, str]:
    """Why the chosen wave has nothing to be compared with, and what brings it."""
    label = chosen.wave.label
    if Period.parse(label) is None:
        remedy = _("Choose another wave, or store its workbook under a period such as {example}.").format(example="2026Q2")
    return said(why_no_previous_wave(chosen.labels, label)), remedy


def show_what_changed(change: WaveChange | None, chosen: Chosen) -> list[Explained]:
    """The card of changes, and how much of them is who answered; without an earlier wave, what would bring it. Returns what it parted."""
    schema = chosen.schema
    if change is None:
        show_missing(*no_earlier_wave(chosen, _("The next wave you store brings the changes.")), "changes")
        return []
    caption = _("Certain, and by {points} or more; the largest contribution first").format(
        points=f"{schema.comparison.smallest_interesting_difference:g}"
    )
    on = paper_canvas(schema)
    draw = partial(change_bars, change.differences, title=_("What really changed"), contributions=change.contributions)
    note_chart(draw, schema, of=change)
    bars = seen_chart(draw, on)
    menu = partial(export_menu, bars.title, on, "changes", partial(draw, on), forms=bars.forms, of=change)
    with card(bars.title, caption, key="changes", menu=menu):
        _show_changes(change, schema)
        return _show_who_answered(chosen)


def _show_who_answered(chosen: Chosen) -> list[Explained]:
    """How much of the index's change is what customers said and how much who answered, by the first column the selection leaves open."""
    left = [str(name) for name in DIMENSIONS if chosen.has(name) and name not in chosen.where]
    if not left:
        return []
    asked = ask(DECOMPOSE, chosen, by=left[:1], codes=[chosen.schema.tree.code])
    say(asked.sentence(language()), "small")
    return [asked.result]


def _show_changes(change: WaveChange, schema: SurveySchema) -> None:
    """The real changes as a small table, the largest contribution to the index first."""
    on = canvas(schema)
    added = change.contributions
    real, judged = change.real_items(), change.items()
    if real:
        rows = {
            _("Indicator"): [plain(on.title(e.code)) for e in real],
            _("Change"): [
                f":{COLOURS[e.verdict or '']}[{arrow(e.verdict)} {value_and_margin(e, on, signed=True).lstrip('+−')}]" for e in real
            ],
            _("Contribution to the index"): [on.number(added[e.code], 2, signed=True) for e in real],
        }
        with st.container(key="table_changes"):
            st.table(rows, border="horizontal", hide_index=True)
        say(_("{n} more indicators show no change.").format(n=len(judged) - len(real)), "small")
    else:
        say(_("None of the {n} indicators changed beyond chance and by a size that matters.").format(n=len(judged)))
