"""Tiers: which valuable customers are likely to leave and unhappy?"""

from __future__ import annotations

import streamlit as st

from analysis.tiers.tiers import WinBackRow
from answers.tiers import TIERS, TierOptions, rules_of
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import canvas, result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, number, said
from pages.compare.tiers.answer import tiers_sentence
from pages.compare.tiers.moves import show_moves
from pages.compare.tiers.win_back import show_win_back
from reports.figures.tiers import CELLS, UNHAPPY
from words.errors import ManyiError

here = chosen()
schema = here.schema
result_styles()
question = _("Which valuable customers are likely to leave and unhappy?")
stop_where_lacking("tiers", here, question)

answer = st.container()
titles = {rules.code: rules.title.text(language()) for rules in schema.tiers}
code = pick(_("Rules"), list(titles), "tier_rules", titles.__getitem__) if len(titles) > 1 else schema.tiers[0].code
rules = rules_of(schema, code)
try:
    layers = ask(TIERS, here, TierOptions(model=code))
    found = layers.result.layers
except ManyiError as error:
    show_answer(question, [Words(_("The layers cannot be formed here."))])
    show_missing(_("There are no layers to show."), error.text(language()), "tiers")
    st.stop()

rows: tuple[WinBackRow, ...] | None = None
why_no_list = ""
try:
    rows = ask(TIERS, here, TierOptions(model=code, listed=True)).result.listed
except ManyiError as error:
    why_no_list = error.text(language())
with answer:
    show_answer(question, tiers_sentence(found, rules, rows, canvas(schema)), layers)
if found.unknown:
    sentence = _("{unknown} respondents could not be layered, because the columns of an axis are empty for them; {layered} are.")
    say(sentence.format(unknown=number(found.unknown, 0), layered=number(found.layered, 0)), "small")
for note in found.notes:
    say(said(note), "small")
if not found.layered:
    show_missing(_("There are no layers to show."), _("No respondent of this selection has the columns the rules need."), "tiers")
    st.stop()
view = pick_view(_("Part"), {"layers": _("Layers"), "list": _("Whom to win back"), "moves": _("Moves between layers")}, "tiers_view")
if view == "layers":
    show_figure(CELLS, here, "tier_cells", {"model": code})
    if any(cell.unhappy_percent.value is not None for cell in found.cells):
        show_figure(UNHAPPY, here, "tier_rows", {"model": code}, table=False)
elif view == "moves":
    show_moves(here, rules)
elif rows is None:
    show_missing(_("There is no list of customers to win back."), why_no_list, "win_back")
else:
    show_win_back(rows, rules, canvas(schema))
how_computed([found], here)
