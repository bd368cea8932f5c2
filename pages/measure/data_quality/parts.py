"""The parts of *Data quality* on the screen: for each check its sentence, its charts, and what would bring it where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.data_quality.data_quality_sentence import PartVerdict, group_name
from analysis.data_quality.duplicate_answers import CopiedRow, DuplicateAnswers
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import InterviewerEffects
from analysis.data_quality.missingness import Missingness
from analysis.data_quality.response_profile import ResponseProfile
from analysis.results.estimates import Estimate
from answers.data_quality import DATA_QUALITY, DataQualityOptions, QualityChecks
from answers.topic import Answered
from charts.data_quality.flagged_response_rows import flagged_response_rows
from charts.data_quality.interviewer_rows import effect_rows, variance_rows
from charts.data_quality.missing_map import missing_map
from charts.data_quality.profile_against_population import profile_against_population
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import export_menu
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import canvas, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.show_table import show_plain_table
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.store_access import settings
from pages._shared.session.words import _, language, number
from survey_schema.columns import Role

BRANCH, INTERVIEWER = str(Role.BRANCH), str(Role.INTERVIEWER)
#: Copies on the screen; the download has all.
ON_SCREEN = 20


def quality(chosen: Chosen, *by: str, listed: bool = False) -> Answered[DataQualityOptions, QualityChecks]:
    """The checks in all, by one column, or the list of identical responses; computed once.

    Of the whole wave: groups are judged beside each other, and branches are what is set side by side, whichever is chosen.
    """
    return ask(DATA_QUALITY, chosen, DataQualityOptions(listed), where=chosen.without(BRANCH), by=by)


def show_sentence(verdict: PartVerdict) -> None:
    """What one check says."""
    say(verdict.sentence)


def show_profile(chosen: Chosen, found: ResponseProfile, verdict: PartVerdict) -> None:
    """A chart for each column the numbers of customers know."""
    if found.reason is not None:
        show_missing(
            plain_sentence(verdict),
            _("A sheet with the numbers of customers by branch, operator or brand in the workbook brings the comparison."), "profile",
        )  # fmt: skip
        return
    show_sentence(verdict)
    for column in found.columns:
        order = list(chosen.values.get(column.column, ()))
        draw = partial(profile_against_population, column, weighted=found.weighted, order=order)
        show_chart(draw, chosen.schema, f"profile_{column.column}")
    say(_("Weights put shares right, not opinions: those who answered may still differ from those who did not."), "small")


def show_missing_answers(chosen: Chosen, found: Missingness, verdict: PartVerdict) -> None:
    """The heat map of missing answers."""
    if verdict.sound is None:
        show_missing(plain_sentence(verdict), _("Choose a wider selection or another wave."), "missing")
        return
    show_sentence(verdict)
    found = quality(chosen, BRANCH).result.missing if found.cells else found
    show_chart(partial(missing_map, found, order=list(chosen.values[BRANCH])), chosen.schema, "missing")
    say(_("Questions only some are asked, such as after a complaint, have many missing answers by design."), "small")


def show_marked(chosen: Chosen, found: FlaggedResponseShares, verdict: PartVerdict, key: str, what: str, brings: str) -> None:
    """Shares by branch and by interviewer; ``what`` heads the axis."""
    if verdict.sound is None:
        show_missing(plain_sentence(verdict), brings, key)
        return
    show_sentence(verdict)
    if not any(e.value for groups in found.groups.values() for e in groups):
        return  # rows of zeros say no more than the sentence
    for column in found.groups:
        by_column = quality(chosen, column).result
        groups = (by_column.speed if key == "speed" else by_column.lines).groups[column]
        _show_groups(chosen, groups, column, found.total, key, what)
    _say_what_is_not_told(chosen, found, key)


def _show_groups(chosen: Chosen, groups: Sequence[Estimate], column: str, total: Estimate | None, key: str, what: str) -> None:
    title = _("{what} by {column}").format(what=what, column=canvas(chosen.schema).role_title(column).lower())
    show_chart(partial(flagged_response_rows, groups, column, title=title, heading=what, total=total), chosen.schema, f"{key}_{column}")


def _say_what_is_not_told(chosen: Chosen, found: FlaggedResponseShares, key: str) -> None:
    if INTERVIEWER not in found.groups:
        show_no_interviewers(chosen, key)


def show_no_interviewers(chosen: Chosen, key: str) -> None:
    """The sentence where nobody can say who asked."""
    brings = _("A column with the number of the interviewer brings it, once the survey's description names it. Codes, no names.")
    show_missing(_("This wave does not tell interviewers apart."), brings, f"{key}_interviewer")


def show_effects(chosen: Chosen, found: InterviewerEffects, verdict: PartVerdict) -> None:
    """Shares of variance, and whose interviews score differently."""
    if found.main is None:
        show_missing(plain_sentence(verdict), _("Waves with several branches, or with the number of the interviewer, bring it."), "effects")
        return
    show_sentence(verdict)
    if any(one.share.value is not None for one in found.shares):
        limit = settings().quality.variance_share
        show_chart(partial(variance_rows, found, limit=limit), chosen.schema, "variance")
    column = BRANCH if found.main.kind == "branches" else INTERVIEWER
    main = quality(chosen, column).result.effects.main
    if main and main.effects:
        show_chart(partial(effect_rows, main, column), chosen.schema, "effects")
    if column == BRANCH:
        show_no_interviewers(chosen, "effects")
    else:
        say(_("Interviewers are told by number. What stands out is a reason to listen in, not a judgement of a person."), "small")


def show_duplicates(chosen: Chosen, found: DuplicateAnswers, verdict: PartVerdict) -> None:
    """Copies by branch and interviewer, and the list of them."""
    if verdict.sound is None:
        show_missing(plain_sentence(verdict), _("A survey with more questions, or a wider selection, brings it."), "duplicates")
        return
    show_sentence(verdict)
    if not found.pairs:
        return
    on = canvas(chosen.schema)
    for column in found.groups:
        groups = quality(chosen, column).result.duplicates.groups[column]
        title = _("Identical responses by {column}").format(column=on.role_title(column).lower())
        draw = partial(
            flagged_response_rows, [group.share for group in groups], column, title=title, heading=_("Responses with a copy"),
            total=found.total,
            copies=groups,
        )  # fmt: skip
        show_chart(draw, chosen.schema, f"copies_{column}")
    rows = quality(chosen, listed=True).result.duplicates.rows
    chart = copies_table(rows, on)
    first = _("The first {shown} of {total}; the download has all.").format(shown=ON_SCREEN, total=number(len(rows), 0))
    caption = f"{chart.caption} {first}" if len(rows) > ON_SCREEN else chart.caption
    with card(chart.title, caption, key="copies", menu=partial(export_menu, chart.title, on, "copies", lambda: chart, of=rows)):
        if rows:
            with st.container(key="table_copies"):
                show_plain_table(chart.table, chosen.schema, chart.title, ON_SCREEN, rows)


def copies_table(rows: Sequence[CopiedRow], on: Canvas) -> Chart:
    """The list as a table with a title; there is no picture of it."""
    columns: dict[str, list[object]] = {
        _("Set"): [row.set_number for row in rows],
        _("Row in the workbook"): [row.source_row for row in rows],
        _("Respondent"): [row.respondent_id or "" for row in rows],
    }
    for column in rows[0].groups if rows else ():
        columns[on.role_title(column)] = [
            group_name(column, row.groups[column], on.schema, language()) if row.groups[column] else "" for row in rows
        ]
    caption = _("Responses of one set have the same answers everywhere. Largest sets first; ids are opaque.")
    return Chart(_("Which responses are identical"), caption, caption, PlainFigure(), pd.DataFrame(columns))


def plain_sentence(verdict: PartVerdict) -> str:
    """The sentence of a check without its tones."""
    return "".join(part.text for part in verdict.sentence)
