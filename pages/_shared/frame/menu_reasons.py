"""Why pages are grey in the menu: asked anew at every run, and remembered, since the menu is made before the selections are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._shared.parts.lacking import lacks
from pages._shared.selection.choices import Chosen, settle
from pages._shared.session import address
from storage.records import Wave

_STATE = "menu_reasons"


def known_reasons() -> Mapping[str, str]:
    """Address → reason as of the last run; nothing at the first."""
    reasons: Mapping[str, str] = st.session_state.get(_STATE, {})
    return reasons


def reasons_now(waves: Sequence[Wave], here: Chosen | None) -> Mapping[str, str]:
    """Address → reason for what is selected now: on this page, or on the others where this one has no selections (``here`` is None)."""
    here = here or settle(waves, address.codes())[0]
    reasons = {page: lack.reason for page, lack in lacks(here).items()}
    st.session_state[_STATE] = reasons
    return reasons
