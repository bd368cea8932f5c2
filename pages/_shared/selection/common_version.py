"""Waves of different versions of a survey beside each other: said, because a wave's own page follows its own version."""

from __future__ import annotations

import streamlit as st

from charts.kit.words import listed
from pages._shared.numbers.wave_numbers import waves_so_far
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import schema_of
from pages._shared.session.words import _, language
from storage.selection_filters import asked_otherwise
from words.periods import wave_text
from words.shown_text import markdown_text as plain


def say_common_version(chosen: Chosen) -> None:
    """A line under the answer where earlier waves were stored under another version than the chosen one; nothing else."""
    if all(wave.schema_hash == chosen.schema_hash for wave in waves_so_far(chosen)):
        return
    told = _(
        "Earlier waves are computed here by the survey's version of {wave} ({version}), so that they can be compared; on a page of their "
        "own they follow the version they were stored with."
    )
    st.caption(plain(told.format(wave=wave_text(chosen.wave.label, language()), version=chosen.schema.version)))
    changed = asked_otherwise({wave.label: schema_of(wave.schema_hash) for wave in waves_so_far(chosen)}, chosen.schema)
    if changed:
        waves = dict.fromkeys(wave.label for wave in waves_so_far(chosen) if any(wave.label in labels for labels in changed.values()))
        told = _("{items} had another scale in {waves}; there they are other questions and are left out.")
        named = listed([chosen.schema.title_of(code, language()) for code in changed], language())
        st.caption(plain(told.format(items=named, waves=listed([wave_text(wave, language()) for wave in waves], language()))))
