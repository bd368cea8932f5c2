"""Waves of different versions of a survey beside each other: said, because a wave's own page follows its own version."""

from __future__ import annotations

import streamlit as st

from pages._shared.choices import Chosen
from pages._shared.messages import plain
from pages._shared.wave_numbers import waves_so_far
from pages._shared.words import _, language
from survey_schema.periods import wave_text


def say_common_version(chosen: Chosen) -> None:
    """A line under the answer where earlier waves were stored under another version than the chosen one; nothing else."""
    if all(wave.schema_hash == chosen.schema_hash for wave in waves_so_far(chosen)):
        return
    told = _(
        "Earlier waves are computed here by the survey's version of {wave} ({version}), so that they can be compared; on a page of their "
        "own they follow the version they were stored with."
    )
    st.caption(plain(told.format(wave=wave_text(chosen.wave.label, language()), version=chosen.schema.version)))
