"""Branches: which is better, which is worse?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.benchmarks import BENCHMARKS
from answers.compare import TO_BEST, TO_TARGET, WITH_REST
from answers.compared import CompareOptions
from answers.index import INDEX
from answers.league import LEAGUE, LeagueOptions
from charts.compare.profile_bars import profile_bars
from pages._shared.parts.benchmark_part import pick_benchmarks
from pages._shared.parts.how_computed import Explained, how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.shares_part import show_share_league
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import chosen
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.compare.branches.chance import pick_common, show_chance
from pages.compare.branches.composite import show_composite
from pages.compare.branches.pair import show_pair
from reports.figures.branches import HEAT_MAP, LEAGUE_FIGURE
from survey_schema.columns import Role

here = chosen()
schema, codes, by = here.schema, here.schema.indicator_codes(), [Role.BRANCH]
result_styles()
question = _("Which branch is better, which is worse?")
if not here.has(Role.BRANCH):
    show_answer(question, [Words(_("This wave has fewer than two branches."))])
    show_missing(
        _("There is nothing to compare."), _("A workbook with a branch column and two or more branches brings the league."), "branches"
    )
    st.stop()

everywhere, order = here.without(Role.BRANCH), here.values[Role.BRANCH]
answer = st.container()
common = pick_common(here)
asked = ask(LEAGUE, here, LeagueOptions(common), where=everywhere, by=by)
table = asked.result
with answer:
    show_answer(question, asked.sentence(language()))
stop_where_nobody(table.estimates, here, everywhere)
against = pick_benchmarks(here, schema.tree.code, [here.wave], "league_against", where=everywhere)
league = show_figure(LEAGUE_FIGURE, here, "league", {"common": common, "against": against})
chance = show_chance(here, common=common)

cells = ask(INDEX, here, where=everywhere, by=by).result
rest = ask(WITH_REST, here, CompareOptions("rest"), where=everywhere, by=by, codes=codes).result
best = ask(TO_BEST, here, CompareOptions("best"), where=everywhere, by=by, codes=codes).result
set_targets = schema.comparison.targets
targets = ask(TO_TARGET, here, CompareOptions("target"), where=everywhere, by=by).result if set_targets else None
name = partial(here.title, Role.BRANCH)
with st.container(horizontal=True, key="branch_picks"):
    branch = pick(_("Profile of"), order, "profile_branch", name, here.where.get(Role.BRANCH))
    other = pick(_("Against"), [code for code in order if code != branch], "profile_other", name)
show_chart(partial(profile_bars, cells, rest, place=branch, to_best=best, to_target=targets), schema, "profile")
start_project(
    here, "branch", _("Raise {branch}").format(branch=name(branch)), LEAGUE_FIGURE, "branches", where={**here.where, Role.BRANCH: branch}
)
if not set_targets:
    say(_("No targets are set. Set them on the Indicators page, and the profile shows the gap to them too."), "small")

compared: list[Explained] = [table, *(each for each in league.answers if each.topic is BENCHMARKS), rest, *chance]
if {branch, other} <= {entry.keys[Role.BRANCH] for entry in table.estimates}:
    compared.append(show_pair(here, branch, other))
show_figure(HEAT_MAP, here, "heatmap")
with st.container(key="branch_shares"):
    say(_("Shares of answers"), "part")
    compared += show_share_league(here)
how_computed([*compared, *show_composite(here)], here)
