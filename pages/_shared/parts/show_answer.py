"""The top of every result page: its question, and the answer as one sentence with the telling parts coloured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from answers.topic import Answered
from pages._shared.session.shown_here import note_answer
from reports.print.printed_page import Phrase
from words.shown_text import markdown_text as plain

_HARD_SPACE = "\u00a0"
#: Tone of a part of the sentence → Streamlit's text colour (set in the theme).
_COLOURS = {
    "better": "blue",
    "higher": "blue",
    "worse": "red",
    "lower": "red",
    "unclear": "gray",
    "muted": "gray",
    "competitor": "orange",
    "caution": "orange",
}


class Part(Protocol):
    """A piece of an answer: its words and its tone (None, or empty, for plain ink)."""

    @property
    def text(self) -> str: ...
    @property
    def tone(self) -> str | None: ...


@dataclass(frozen=True)
class Words:
    """A part of an answer a page words itself."""

    text: str
    tone: str | None = None


def show_answer(question: str, parts: Iterable[Part], of: Answered[Any, Any] | None = None) -> None:
    """Shows the question small and the answer large. All texts are shown as they stand. The answer is ``of`` what was asked last."""
    parts = list(parts)
    note_answer(question, [Phrase(unbroken(part.text), part.tone or "") for part in parts], of)
    with st.container(key="answer", gap=None):
        st.markdown(f"# {plain(question)}", anchors=False)
        st.markdown("## " + unbroken(coloured(parts)), anchors=False)


def coloured(parts: Iterable[Part]) -> str:
    """An answer as Markdown, its telling parts in their colours."""
    return "".join(_coloured(part) for part in parts)


def unbroken(line: str) -> str:
    """A large line breaks between words, never between a figure and its sign."""
    return re.sub(r"(?<=\d) (?=%)|(?<=\bp) (?=\\?<)|(?<=<) (?=\d)", _HARD_SPACE, line)


def _coloured(part: Part) -> str:
    colour = _COLOURS.get(part.tone or "")
    return f":{colour}[{plain(part.text)}]" if colour and part.text.strip() else plain(part.text)
