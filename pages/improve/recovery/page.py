"""Recovery: which unhappy customers are to be contacted, how far did it get, and did it help?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from answers.recovery_question import CONTACTS, GROUPS
from pages._shared.parts.how_computed import explain
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import canvas, result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped, source_of
from pages._shared.session.words import _, language, said
from pages.improve.recovery.still_to_contact import show_file, show_list
from reports.figures.recovery import GROUP_TITLES, HELPED, PROGRESS, asked_recovery
from words.errors import ManyiError
from words.lists import listed
from words.periods import wave_text

here = chosen()
schema = here.schema
result_styles()
question = _("Whom must we win back, and did it help?")
answer, part = st.container(), st.container()
with st.container(horizontal=True, key="recovery_picks"):
    on = st.date_input(_("As of"), date.today(), format="YYYY-MM-DD", key="recovery_on", width=180)
    beside = st.container()
choices = {"on": on.isoformat() if isinstance(on, date) else None}
try:
    asked = asked_recovery(scoped(here), choices)
except ManyiError as error:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(error.message), _("Choose another selection or another wave."), "recovery")
    st.stop()
found = asked.result
answers = [asked]
view = "list"
if found.reported and found.whole.to_recover:
    with part:
        view = pick_view(_("Part"), {"progress": _("Progress and effect"), "list": _("Still to be contacted")}, "recovery_view")
with answer:
    show_answer(question, asked.sentence(language()), asked)
if view == "progress":
    titles = {code: said(GROUP_TITLES[code]) for code in GROUPS if schema.tiers or code != "tier"}
    with beside:
        group = pick(_("Progress by"), list(titles), "recovery_group", titles.__getitem__)
    if found.effects:
        show_figure(HELPED, here, "recovery_effect", choices)
    show_figure(PROGRESS, here, "recovery_progress", {**choices, "group": group})
    if not found.effects:
        show_missing(
            _("Whether it helped cannot be told yet."),
            _("Ask customers of the list again, some of them not contacted, and write their satisfaction into the sheet of contacts."),
            "recovery_effect",
        )
elif found.whole.to_recover:
    if not found.reported:
        others = [wave_text(each.label, language()) for each in source_of(here).deliveries(CONTACTS)]
        brings = _("Take the list below along, fill it in and upload it.")
        if others:
            brings = _(
                "Contacts came for {waves}: choose one above. For this wave, take the list below along, fill it in and upload it."
            ).format(waves=listed(others, language()))
        show_missing(_("No sheet of contacts came for this wave yet."), brings, "recovery_contacts")
    listing = asked_recovery(scoped(here), choices, listed=True)
    answers.append(listing)
    show_list(listing.result.listed or (), listing, canvas(schema))
    show_file(listing, here)
for remark in asked.remarks(language()):
    say(remark, "small")
explain(answers, {}, formula=asked.topic.chapters[1].formula, key="how_computed")
