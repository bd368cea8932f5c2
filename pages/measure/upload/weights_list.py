"""The weightings a wave was given, and putting one of them, or the weights as stored, in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.respondent_weights.weighting_targets import ColumnsName
from answers.weights import weights_as_stored
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import kept as kept_results
from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language, number
from storage.records import Wave
from storage.weightings import StoredWeighting
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain

AS_STORED = ""
_OUTCOME = "weighting_outcome"


def show_weightings(wave: Wave, kept: Sequence[StoredWeighting]) -> None:
    """The list, oldest first, and the choice of what is in force."""
    _show_outcome()
    with st.container(key="table_weightings"):
        st.table(_table(wave, kept), border="horizontal", hide_index=True, alt=_("Weightings of this wave"))
    if not kept:
        return
    names = {one.weighting_id: one.name for one in kept} | {AS_STORED: _("as stored")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="use_weighting"):
        key = f"use_{wave.content_id}"
        chosen = st.selectbox(
            _("Put in force"),
            list(names),
            list(names).index(wave.weighting_id or AS_STORED),
            format_func=names.__getitem__,
            key=key,
            width=320,
        )
        st.button(
            _("Put in force"), key="use_weighting_yes", disabled=chosen == (wave.weighting_id or AS_STORED), on_click=_use,
            args=(wave, names[chosen] if chosen else None), icon=":material/check:",
        )  # fmt: skip
    st.caption(
        _("Every figure on every page changes with it at once. When the wave is replaced, its weightings stay with the old version.")
    )


def say(outcome: str | ManyiError) -> None:
    """What the list says at the next run: what was done, or why not."""
    st.session_state[_OUTCOME] = outcome


def in_force_sentence(wave: Wave, name: str | None) -> str:
    """What is in force now, in words."""
    label = wave_text(wave.label, language())
    if name is None:
        return _("{wave}: the weights as stored are in force.").format(wave=label)
    return _("{wave}: weighting “{name}” is in force.").format(wave=label, name=name)


def _show_outcome() -> None:
    (outcome,) = told_once(_OUTCOME)
    if isinstance(outcome, ManyiError):
        show_problem(outcome)
    elif outcome:
        st.success(plain(outcome), icon=":material/check_circle:")


def _use(wave: Wave, name: str | None) -> None:
    try:
        store().weightings.use(wave.wave_id, name, who())
        say(in_force_sentence(wave, name))
    except ManyiError as error:
        say(error)


def _table(wave: Wave, kept: Sequence[StoredWeighting]) -> pd.DataFrame:
    """Texts, ready for a table that reads Markdown."""
    spread = weights_as_stored(store(), wave, kept_results())
    stored = {
        _("Weighting"): _("as stored"), _("In force"): "" if wave.weighting_id else "✓", _("Made at"): "—", _("Made by"): "—",
        _("Margins"): "—", _("Design effect"): number(spread.deff, 2) if spread else "—",
        _("Effective base"): number(spread.n_eff, 0) if spread else "—", _("Trimmed"): "—",
    }  # fmt: skip
    rows = [stored] + [
        {
            _("Weighting"): plain(one.name),
            _("In force"): "✓" if one.weighting_id == wave.weighting_id else "",
            _("Made at"): f"{one.made_at.astimezone():%Y-%m-%d %H:%M}",
            _("Made by"): plain(one.made_by),
            _("Margins"): plain(_margins(wave, one.recipe)),
            _("Design effect"): number(one.report["deff"], 2),
            _("Effective base"): number(one.report["n_eff"], 0),
            _("Trimmed"): number(one.report["trimmed"], 0) if one.recipe["trim"] else "—",
        }
        for one in kept
    ]
    return pd.DataFrame(rows)


def _margins(wave: Wave, recipe: Mapping[str, Any]) -> str:
    schema = schema_of(wave.schema_hash)
    return " + ".join(ColumnsName(tuple(target["columns"]), schema).text(language()) for target in recipe["targets"])
