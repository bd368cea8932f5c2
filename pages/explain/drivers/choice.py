"""Which outcome is explained by which drivers: those of the survey's schema, unless the reader picks others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages._shared.selection.choices import Chosen
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language


@dataclass(frozen=True)
class DriverChoice:
    """An outcome (None while there is none) and its drivers, by item code."""

    outcome: str | None
    drivers: tuple[str, ...]


def default_choice(chosen: Chosen) -> DriverChoice:
    """What the schema says; without drivers of its own the items of the indicator tree."""
    schema = chosen.schema
    return DriverChoice(schema.outcome, tuple(code for code in schema.drivers or schema.tree.items() if code != schema.outcome))


def pick_drivers(chosen: Chosen, usual: DriverChoice) -> DriverChoice:
    """The outcome and the drivers as picked on this page; kept per survey."""
    names = distinct_names([item.code for item in chosen.schema.items], lambda code: chosen.schema.title_of(code, language()))
    outcome = _outcome(chosen.survey, names, usual.outcome)
    candidates = {code: name for code, name in names.items() if code != outcome}
    return DriverChoice(outcome, tuple(_several(chosen.survey, candidates, usual.drivers)))


def _outcome(survey: str, names: Mapping[str, str], usual: str | None) -> str | None:
    key, codes = f"driver_outcome_{survey}", list(names)
    if st.session_state.get(key, usual) not in codes:
        st.session_state.pop(key, None)
    return st.selectbox(
        _("Outcome"), codes, codes.index(usual) if usual in codes else None, format_func=names.__getitem__, key=key,
        persist_state="session", placeholder=_("Choose …"), filter_mode=None,
    )  # fmt: skip


def _several(survey: str, names: Mapping[str, str], usual: Sequence[str]) -> list[str]:
    key = f"drivers_{survey}"
    if any(code not in names for code in st.session_state.get(key, ())):
        st.session_state[key] = [code for code in st.session_state[key] if code in names]
    start = None if key in st.session_state else [code for code in usual if code in names]
    return st.multiselect(
        _("Drivers"), list(names), start, format_func=names.__getitem__, key=key, persist_state="session", placeholder=_("Choose …"),
        select_all=False,
    )  # fmt: skip
