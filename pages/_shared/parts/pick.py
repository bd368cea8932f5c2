"""A choice on a page that is not one of the global selections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from charts.kit.rows import text_width
from pages._shared.session.distinct_names import distinct_names

Code = TypeVar("Code", bound=str)
#: More codes than this are searched by typing; of fewer a phone need not open its keyboard.
_SEARCHED = 20


def pick(label: str, codes: Sequence[Code], key: str, title: Callable[[Code], str], default: str | None = None) -> Code:
    """A select box over codes with their names; it keeps its value when the reader comes back to the page.

    ``default`` is taken while nothing was picked; a picked value that is gone falls back to it. Many codes can be searched by typing.
    """
    names = distinct_names(codes, title)
    width = 260 if max(map(text_width, names.values()), default=0) < 200 else 400
    start = next((place for place, code in enumerate(codes) if code == default), 0)
    if st.session_state.get(key) not in codes:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        label, codes, start, format_func=names.__getitem__, key=key, width=width, persist_state="session",
        filter_mode="contains" if len(codes) > _SEARCHED else None,
    )  # fmt: skip
    return chosen if chosen in codes else codes[start]


def pick_several(label: str, codes: Sequence[str], key: str, title: Callable[[str], str], default: Sequence[str], most: int) -> list[str]:
    """Several of the codes, at most ``most``; ``default`` while none is picked."""
    kept = [code for code in st.session_state.get(key, default) if code in codes][:most]
    if key in st.session_state and kept != list(st.session_state[key]):
        del st.session_state[key]
    picked = st.multiselect(
        label, codes, kept or list(default), format_func=distinct_names(codes, title).__getitem__, key=key, max_selections=most,
        persist_state="session", placeholder="", select_all=False,
    )  # fmt: skip
    return picked or list(default)
