"""Effect check: did a measure work?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.how_computed import explain
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language, said
from reports.figures.effects import CHANGES, PATHS, asked_effect
from survey_schema.columns import Role
from words.errors import ManyiError
from words.periods import wave_text

here = chosen()
schema = here.schema
result_styles()
question = _("Did it work?")
branches, waves = here.values.get(Role.BRANCH, ()), [wave.label for wave in here.waves_so_far]
if len(branches) < 3 or len(waves) < 2:
    show_answer(question, [Words(_("That takes two waves and three branches, one of them untouched."))])
    show_missing(
        _("There is one wave so far.") if len(waves) < 2 else _("There are fewer than three branches."),
        _("The next wave you store brings the first change.") if len(waves) < 2 else _("A workbook with more branches brings it."),
        "effect",
    )
    st.stop()

answer = st.container()
with st.container(horizontal=True, key="effect_picks"):
    code = pick(_("Indicator"), schema.indicator_codes(), "effect_code", lambda item: schema.title_of(item, language()))
    since = pick(_("First wave after it"), waves[1:], "effect_since", lambda wave: wave_text(wave, language()), waves[-1])
names = distinct_names(branches, lambda branch: here.title(Role.BRANCH, branch))
treated = st.multiselect(
    _("Branches where something was done"), list(names), format_func=names.__getitem__, key="effect_treated", persist_state="session",
    placeholder=_("Choose the branches"), select_all=False,
)  # fmt: skip
with answer:
    if not treated:
        show_answer(
            question, [Words(_("Choose the branches where something was done and since when; the others are what they are judged by."))]
        )
        st.stop()
    choices = {"treated": treated, "since": since, "code": code}
    try:
        asked = asked_effect(scoped(here), choices)
    except ManyiError as error:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
        show_missing(said(error.message), _("Choose other branches or another wave."), "effect")
        st.stop()
    show_answer(question, asked.sentence(language()))
if asked.result.check.branches:
    show_figure(PATHS, here, "effect_paths", choices)
    show_figure(CHANGES, here, "effect_branches", choices)
for remark in asked.remarks(language()):
    say(remark, "small")
explain([asked], {}, formula=asked.topic.chapters[0].formula, key="how_computed")
