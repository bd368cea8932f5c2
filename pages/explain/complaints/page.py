"""Complaints: what do customers complain about, and how often?"""

from __future__ import annotations

import streamlit as st

from analysis.results.estimates import Result
from answers.complaint_sums import KIND, Data, told_apart
from answers.complaints import COMPLAINTS
from pages._shared.parts.branch_only import say_branch_only
from pages._shared.parts.how_computed import explain
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.words import _, language, said
from pages.explain.complaints.handled import show_handled
from pages.explain.complaints.parts import Shown, show_months, show_paretos, show_rows, show_within
from storage.catalogue import period_order
from survey_schema.columns import Role
from words.periods import wave_text

ALL, NONE = "all", "none"
here = chosen()
schema, source = here.schema, source_of(here)
result_styles()
question = _("What do customers complain about, and how often?")
stop_where_lacking("complaints", here, question)
answer = st.container()
kind = next(each for each in KIND.values() if source.deliveries(each))

periods = sorted({each.label for each in source.deliveries(kind)}, key=period_order, reverse=True)
titles = {
    str(Role.BRANCH): here.schema.column_title(Role.BRANCH, language()), "ministry_class": _("Ministry class"), "cause": _("Cause"),
    "position": _("Handler's position"), str(Role.OPERATOR): schema.column_title(Role.OPERATOR, language()),
}  # fmt: skip
data: Data = "tickets" if kind == KIND["tickets"] else "counts"
columns = [code for code in titles if code in told_apart(source, data)]
causes = [code for code in ("cause", "ministry_class", "position") if code in columns]
views = {"often": _("How often")} | ({"causes": _("Causes"), "within": _("Within a cause")} if causes else {}) | {"handling": _("Handling")}
view = pick_view(_("Part"), views, "complaints_view")
by = cause = then = None
before = NONE
with st.container(horizontal=True, key="complaint_picks"):
    period = pick(_("Period"), [ALL, *periods], "complaint_period", lambda code: _("all") if code == ALL else wave_text(code, language()))
    if view == "often":
        counted = source.deliveries(KIND["counts"]) and period == ALL and Role.OPERATOR in told_apart(source, "counts")
        compared = list(dict.fromkeys([*columns, *([str(Role.OPERATOR)] if counted else [])]))
        by = pick(_("Compared by"), compared, "complaint_by", titles.__getitem__) if compared else None
    elif view != "handling":
        cause = pick(_("Pareto chart of"), causes, "pareto_by", titles.__getitem__)
        inner = [code for code in columns if code not in (cause, Role.OPERATOR)]
        then = pick(_("And within it"), inner, "pareto_then", titles.__getitem__) if inner and view == "within" else None
        earlier = periods[1:] if period == ALL else periods[periods.index(period) + 1 :]
        if earlier and view == "causes":
            named_before = {NONE: _("no comparison")} | {each: wave_text(each, language()) for each in earlier}
            before = pick(_("Set beside (before)"), list(named_before), "pareto_before", named_before.__getitem__)
    per = pick(_("Rate per"), ["per_ten_thousand", "per_million"], "complaint_per", lambda code: said(COMPLAINTS.figure_words[code]))
named = [] if period == ALL else [period]
where = {name: value for name, value in here.where.items() if name == Role.BRANCH}
shown = Shown(here, named, where, per)
total = ask(COMPLAINTS, here, where=where, periods=named)
with answer:
    show_answer(question, total.sentence(language()))
say_branch_only(here)
shown_below: list[Result] = []
if view == "often":
    shown_below = show_months(shown)
    if by:
        show_rows(shown, by)
elif view == "handling":
    for remark in total.remarks(language()):
        say(remark)
    show_handled(total)
elif cause:
    part = show_within if view == "within" else show_paretos
    shown_below = [part(shown, cause, then, titles, None if before == NONE else before).figures]
if view != "handling":
    for remark in total.remarks(language()):
        say(remark, "small")
explain([total.figures, *shown_below], {}, formula=r"r = 10\,000\,\frac{c}{N}", key="how_computed")
