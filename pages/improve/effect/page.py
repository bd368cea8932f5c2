"""Effect check: did a measure work?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.effect import told_parts
from pages._shared.parts.how_computed import Explained, explain
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language, said
from pages.improve.effect.picks import pick_check, take_link
from reports.figures.effects import BROUGHT, CHANGES, PATHS, PHASES, asked_effect
from words.errors import ManyiError

here = chosen()
result_styles()
question = _("Did it work?")
opened_on = take_link(here)
answer = st.container()
choices = pick_check(here)
with answer:
    if choices is None:
        show_answer(question, [Words(_("That takes two periods, one before and one after."))])
        show_missing(_("There is one period of this figure so far."), _("The next one you store brings the first change."), "effect")
        st.stop()
    if not choices["treated"]:
        show_answer(
            question, [Words(_("Choose the branches where something was done and since when; the others are what they are judged by."))]
        )
        st.stop()
    try:
        asked = asked_effect(scoped(here), choices)
    except ManyiError as error:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
        show_missing(said(error.message), _("Choose other branches, another period or another figure."), "effect")
        st.stop()
    first, *others = told_parts(asked.asked, asked.result, language())
    show_answer(question, first)
    for told in others:
        say(told)
    if opened_on is not None:
        say(_("Opened on the newest measure that can be checked: {measure}.").format(measure=opened_on.measure), "small")
found = asked.result
aside = bool(found.check.branches)
several = found.promise is not None or found.check.difference.effect.value is not None
brought = several and found.levels.change.value is not None
views = {
    **({"brought": _("What it brought")} if brought or aside else {}),
    "course": _("Before and after"),
    **({"branches": _("Branch by branch")} if aside else {}),
}
view = pick_view(_("Part"), views, "effect_view") if len(views) > 1 else "course"
phases: Sequence[Explained] = ()
if view == "brought":
    if brought:
        show_figure(BROUGHT, here, "effect_promised", choices)
    if aside:
        show_figure(PATHS, here, "effect_paths", choices)
elif view == "branches":
    show_figure(CHANGES, here, "effect_branches", choices)
else:
    try:
        phases = show_figure(PHASES, here, "effect_phases", choices).answers
    except ManyiError as error:
        say(said(error.message), "small")
for remark in asked.remarks(language())[len(others) :]:
    say(remark, "small")
explain([asked, *phases], {}, formula=asked.topic.chapters[0].formula, key="how_computed")
