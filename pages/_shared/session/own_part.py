"""Parts of a page that run again on their own when something in them is touched."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

from answers.topic import Answered
from pages._shared.session.asked_here import asked, in_a_part
from pages._shared.session.shown_here import Shown, showing_in, shown_here

Given = ParamSpec("Given")
_INSIDE: ContextVar[bool] = ContextVar("inside_own_part", default=False)


def own_part(show: Callable[Given, None], *, every: float | None = None) -> Callable[Given, None]:
    """Makes what ``show`` draws a fragment; inside another part it belongs to that one. ``every`` so many seconds the browser asks for it.

    Fragments are not put into each other: when an outer one is run again before a browser has taken the last run, Streamlit drops the
    outer one's unsent containers but keeps what the inner one put into them, and the browser's whole page turns white.
    """

    @st.fragment(run_every=every)
    @wraps(show)
    def alone(before: tuple[Answered[Any, Any], ...], part: Shown, *args: Given.args, **named: Given.kwargs) -> None:
        token = _INSIDE.set(True)
        try:
            with in_a_part(before), showing_in(part):
                show(*args, **named)
        finally:
            _INSIDE.reset(token)

    @wraps(show)
    def placed(*args: Given.args, **named: Given.kwargs) -> None:
        if _INSIDE.get():
            show(*args, **named)
        else:
            alone(asked(), shown_here().part(), *args, **named)

    return placed
