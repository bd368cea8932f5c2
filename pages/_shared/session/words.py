"""The language of the person looking, and ``_`` for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from words.language import DEFAULT_LANGUAGE, Language, Message, language_from, number_text, translator

_STATE = "language"
_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)


def decide_language(asked: str | None) -> Language:
    """Settles the language of this run: what the URL asks for, else what the browser prefers."""
    chosen = language_from(asked or st.context.locale)
    st.session_state[_STATE] = chosen
    return chosen


def language() -> Language:
    """The language of this run, or of the page whose file is made outside of any run."""
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken
    chosen: Language = st.session_state.get(_STATE, DEFAULT_LANGUAGE)
    return chosen


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """A file is made when it is asked for, where no session tells the language: what names its charts speaks this one meanwhile."""
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _(text: str) -> str:
    """An English sentence in the language of this run."""
    return translator(language())(text)


def said(message: Message) -> str:
    """A deferred message in the language of this run."""
    return message.text(language())


def number(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """A number as a reader of this language expects it."""
    return number_text(value, decimals, language(), signed=signed)
