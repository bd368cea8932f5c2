"""What a click left to be said: ended by the next click, not by another width of the window, and never mixed with an older one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.session import told_once


def _page() -> None:
    import streamlit as st

    from pages._shared.session.told_once import told_once

    st.session_state["seen"] = told_once("outcome", "way_back")


def test_a_new_width_keeps_what_was_told_and_the_next_click_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_function(_page)

    clock = [100.0]
    monkeypatch.setattr(told_once, "monotonic", lambda: clock[0])

    def seen(redrawn: bool, after: float = 3.0, **left: str) -> tuple[str | None, ...]:
        monkeypatch.setattr(told_once, "is_redrawn", lambda: redrawn)
        for key, value in left.items():
            app.session_state[key] = value
        clock[0] += after
        app.run()
        assert not app.exception
        found: tuple[str | None, ...] = app.session_state["seen"]
        return found

    assert seen(False) == (None, None)
    assert seen(False, outcome="added", way_back="remove") == ("added", "remove")
    assert seen(True) == seen(True) == ("added", "remove")
    assert seen(True, outcome="refused") == ("refused", None)
    assert seen(False, after=0.5) == ("refused", None)
    assert seen(False) == (None, None)
    assert seen(True) == (None, None)
