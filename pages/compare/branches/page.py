"""Branches: which is better, which is worse?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.results.sentences import league_sentence
from charts.compare.lead_lag_bars import lead_lag_bars
from charts.compare.league_dots import league_dots
from charts.compare.profile_bars import profile_bars
from charts.index.indicator_heatmap import indicator_heatmap
from charts.kit.words import verdict_word
from pages._shared.numbers.wave_numbers import (
    against_rest,
    branch_league,
    branch_order,
    has,
    history,
    pair_of_branches,
    scores,
    to_best,
    to_target,
    without,
)  # fmt: skip
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.shares_part import show_share_league
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.words import _, language
from pages.compare.branches.chance import pick_common, show_funnel, show_places
from pages.compare.branches.composite import show_composite
from survey_schema.columns import Role

here = chosen()
schema = here.schema
result_styles()
question = _("Which branch is better, which is worse?")
if not has(here, Role.BRANCH):
    show_answer(question, [Words(_("This wave has fewer than two branches."))])
    show_missing(
        _("There is nothing to compare."), _("A workbook with a branch column and two or more branches brings the league."), "branches"
    )
    st.stop()

everywhere = without(here.where, Role.BRANCH)
order = branch_order(here)
answer = st.container()
common = pick_common(here)
table = branch_league(here, common=common)
with answer:
    show_answer(question, league_sentence(table, schema, language()))
stop_where_nobody(table.estimates, here, everywhere)
total = None if common else scores(here, everywhere).find(schema.tree.code)  # on other questions than the branches then,
past = None if common else history(here)  # and so are the earlier waves
show_chart(partial(league_dots, table, total=total, history=past), schema, "league")
places, funnel = show_places(here, common=common), show_funnel(here, common=common)

cells, rest = scores(here, everywhere, by=[Role.BRANCH]), against_rest(here)
name = partial(here.title, Role.BRANCH)
with st.container(horizontal=True, key="branch_picks"):
    branch = pick(_("Profile of"), order, "profile_branch", name, here.where.get(Role.BRANCH))
    other = pick(_("Against"), [code for code in order if code != branch], "profile_other", name)
targets = to_target(here)
profile = partial(profile_bars, cells, rest, place=branch, to_best=to_best(here), to_target=targets if targets.estimates else None)
show_chart(profile, schema, "profile")
if not targets.estimates:
    st.caption(_("No targets are set. Set them on the Indicators page, and the profile shows the gap to them too."))

compared = [table, places, rest, funnel]
answered = {entry.keys[Role.BRANCH] for entry in table.estimates}
if {branch, other} <= answered:
    gaps, firsts, seconds, titles = pair_of_branches(here, branch, other)
    heading = _("{first} against {second}").format(first=name(branch), second=name(other))
    against = partial(
        lead_lag_bars, gaps.estimates, firsts, seconds, titles, title=heading, result=gaps, name_header=_("Indicator"),
        headers=(name(branch), name(other)), words=verdict_word,
    )  # fmt: skip
    show_chart(against, schema, "pair")
    compared.append(gaps)
show_chart(partial(indicator_heatmap, cells, rest, first=order), schema, "heatmap")
with st.container(key="branch_shares"):
    st.subheader(_("Shares of answers"))
    compared += show_share_league(here)
how_computed([*compared, *show_composite(here)], here)
