"""Parts of pages about shares of answers: which question and which share, over the waves or branch by branch."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.results.estimates import Result
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import TREND, TrendOptions
from answers.league import LEAGUE, LeagueOptions
from charts.compare.league_dots import league_dots
from charts.index.trend_line import trend_line
from pages._shared.parts.control_charts_part import signal_link
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.words import _, language, said
from reports.figures.trends import marks_of
from survey_schema.answer_shares import SHARE_WORDS, Share, shares_of
from survey_schema.columns import Role


def show_share_over_time(here: Chosen) -> list[Result]:
    """A question's share in every wave, real changes marked. Returns the results shown."""
    code, share = _pick_share(here, "trend")
    waves, along = here.waves_so_far, [Role.WAVE]
    points = ask(TREND, here, TrendOptions(share=share), waves=waves, codes=[code]).result
    changes = ask(WITH_EARLIER, here, CompareOptions("previous", share=share), waves=waves, by=along, codes=[code]).result.joined
    labels = [wave.label for wave in waves]
    marks = marks_of(source_of(here), labels, [code], here.where.get(Role.BRANCH))
    draw = partial(trend_line, points, changes, labels, codes=[code], happened=marks.happened, breaks=marks.breaks)
    show_chart(draw, here.schema, "share_trend")
    signal_link(share, code, "share_trend")
    return [points, changes] if changes.estimates else [points]


def show_share_league(here: Chosen) -> list[Result]:
    """The branches by a question's share. Returns the results shown."""
    code, share = _pick_share(here, "league")
    found = ask(LEAGUE, here, LeagueOptions(share=share), where=here.without(Role.BRANCH), by=[Role.BRANCH], codes=[code]).result
    show_chart(partial(league_dots, found, code=code), here.schema, "share_league")
    return [found]


def _pick_share(here: Chosen, place: str) -> tuple[str, Share]:
    """The question (the outcome first) and the share asked for, its unit said."""
    schema = here.schema
    codes = [item.code for item in schema.items]
    with st.container(horizontal=True, key=f"share_picks_{place}"):
        code = pick(_("Question"), codes, f"share_code_{place}", lambda item: schema.title_of(item, language()), schema.outcome)
        there = shares_of(schema, code)
        named = {str(share): share for share in there}
        # where a question has a net promoter score, that is what it is asked for
        share = named[pick(_("Share"), list(named), f"share_{place}", lambda name: said(SHARE_WORDS[named[name]]), "nps")]
    unit = _("Points on −100…100.") if share == "nps" else _("Per cent of those who answered.")
    told = _("{question}: {share}. {unit}").format(question=schema.title_of(code, language()), share=said(SHARE_WORDS[share]), unit=unit)
    say(told, "small")
    return code, share
