"""The waves in the store: versions, bases, files, by whom and when; withdrawing one; the audit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.store_access import schema_of, store, who
from pages._shared.words import _, language
from storage.records import Wave, WaveStatus
from survey_schema.errors import ManyiError
from survey_schema.periods import wave_text
from survey_schema.shown_text import markdown_text as plain

_OUTCOME = "withdraw_outcome"


def show_waves() -> None:
    """Everything that was ever stored, newest first."""
    waves = sorted(store().waves(status=None), key=lambda wave: wave.committed_at, reverse=True)
    if not waves:
        st.caption(_("No wave is stored yet."))
        return
    st.dataframe(_waves_table(waves), hide_index=True, key="waves_table", alt=_("Waves in the store"))
    _withdraw([wave for wave in waves if wave.status is WaveStatus.ACTIVE])
    with st.expander(_("Who did what, when"), key="audit"):
        st.dataframe(_audit_table(), hide_index=True, key="audit_table", alt=_("Who did what, when"))


def _waves_table(waves: list[Wave]) -> pd.DataFrame:
    status = {WaveStatus.ACTIVE: _("in force"), WaveStatus.REPLACED: _("replaced"), WaveStatus.WITHDRAWN: _("withdrawn")}
    rows = [
        {
            _("Wave"): wave_text(wave.label, language()),
            _("Survey"): schema_of(wave.schema_hash).title.text(language()),
            _("Version"): wave.version,
            _("Status"): status[wave.status],
            _("Responses"): wave.n,
            _("File"): wave.source_name,
            _("By"): wave.committed_by,
            _("At"): f"{wave.committed_at.astimezone():%Y-%m-%d %H:%M}",
            _("Population"): _("yes") if wave.has_population else _("no"),
            _("Respondent weights"): wave.weighting or _("as stored"),
        }
        for wave in waves
    ]
    return pd.DataFrame(rows)


def _audit_table() -> pd.DataFrame:
    words = {
        "commit": _("stored"), "replace": _("replaced"), "withdraw": _("withdrawn"), "weighting": _("weighting made"),
        "use weighting": _("weighting put in force"), "weights as stored": _("weights as stored put in force"),
        "schema": _("follows another version of the survey"),
    }  # fmt: skip
    rows = [
        {
            _("At"): f"{entry.at.astimezone():%Y-%m-%d %H:%M}", _("By"): entry.by, _("What"): words.get(entry.action, entry.action),
            _("Survey"): entry.survey, _("Wave"): wave_text(entry.label or "", language()), _("File"): entry.source_name,
            _("Detail"): entry.detail,
        }
        for entry in reversed(store().audit())
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _withdraw(active: list[Wave]) -> None:
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome:
        st.info(plain(outcome))
    if not active:
        return
    by_id = {wave.wave_id: wave for wave in active}
    with st.popover(_("Withdraw a wave"), key="withdraw"):
        names = {wave_id: _named(wave) for wave_id, wave in by_id.items()}
        wave_id = st.selectbox(
            _("Wave"), list(names), index=None, key="withdraw_wave", placeholder=_("Choose …"), format_func=names.__getitem__
        )
        if wave_id:
            st.markdown(_("It no longer counts in any figure. The file stays, and so does its entry in the list."))
            st.button(_("Yes, withdraw it"), key="withdraw_yes", type="primary", on_click=_do_withdraw, args=(by_id[wave_id],))


def _do_withdraw(wave: Wave) -> None:
    try:
        store().withdraw(wave.wave_id, who())
        st.session_state[_OUTCOME] = _("{wave} is withdrawn.").format(wave=_named(wave))
    except ManyiError as error:
        st.session_state[_OUTCOME] = error.text(language())


def _named(wave: Wave) -> str:
    return f"{wave_text(wave.label, language())} · {schema_of(wave.schema_hash).title.text(language())} · {wave.source_name}"
