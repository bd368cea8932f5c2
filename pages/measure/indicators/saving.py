"""Saving in *Indicators*: the draft as the next version, which waves follow it, the versions there are, and the YAML of the draft."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages._shared.parts.pick import pick
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from pages.measure.indicators.draft import (
    WorkingCopy,
    ahead,
    base_words,
    forget,
    outdated,
    start_from,
    store_own,
    take_stored,
    working_copy,
)  # fmt: skip
from storage.records import Wave
from storage.schema_versions import LONGEST_NOTE, other_questions
from survey_schema.loading import dump_yaml
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.lists import listed
from words.periods import wave_text
from words.shown_text import markdown_text as plain

_OUTCOME = "indicators_outcome"


def show_outcome() -> None:
    """What came of the last save, once."""
    (outcome,) = told_once(_OUTCOME)
    if isinstance(outcome, ManyiError):
        show_problem(outcome)
    elif outcome:
        st.success(plain(outcome), icon=":material/check_circle:")


def show_elsewhere(survey: str) -> None:
    """Asks which draft is to be kept, where two windows changed it."""
    if not ahead(survey):
        return
    st.warning(
        _("This draft was changed in another window meanwhile. Your last steps are in this window only; choose which draft is to be kept."),
        icon=":material/call_split:",
    )
    with st.container(horizontal=True, key="indicators_elsewhere"):
        st.button(_("Keep this one"), key="indicators_keep_own", type="primary", on_click=store_own, args=(survey,))
        st.button(_("Take the other one"), key="indicators_take_stored", on_click=take_stored, args=(survey,))


def show_saving(copy: WorkingCopy, schema: SurveySchema | None) -> None:
    """Note, waves that are to follow, the button; ``schema`` is None while the draft is not fit to be saved."""
    if schema is None:
        st.warning(_("The draft cannot be saved yet; what is still wrong stands above."))
    elif not copy.changed:
        st.caption(plain(_("Nothing is changed. In use: {version}.").format(version=base_words(copy))))
        if copy.judgements or copy.experts:
            st.caption(_("Judgements that were entered are kept until their weights are taken over."))
        with st.container(horizontal=True, key="indicators_download"):
            _download(schema)
        return
    if outdated(copy):
        newer = _("Since this draft began, another version was saved. Saving the draft makes it the newest; compare the two first.")
        st.warning(newer, icon=":material/history:")
    note = st.text_input(_("Why, in a few words"), key="indicators_note", max_chars=LONGEST_NOTE)
    following = _ask_waves(schema) if schema else []
    with st.container(horizontal=True, key="indicators_save_row"):
        st.button(
            _("Save as a new version"), key="indicators_save", type="primary", icon=":material/save:", disabled=schema is None,
            on_click=_save, args=(copy.survey, note, following),
        )  # fmt: skip
        if schema is not None:
            _download(schema)
        st.button(_("Discard the draft"), key="indicators_discard", icon=":material/undo:", on_click=forget, args=(copy.survey,))


def show_versions(copy: WorkingCopy) -> None:
    """The saved versions, newest first, the waves that follow each, and starting again from one."""
    saved = sorted(store().schemas.saved(copy.survey), key=lambda each: -each.version)
    waves = store().waves(copy.survey)
    if not saved:
        st.caption(_("No version was saved yet; waves follow the survey as it came."))
        return
    rows = [
        {
            _("Version"): each.version, _("At"): f"{each.saved_at.astimezone():%Y-%m-%d %H:%M}", _("By"): each.saved_by,
            _("Why"): each.note, _("Waves"): listed(_wave_names([w for w in waves if w.schema_hash == each.schema_hash]), language()),
        }
        for each in saved
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", key="indicators_versions", alt=_("Saved versions"))
    hashes = {str(each.version): each.schema_hash for each in saved}
    with st.container(horizontal=True, vertical_alignment="bottom", key="indicators_restart"):
        begin = (copy.survey, hashes[pick(_("Version"), list(hashes), "indicators_version", str)])
        st.button(_("Begin a draft from this version"), key="indicators_start", icon=":material/edit:", on_click=_start, args=begin)


def _ask_waves(schema: SurveySchema) -> list[str]:
    """The stored waves that are to follow the new version; those asked other questions are not offered, and it is said."""
    waves = store().waves(schema.name)
    fit = {wave.wave_id: wave for wave in waves if other_questions(schema_of(wave.schema_hash), schema) is None}
    if not waves:
        return []
    st.caption(_("The next upload uses the new version. Stored waves keep theirs unless you choose them here."))
    chosen = st.multiselect(
        _("Waves that are to follow the new version"), list(fit), key="indicators_waves", placeholder=_("none"),
        format_func={wave_id: wave_text(wave.label, language()) for wave_id, wave in fit.items()}.__getitem__, select_all=False,
    )  # fmt: skip
    kept = [wave for wave in waves if wave.wave_id not in fit]
    if kept:
        told = _("Asked other questions, so they keep their version: {waves}.").format(waves=listed(_wave_names(kept), language()))
        st.caption(plain(told))
    return chosen


def _download(schema: SurveySchema) -> None:
    st.download_button(
        _("Draft as YAML"), partial(dump_yaml, schema), f"{schema.name}.yaml", "application/yaml", key="indicators_yaml",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def _save(survey: str, note: str, wave_ids: list[str]) -> None:
    copy = working_copy(survey)
    try:
        waves = [wave for wave in store().waves(survey) if wave.wave_id in wave_ids]
        saved = store().schemas.save(copy.schema().model_copy(update={"version": copy.base.version}), who(), note, waves)
    except ManyiError as error:
        st.session_state[_OUTCOME] = error
        return
    forget(survey)
    told = _("Version {version} is saved. The next upload uses it; {count} stored waves follow it.")
    st.session_state[_OUTCOME] = told.format(version=saved.version, count=len(waves))
    for key in ("indicators_note", "indicators_waves"):
        st.session_state.pop(key, None)


def _start(survey: str, schema_hash: str) -> None:
    start_from(survey, schema_of(schema_hash))


def _wave_names(waves: list[Wave]) -> list[str]:
    return [wave_text(wave.label, language()) for wave in waves]
