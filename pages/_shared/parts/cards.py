"""A card: a white panel with a heading, a line under it, and a place for its menu at the right; and cards beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._shared.session.window import is_narrow
from words.shown_text import markdown_text as plain


@contextmanager
def card(title: str, caption: str = "", *, key: str, menu: Callable[[], None] | None = None) -> Iterator[None]:
    """Everything shown inside the ``with`` stands in the card. ``menu`` draws what goes to the right of the heading."""
    with st.container(border=True, key=f"card_{key}"):
        with st.container(gap=None, key=f"card_head_{key}"):
            with st.container(horizontal=True, vertical_alignment="top"):
                with st.container(gap=None, width="stretch"):
                    st.markdown(f"### {plain(title)}", anchors=False)
                if menu:
                    menu()
            if caption:
                st.caption(plain(caption))
        yield


def side_by_side(*shares: float) -> list[DeltaGenerator]:
    """Places for cards that take these shares of the width; below each other where the room is that of a phone, menu or not."""
    if is_narrow():
        return [st.container() for _share in shares]
    return st.columns(shares, gap="small")
