"""Why pages are grey in the menu: asked anew at every run, and remembered, since the menu is made before the selections are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._shared.parts.lacking import lacks
from pages._shared.selection.choices import settle
from pages._shared.session import address
from storage.records import Wave

_STATE = "menu_reasons"


def known_reasons() -> Mapping[str, str]:
    """Address → reason as of the last run; nothing at the first."""
    reasons: Mapping[str, str] = st.session_state.get(_STATE, {})
    return reasons


def reasons_now(waves: Sequence[Wave]) -> Mapping[str, str]:
    """Address → reason for what is selected now, which pages without selections keep for the others."""
    here, _unknown = settle(waves, address.codes())
    reasons = {page: lack.reason for page, lack in lacks(here).items()}
    st.session_state[_STATE] = reasons
    return reasons
