"""A process as it is at its start: what an earlier test opened or computed is forgotten."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.store_access import pool, settings, store


def forget_the_store() -> None:
    """The settings are read and the store is opened again; results kept by content stay, since they hold for any store."""
    for opened in (settings, store, pool):
        opened.clear()


def forget_everything() -> None:
    """Nothing is kept: for tests that change what a result follows from without changing the store."""
    st.cache_resource.clear()
    st.cache_data.clear()
