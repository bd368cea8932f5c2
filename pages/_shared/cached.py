"""The one place that caches what is computed. Keys are wave ids (hashes of content) and the user's row scope, never frames.

The caches are shared by all users, hence the scope in every key. What is kept is frozen, so it is handed out without
a copy; each cache is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._shared.store_access import store
from storage.records import Selection


@st.cache_resource(max_entries=256, show_spinner=False)
def values_in(survey: str, label: str, wave_id: str) -> Mapping[str, tuple[str, ...]]:
    """The values each dimension has in one wave; ``wave_id`` makes the key follow the content."""
    return store().dimension_values(Selection(survey, (label,)))
