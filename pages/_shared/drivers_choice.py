"""Which outcome is explained by which drivers: those of the survey's schema, unless the reader picks others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages._shared.choices import Chosen
from pages._shared.pick import pick
from pages._shared.words import _, language


@dataclass(frozen=True)
class DriverChoice:
    """An outcome and its drivers, by item code; ``drivers`` is empty where the survey has no other question."""

    outcome: str
    drivers: tuple[str, ...]


def default_choice(chosen: Chosen) -> DriverChoice:
    """What the schema says; without an outcome of its own the first question, without drivers the items of the indicator tree."""
    schema = chosen.schema
    outcome = schema.outcome or schema.items[0].code
    return DriverChoice(outcome, tuple(code for code in schema.drivers or schema.tree.items() if code != outcome))


def pick_drivers(chosen: Chosen, usual: DriverChoice) -> DriverChoice:
    """The outcome and the drivers as picked on this page, folded; kept per survey."""
    codes = [item.code for item in chosen.schema.items]
    with st.popover(_("Outcome and drivers"), icon=":material/tune:", key="driver_choice"):
        outcome = pick(_("Outcome"), codes, f"driver_outcome_{chosen.survey}", lambda code: _title(chosen, code), usual.outcome)
        candidates = [code for code in codes if code != outcome]
        return DriverChoice(outcome, tuple(_several(chosen, candidates, usual.drivers)))


def _several(chosen: Chosen, candidates: Sequence[str], usual: Sequence[str]) -> list[str]:
    key = f"drivers_{chosen.survey}"
    if any(code not in candidates for code in st.session_state.get(key, ())):
        st.session_state[key] = [code for code in st.session_state[key] if code in candidates]
    start = None if key in st.session_state else [code for code in usual if code in candidates]
    return st.multiselect(
        _("Drivers"), candidates, start, format_func=lambda code: _title(chosen, code), key=key, persist_state="session",
        placeholder=_("Choose …"),
    )  # fmt: skip


def _title(chosen: Chosen, code: str) -> str:
    return chosen.schema.title_of(code, language())
