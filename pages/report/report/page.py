"""Report: what goes out of the house?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.session.messages import show_problem
from pages._shared.session.reporting import shelf
from pages._shared.session.words import _, language
from pages.report.report.cover import show_cover
from pages.report.report.exporting import show_exports
from pages.report.report.items import show_items
from pages.report.report.outcome import show_outcome
from pages.report.report.refreshing import show_refreshing
from pages.report.report.saving import saved_words, show_saved, show_saving
from pages.report.report.storylines import show_storylines
from pages.report.report.template import show_template
from reports.shelf import AtWork
from words.errors import ManyiError

result_styles()
question = _("What goes into the report?")
try:
    work: AtWork = shelf().at_work(language())
except ManyiError as error:
    show_answer(question, [Words(_("That cannot be said."))])
    show_problem(error)
    st.stop()

count = len(work.report.items)
nothing = _("Nothing yet: take a storyline below, or “Add to report” in the Export menu of any chart.")
there = _("{n} items").format(n=count) if count else nothing
show_answer(question, [Words(there), *([Words(_(", ") + saved_words(work), "caution" if work.changed else "muted")] if count else [])])
show_outcome()
if count:
    show_exports(work.report)
    show_items(work.report)
    show_cover(work.report)
    show_template(work.report)
    show_saving(work)
show_storylines()
show_saved(work)
show_refreshing()
