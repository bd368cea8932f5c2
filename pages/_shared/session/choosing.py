"""What a reader chose, told to a callback only where it is one of the choices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import streamlit as st


def chosen(key: str, options: Collection[Any], take: Callable[[Any], object]) -> Callable[[], None]:
    """The callback of a select box, of pills or of radio buttons under ``key``: calls ``take`` with what was chosen.

    A browser sends the words of a choice back, not its value. Words of the run before (the language was changed, a name got a tick)
    then arrive as the value itself; they choose nothing, and the widget shows again what is kept.
    """

    def changed() -> None:
        value = st.session_state[key]
        values = value if isinstance(value, list | tuple) else [value]
        if all(each is None or each in options for each in values):
            take(value)

    return changed
