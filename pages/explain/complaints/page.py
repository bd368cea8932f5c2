"""Complaints: what do customers complain about, and how often?"""

from __future__ import annotations

import streamlit as st

from answers.complaint_sums import KIND, KINDS
from answers.complaints import COMPLAINTS
from answers.kind_columns import kind_value_title
from pages._shared.parts.how_computed import explain
from pages._shared.parts.missing_sheet import show_missing_sheet
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.words import _, language, said
from pages.explain.complaints.parts import Shown, show_months, show_paretos, show_rows
from storage.catalogue import period_order
from survey_schema.columns import Role
from words.periods import wave_text
from words.shown_text import markdown_text as plain

ALL = "all"
here = chosen()
schema, source = here.schema, source_of(here)
result_styles()
question = _("What do customers complain about, and how often?")
answer = st.container()
kind = next((each for each in KIND.values() if source.deliveries(each)), None)
if kind is None:
    with answer:
        show_answer(question, [Words(_("There are no complaints yet."))])
    show_missing_sheet(schema, KINDS[0])
    st.stop()

periods = sorted({each.label for each in source.deliveries(kind)}, key=period_order, reverse=True)
columns = {
    str(Role.BRANCH): here.schema.column_title(Role.BRANCH, language()), "ministry_class": _("Ministry class"), "cause": _("Cause"),
    "position": _("Handler's position"),
}  # fmt: skip
with st.container(horizontal=True, key="complaint_picks"):
    period = pick(_("Period"), [ALL, *periods], "complaint_period", lambda code: _("all") if code == ALL else wave_text(code, language()))
    by = pick(_("Compared by"), [*columns], "complaint_by", lambda code: columns[code])
    cause = pick(_("Pareto chart of"), ["cause", "ministry_class", "position"], "pareto_by", lambda code: columns[code])
    then = pick(
        _("And within it"), [code for code in columns if code != cause], "pareto_then",
        lambda code: columns[code],
    )  # fmt: skip
    per = pick(_("Rate per"), ["per_ten_thousand", "per_million"], "complaint_per", lambda code: said(COMPLAINTS.figure_words[code]))
named = [] if period == ALL else [period]
where = {name: value for name, value in here.where.items() if name == Role.BRANCH}
shown = Shown(here, named, where, per)
total = ask(COMPLAINTS, here, where=where, periods=named)
with answer:
    show_answer(question, total.sentence(language()))
for remark in total.remarks(language()):
    st.markdown(plain(remark))
if len(here.where) > len(where):
    st.caption(_("Complaints are told apart by branch only; what else is selected above does not narrow them down."))
months = show_months(shown)
show_rows(shown, by, columns[by], lambda value: kind_value_title(COMPLAINTS, by, value, schema, language()))
charts = show_paretos(shown, cause, then, columns[cause], columns[then])
explain([total.figures, *months, charts.figures], {}, formula=r"r = 10\,000\,\frac{c}{N}", key="how_computed")
