"""What a click left to be said: shown by the run after it, and not lost when only the window asks for another run."""

from __future__ import annotations

from time import monotonic
from typing import Any

import streamlit as st

from pages._shared.session.window import is_redrawn

#: Seconds for which no run ends a message: what a browser asks for by itself just after a click is no click.
_READ = 2.0


def told_once(*keys: str) -> tuple[Any, ...]:
    """What the last click left in the session under each of ``keys``, None where nothing.

    The next click ends it, from two seconds after it was told on; a new width of the window, for which a page runs once more, does
    not end it.
    """
    shown, since = f"{keys[0]}_shown", f"{keys[0]}_since"
    if any(key in st.session_state for key in keys):
        st.session_state[shown] = tuple(st.session_state.pop(key, None) for key in keys)
        st.session_state[since] = monotonic()
    elif not is_redrawn() and monotonic() - st.session_state.get(since, 0.0) > _READ:
        st.session_state.pop(shown, None)
    found: tuple[Any, ...] = st.session_state.get(shown, (None,) * len(keys))
    return found
