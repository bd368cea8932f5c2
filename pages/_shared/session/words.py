"""The language of the person looking, and ``_`` for it."""

from __future__ import annotations

import streamlit as st

from words.language import DEFAULT_LANGUAGE, Language, Message, language_from, number_text, translator

_STATE = "language"


def decide_language(asked: str | None) -> Language:
    """Settles the language of this run: what the URL asks for, else what the browser prefers."""
    chosen = language_from(asked or st.context.locale)
    st.session_state[_STATE] = chosen
    return chosen


def language() -> Language:
    """The language of this run."""
    chosen: Language = st.session_state.get(_STATE, DEFAULT_LANGUAGE)
    return chosen


def _(text: str) -> str:
    """An English sentence in the language of this run."""
    return translator(language())(text)


def said(message: Message) -> str:
    """A deferred message in the language of this run."""
    return message.text(language())


def number(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """A number as a reader of this language expects it."""
    return number_text(value, decimals, language(), signed=signed)
