"""The responses of a stored wave to take along: an SPSS file, or a workbook with code book."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared.session.store_access import responses_of, schema_of
from pages._shared.session.words import _, language
from pages.measure.upload.kinds import wave_name
from reports.office.names import file_name
from reports.responses.response_book import book_of
from reports.responses.response_table import ResponseTable, response_table
from reports.responses.sav_file import sav_of
from storage.records import Wave

_MIME = {"sav": "application/x-spss-sav", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def show_taking_along(waves: Sequence[Wave]) -> None:
    """Pick a wave, then a button a kind of file; the file is made when it is asked for, of the rows the user may see."""
    by_id = {wave.wave_id: wave for wave in waves}
    surveys = {wave.survey for wave in waves}
    names = {
        wave.wave_id: wave_name(wave) if len(surveys) == 1 else f"{wave_name(wave)} · {schema_of(wave.schema_hash).title.text(language())}"
        for wave in waves
    }
    if st.session_state.get("export_wave") not in by_id:  # replaced or withdrawn since it was picked
        st.session_state.pop("export_wave", None)
    chosen = st.selectbox(_("Wave"), list(by_id), format_func=names.__getitem__, key="export_wave")
    st.caption(_("With respondent weights and names of groups; without private columns, and with ids nobody can read."))
    _button(_("SPSS file (SAV)"), by_id[chosen], "sav", sav_of)
    _button(_("Workbook with code book (XLSX)"), by_id[chosen], "xlsx", book_of)


def _button(words: str, wave: Wave, kind: str, write: Callable[[ResponseTable], bytes]) -> None:
    def make() -> bytes:
        return write(response_table(responses_of(wave.survey, wave.schema_hash, (wave,)), wave.label, language()))

    name = file_name(f"{wave.survey}_{wave.label}")
    st.download_button(words, make, f"{name}.{kind}", _MIME[kind], key=f"export_{kind}", on_click="ignore", width="stretch")
