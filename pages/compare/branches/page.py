"""Branches: which is better, which is worse?"""

from __future__ import annotations

import streamlit as st

from answers.league import LEAGUE, LeagueOptions
from pages._shared.parts.benchmark_part import pick_benchmarks
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import chosen
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.compare.branches.chance import show_chance
from pages.compare.branches.common_questions import pick_common
from pages.compare.branches.customers import show_customers
from pages.compare.branches.one_branch import show_one_branch
from pages.compare.branches.ranking import show_ranking
from survey_schema.columns import Role

here = chosen()
result_styles()
question = _("Which branch is better, which is worse?")
stop_where_lacking("branches", here, question)

everywhere = here.without(Role.BRANCH)
answer = st.container()
common = pick_common(here)
league = ask(LEAGUE, here, LeagueOptions(common), where=everywhere, by=[Role.BRANCH])
with answer:
    show_answer(question, league.sentence(language()), league)
stop_where_nobody(league.result.estimates, here, everywhere)

views = {"ranking": _("Ranking"), "one": _("One branch"), "chance": _("Chance or not"), "customers": _("By customers")}
with st.container(horizontal=True, vertical_alignment="bottom", key="branches_top"):
    view = pick_view(_("Part"), views, "branches_view")
    against = pick_benchmarks(here, here.schema.tree.code, [here.wave], "league_against", where=everywhere) if view == "ranking" else ()
if view == "ranking":
    shown = show_ranking(here, against, common=common)
elif view == "one":
    shown = show_one_branch(here, [str(entry.keys[Role.BRANCH]) for entry in league.result.estimates if entry.keys[Role.BRANCH]])
elif view == "chance":
    shown = show_chance(here, common=common)
else:
    shown = show_customers(here)
how_computed([league.result, *shown], here)
