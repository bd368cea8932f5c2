"""One branch: its profile against the rest, or against another branch, and a QC project from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.compare.profile_sentence import indicator_sentence, profile_sentence
from answers.compare import TO_BEST, TO_TARGET, WITH_REST
from answers.compared import CompareOptions
from answers.index import INDEX
from charts.compare.profile_bars import profile_bars
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.compare.branches.pair import show_pair
from reports.figures.branches import LEAGUE_FIGURE
from survey_schema.columns import Role

#: What a branch is set against first.
THE_REST = "*rest"


def show_one_branch(chosen: Chosen, known: Sequence[str]) -> list[Explained]:
    """The profile of one branch with its sentence, and that of an indicator where one is picked; against another one of the ``known`` both
    side by side. Returns the results shown."""
    schema, order, name = chosen.schema, chosen.values[Role.BRANCH], partial(chosen.title, Role.BRANCH)
    with st.container(horizontal=True, vertical_alignment="bottom", key="branch_picks"):
        branch = pick(_("Profile of"), order, "profile_branch", name, chosen.where.get(Role.BRANCH))
        others = [code for code in known if code != branch] if branch in known else []
        other = pick(_("Against"), [THE_REST, *others], "profile_other", lambda code: _("the rest") if code == THE_REST else name(code))
        codes = schema.indicator_codes()
        code = pick(_("Indicator"), codes, "profile_code", lambda code: schema.title_of(code, language()), schema.tree.code)
        title = _("Raise {branch}").format(branch=name(branch))
        start_project(chosen, "branch", title, LEAGUE_FIGURE, "branches", where={**chosen.where, Role.BRANCH: branch})
    everywhere, by = chosen.without(Role.BRANCH), [Role.BRANCH]
    cells = ask(INDEX, chosen, where=everywhere, by=by).result
    rest = ask(WITH_REST, chosen, CompareOptions("rest"), where=everywhere, by=by, codes=codes).result
    whole = code == schema.tree.code
    if whole:
        say(profile_sentence(cells, rest, schema, language(), branch), "head")
    if whole and other != THE_REST:
        return [rest, show_pair(chosen, branch, other)]
    best = ask(TO_BEST, chosen, CompareOptions("best"), where=everywhere, by=by, codes=codes).result
    if not whole:
        say(indicator_sentence(cells, rest, best, schema, language(), branch, code), "head")
    if other != THE_REST:
        return [rest, show_pair(chosen, branch, other)]
    targets = ask(TO_TARGET, chosen, CompareOptions("target"), where=everywhere, by=by).result if schema.comparison.targets else None
    show_chart(partial(profile_bars, cells, rest, place=branch, to_best=best, to_target=targets, first=code), schema, "profile")
    if targets is None:
        say(_("No targets are set. Set them on the Indicators page, and the profile shows the gap to them too."), "small")
    return [rest]
