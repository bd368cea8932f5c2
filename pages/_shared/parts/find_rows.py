"""Looking for rows of a chart of very many, of which it draws the first and the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from charts.kit.layout import Canvas, Chart
from pages._shared.session.words import _

#: Rows that can be looked for at once.
_MOST = 10


def with_found(draw: Callable[[Canvas], Chart], key: str) -> Callable[[Canvas], Chart]:
    """The chart with the rows that were looked for in it, on any canvas."""
    found = tuple(st.session_state.get(_key(key), ()))
    return (lambda on: draw(replace(on, found=found))) if found else draw


def find_rows(names: Sequence[str], key: str) -> None:
    """The field to look for rows in; nothing for a chart that draws all of them."""
    if names:
        st.multiselect(
            _("Find"), list(dict.fromkeys(names)), key=_key(key), max_selections=_MOST, persist_state="session", select_all=False,
            placeholder=_("Type a name"), label_visibility="collapsed",
        )  # fmt: skip


def _key(key: str) -> str:
    return f"find_{key}"
