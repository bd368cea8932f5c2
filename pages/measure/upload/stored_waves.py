"""The waves in the store: versions, bases, files, by whom and when; what can be done with them; the audit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.session.store_access import schema_of, store
from pages._shared.session.words import _, language
from pages.measure.upload.kinds import wave_name
from pages.measure.upload.stored_waves_changes import show_changes
from storage.records import Wave, WaveStatus
from survey_schema.data_kinds.all_kinds import KINDS, RESPONSES, kind_of
from words.periods import wave_text


def show_waves() -> None:
    """Everything that was ever stored, newest first."""
    every = (*store().waves(status=None), *store().deliveries(status=None))
    waves = sorted(every, key=lambda wave: wave.committed_at, reverse=True)
    if not waves:
        st.caption(_("No wave is stored yet."))
        return
    for kinds in (True, False):
        some = [wave for wave in waves if (wave.kind == RESPONSES) is kinds]
        if some:
            name = _("Waves in the store") if kinds else _("Data beside responses in the store")
            st.dataframe(_waves_table(some), hide_index=True, placeholder="", key="waves_table" if kinds else "deliveries_table", alt=name)
    show_changes(waves)
    with st.expander(_("Who did what, when"), key="audit"):
        st.dataframe(_audit_table(), hide_index=True, placeholder="", key="audit_table", alt=_("Who did what, when"))


def _waves_table(waves: list[Wave]) -> pd.DataFrame:
    status = {WaveStatus.ACTIVE: _("in force"), WaveStatus.REPLACED: _("replaced"), WaveStatus.WITHDRAWN: _("withdrawn")}
    rows = [
        {
            _("Wave"): wave_name(wave),
            _("Survey"): schema_of(wave.schema_hash).title.text(language()),
            _("Version"): wave.version,
            _("Status"): status[wave.status],
            (_("Responses") if wave.kind == RESPONSES else _("Rows")): wave.n,
            _("File"): wave.source_name,
            _("By"): wave.committed_by,
            _("At"): f"{wave.committed_at.astimezone():%Y-%m-%d %H:%M}",
            **(_of_responses(wave) if wave.kind == RESPONSES else {}),
        }
        for wave in waves
    ]
    return pd.DataFrame(rows)


def _said(detail: str) -> str:
    """What was written down, with the kind of data by its name."""
    code, point, rest = detail.partition(" · ")
    return f"{kind_of(code).title.text(language())}{point}{rest}" if code in {kind.code for kind in KINDS} else detail


def _of_responses(wave: Wave) -> dict[str, str]:
    return {
        _("Population"): _("yes") if wave.has_population else _("no"),
        _("Respondent weights"): wave.weighting or _("as stored"),
    }


def _audit_table() -> pd.DataFrame:
    words = {
        "commit": _("stored"), "replace": _("replaced"), "withdraw": _("withdrawn"), "weighting": _("weighting made"),
        "use weighting": _("weighting put in force"), "weights as stored": _("weights as stored put in force"),
        "schema": _("follows another version of the survey"), "restore": _("put in force again"),
        "delete wave": _("wave deleted for good"), "delete respondent": _("respondent deleted for good"),
        "rebuild": _("catalogue made again"), "delete report": _("report deleted for good"),
    }  # fmt: skip
    rows = [
        {
            _("At"): f"{entry.at.astimezone():%Y-%m-%d %H:%M}", _("By"): entry.by, _("What"): words.get(entry.action, entry.action),
            _("Survey"): entry.survey, _("Wave"): wave_text(entry.label or "", language()), _("File"): entry.source_name,
            _("Detail"): _said(entry.detail),
        }
        for entry in reversed(store().audit())
    ]  # fmt: skip
    return pd.DataFrame(rows)
