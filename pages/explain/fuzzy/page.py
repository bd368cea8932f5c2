"""Fuzzy evaluation: which grade do customers give?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.fuzzy.fuzzy_evaluation import NAMES, OPERATORS
from analysis.fuzzy.fuzzy_sentence import fuzzy_sentence, judged_name
from answers.fuzzy import FUZZY, FuzzyOptions
from charts.fuzzy.membership_bars import MembershipRow, membership_bars
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from survey_schema.columns import Role

here = chosen()
schema = here.schema
result_styles()
question = _("Which grade do customers give?")
answer = st.container()
nodes = {node.code: node for node in schema.tree.walk()}
titles = {code: judged_name(code, schema, language()) for code in nodes}
operators = {name: said(NAMES[name]) for name in OPERATORS}
with st.container(horizontal=True, key="fuzzy_picks"):
    operator = pick(_("Operator of B = A∘R"), OPERATORS, "fuzzy_operator", operators.__getitem__, schema.fuzzy.operator)
    opened = pick(_("Matrix of"), list(nodes), "fuzzy_node", titles.__getitem__)
codes = schema.indicator_codes()
asked = ask(FUZZY, here, FuzzyOptions(operator), codes=codes)
found = asked.result
top = found.find(schema.tree.code)
if top is None or top.grade is None:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    why = said(top.score.reason) if top and top.score.reason else _("There are no answers in this selection.")
    show_missing(why, _("Choose a wider selection or another wave."), "fuzzy")
    st.stop()

with answer:
    show_answer(question, fuzzy_sentence(found, top, schema, language()))
if operator != "weighted_mean":
    say(_("This operator keeps the strongest or clipped memberships only; M(·,+) uses all of them and is the one to report."), "small")


def rows_of(code: str) -> list[MembershipRow]:
    """A node and what it is made of, with the indicator weights."""
    weights = nodes[code].child_weights()
    below = [(child, node) for child in weights if (node := found.find(child))]
    head = found.find(code)
    rows = [MembershipRow(schema.title_of(child, language()), node, weights[child]) for child, node in below]
    return [*([MembershipRow(titles[code], head)] if head else []), *rows]


indicator = _("Indicator")
draw = partial(membership_bars, rows_of(schema.tree.code), title=_("Memberships of the dimensions"), name_header=indicator)
show_chart(draw, schema, "dimensions")
if opened != schema.tree.code:
    title = _("Membership matrix of {name}").format(name=titles[opened])
    show_chart(partial(membership_bars, rows_of(opened), title=title, name_header=indicator), schema, "matrix")
if here.has(Role.BRANCH):
    by_branch = ask(FUZZY, here, FuzzyOptions(operator), where=here.without(Role.BRANCH), by=[Role.BRANCH], codes=codes).result
    every = [(code, by_branch.find(schema.tree.code, branch=code)) for code in here.values[Role.BRANCH]]
    rows = [MembershipRow(here.title(Role.BRANCH, code), node) for code, node in every if node]
    title = _("{indicator}: memberships by branch").format(indicator=titles[schema.tree.code])
    show_chart(partial(membership_bars, rows, title=title, name_header=_("Branch")), schema, "branches")
say(
    _("The grade score values each grade as the survey sets it; it is another number than the index, which is the mean of scores."), "small"
)
how_computed([found], here, formula=r"B = A \circ R,\qquad S = \sum_{j=1}^{5} b_j v_j")
