"""The views a page is divided into: one is open, and only that one is computed, shown and printed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._shared.session import address


def pick_view(label: str, views: Mapping[str, str], key: str, usual: str | None = None) -> str:
    """A row of views (code → name), of which the reader opens one; its code is returned.

    ``usual`` is open at first, or the first one. The open view stands in the URL, so that a link opens it too, and is open again when the
    reader comes back to the page. A page has one such row.
    """
    first = usual or next(iter(views))
    asked_for = address.view_in_url(views, first)
    if asked_for or st.session_state.get(key) not in views:
        st.session_state[key] = asked_for or first
    chosen = st.segmented_control(
        label, list(views), format_func=views.__getitem__, key=key, label_visibility="collapsed", persist_state="session", required=True
    )
    view = chosen or first
    address.write_view(view, first)
    return view
