"""Sentences between the figures of a page; what is said is printed too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from pages._shared.parts.show_answer import Part, Words, coloured
from pages._shared.session.shown_here import note_words
from reports.print.printed_page import Phrase, Place


def say(told: str | Iterable[Part], place: Place = "text") -> None:
    """A sentence, as it stands: the head of what follows, one among others, in small print, or the heading of a part of the page."""
    parts = [Words(told)] if isinstance(told, str) else list(told)
    _note(parts, place)
    if place == "small":
        st.caption(coloured(parts))
    elif place == "part":
        st.subheader(coloured(parts))
    else:
        st.markdown(("### " if place == "head" else "") + coloured(parts), anchors=False)


def say_list(sentences: Sequence[str | Iterable[Part]]) -> None:
    """Sentences below each other, each with a dot before it."""
    lines = [[Words(each)] if isinstance(each, str) else list(each) for each in sentences]
    for parts in lines:
        _note([Words("• "), *parts], "text")
    st.markdown("\n".join(f"- {coloured(parts)}" for parts in lines))


def _note(parts: Iterable[Part], place: Place) -> None:
    note_words([Phrase(part.text, part.tone or "") for part in parts], place)
