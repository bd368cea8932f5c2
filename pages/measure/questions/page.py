"""Questions: what do customers choose, what do they put first, would they recommend us?"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.choices.sentence import groups_sentence
from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from answers.topic import Answered
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language, said
from pages.measure.questions.kinds import ALONE, GROUPED, Kind, formula, judged, questions_of
from reports.figures.choices import columns_to_compare
from words.errors import ManyiError

here = chosen()
schema = here.schema
result_styles()
question = _("What do customers choose, put first and recommend?")
stop_where_lacking("questions", here, question)
kinds: dict[str, Kind] = questions_of(schema)

answer = st.container()
with st.container(horizontal=True, key="question_picks"):
    code = pick(_("Question"), list(kinds), "question_code", lambda item: schema.title_of(item, language()))
    columns = columns_to_compare(scoped(here))
    by = pick(_("Compare by"), columns, "question_by", lambda name: schema.column_title(name, language())) if columns else None
kind, told = kinds[code], {"question": code}
shown: list[Answered[Any, Any]] = []
try:
    drawn = show_figure(ALONE[kind], here, "question_whole", told)
    shown += drawn.answers
    with answer:
        show_answer(question, drawn.sentence(language()))
except ManyiError as error:
    with answer:
        show_answer(question, [Words(_("That cannot be said for this selection."))])
    show_missing(said(error.message), _("Choose a wider selection or another wave."), "options_hidden")
if shown and by is not None:
    try:
        grouped = show_figure(GROUPED[kind], here, "question_groups", {**told, "by": by})
        shown += grouped.answers
        entries: list[Estimate] = judged(kind, grouped.answers[0].result)
        if entries:
            names = [schema.value_title(by, entry.keys[by], language()) for entry in entries]
            say(plain_text(groups_sentence(entries, names, language())), "small")
    except ManyiError as error:
        show_missing(said(error.message), _("Choose a wider selection or another wave."), "option_groups_hidden")
how_computed(shown, here, formula=formula(kind))
