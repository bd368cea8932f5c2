"""Comments: what do customers say in their own words?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.comments import COMMENTS, CommentOptions, comment_columns, shown_comments
from charts.comments.word_bars import word_bars
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import stop_where_lacking
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import canvas, result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.comments.listed import show_comments
from survey_schema.columns import Role

here = chosen()
schema = here.schema
result_styles()
question = _("What do customers say in their own words?")
stop_where_lacking("comments", here, question)
there = comment_columns(schema)

answer = st.container()
titles = {column.code: column.title.text(language()) for column in there}
column = pick(_("Question"), list(titles), "comment_column", titles.__getitem__) if len(titles) > 1 else there[0].code
groups = [str(Role.BRANCH)] if schema.column_for(Role.BRANCH) and str(Role.BRANCH) not in here.where else []
asked = ask(COMMENTS, here, CommentOptions(column), by=groups)
found = asked.result
with answer:
    show_answer(question, asked.sentence(language()))
    for remark in asked.remarks(language()):
        say(remark, "small")
if found.reason is not None or not found.comments:
    reason = said(found.reason) if found.reason else _("There are no comments here.")
    show_missing(reason, _("Choose a wider selection or another wave."), "comments")
    st.stop()
if found.words:
    show_chart(partial(word_bars, found.words, comments=len(found.comments)), schema, "comment_words")

with st.container(horizontal=True, key="comment_picks"):
    words = {"": _("anything"), **{each.word.code: each.word.title.text(language()) for each in found.words}}
    word = pick(_("Mentions"), list(words), "comment_word", words.__getitem__)
    text = "" if word else st.text_input(_("Contains"), key="comment_text", max_chars=100, width=260, persist_state="session").strip()
options = CommentOptions(column, mentions=word or text or None, listed=True, page=0)
listed = ask(COMMENTS, here, options, by=groups).result
show_comments(shown_comments(listed, options, schema), here, listed.scored_by, canvas(schema))
how_computed([found], here)
