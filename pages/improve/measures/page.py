"""Measures: what is being done, and is it on time?"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from answers.measure_rows import measure_rows
from pages._shared.parts.branch_only import say_branch_only
from pages._shared.parts.how_computed import explain
from pages._shared.parts.missing_sheet import show_missing_sheet
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped, source_of
from pages._shared.session.words import _, language
from pages.improve.measures.editing import show_editing
from pages.improve.measures.kpi_changes import say_kpis
from reports.figures.measures import CHANGES, COMPLAINTS, DONE, STATES, asked_measures

_EVERY = ""
here = chosen()
result_styles()
question = _("What is being done, and is it on time?")
rows = measure_rows(source_of(here))
if not rows:
    show_answer(question, [Words(_("There are no measures yet."))])
    show_missing_sheet(here.schema, "measures")
    show_editing(here, ())
    st.stop()

answer = st.container()
views = {"done": _("Planned and done"), "counts": _("How they stand"), "changes": _("What changed since")}
view = pick_view(_("Part"), views, "measures_view")
projects = sorted({row.measure.project for row in rows if row.measure.project})
owners = sorted({owner for row in rows for owner in row.measure.owners})
with st.container(horizontal=True, key="measure_picks"):
    on = st.date_input(_("As of"), date.today(), format="YYYY-MM-DD", key="measures_on", width=180, persist_state="session")
    every = {_EVERY: _("all")}
    project = pick(_("Project"), [_EVERY, *projects], "measures_project", lambda name: every.get(name, name)) if projects else _EVERY
    owner = pick(_("Owner"), [_EVERY, *owners], "measures_owner", lambda name: every.get(name, name)) if owners else _EVERY
choices: dict[str, Any] = {"on": on.isoformat()} if isinstance(on, date) and on != date.today() else {}
choices |= {"project": project} if project else {}
choices |= {"owner": owner} if owner else {}
asked = asked_measures(scoped(here), choices)
board = asked.result.board
with answer:
    show_answer(question, asked.sentence(language()))
    for remark in asked.remarks(language()):
        say(remark, "small")
if board.measures and view == "done":
    show_figure(DONE, here, "measures_done", choices)
elif board.measures and view == "counts":
    grouped = [group for group in ("branch", "project", "owner") if len(board.of(group)) > 1]
    if not grouped:
        say(_("All measures are of one branch, one project and one owner, so there is nothing to set side by side."), "small")
    else:
        names = {"branch": here.schema.column_title("branch", language()), "project": _("Project"), "owner": _("Owner")}
        by = pick(_("Count by"), grouped, "measures_by", names.__getitem__)
        show_figure(STATES, here, "measures_states", {**choices, "by": by})
elif board.measures:
    for figure, key, of_complaints in ((CHANGES, "measures_changes", False), (COMPLAINTS, "measures_complaints", True)):
        if any(each.has_interval and each.of_complaints is of_complaints for each in asked.result.changes):
            show_figure(figure, here, key, choices)
    say_kpis(here, asked.result.changes)
    if all(each.change.value is None for each in asked.result.changes):
        say(_("No measure names a target that was measured before it began and since."), "small")
if view == "done":
    show_editing(here, rows)
say_branch_only(here)
explain([asked], {}, key="how_computed")
