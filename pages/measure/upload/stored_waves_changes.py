"""What can be done with stored waves: withdraw one, put a version in force again, delete a wave or a respondent for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.store_access import schema_of, store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.kinds import count_text, wave_name
from pages.measure.upload.replacing import agreed_to_fewer
from pages.measure.upload.taking_along import show_taking_along
from storage.records import Wave, WaveStatus
from survey_schema.data_kinds.all_kinds import RESPONSES
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_OUTCOME, _OFFERED = "waves_outcome", "waves_offered"


def show_changes(waves: Sequence[Wave]) -> None:
    """The outcome of the last click with the way back it offers, then what can be done next."""
    _show_outcome({wave.wave_id: wave for wave in waves})
    with st.container(horizontal=True, key="waves_changes"):
        active = [wave for wave in waves if wave.status is WaveStatus.ACTIVE]
        retired = [wave for wave in waves if wave.status is not WaveStatus.ACTIVE]
        responses = [wave for wave in active if wave.kind == RESPONSES]
        if responses:
            with st.popover(_("Take responses along"), key="take_along"):
                show_taking_along(responses)
        if active:
            with st.popover(_("Withdraw a wave"), key="withdraw"):
                _withdraw(active)
        if retired:
            with st.popover(_("Put a version in force again"), key="restore"):
                _restore(retired)
        with st.popover(_("Delete for good"), key="delete"):
            _delete(waves)


def _show_outcome(by_id: dict[str, Wave]) -> None:
    outcome, offered_id = told_once(_OUTCOME, _OFFERED)
    if outcome:
        st.info(plain(outcome))
    offered = by_id.get(offered_id or "")
    if offered is not None:
        words = _("Put version {version} in force again: {n}, {file}")
        st.button(
            plain(words.format(version=offered.version, n=count_text(offered), file=offered.source_name)), key="restore_offered",
            on_click=_do_restore, args=(offered, False), icon=":material/undo:",
        )  # fmt: skip


def _withdraw(active: Sequence[Wave]) -> None:
    wave = _pick(active, "withdraw_wave")
    if wave:
        st.markdown(_("It no longer counts in any figure. The file stays, and so does its entry in the list."))
        st.button(_("Yes, withdraw it"), key="withdraw_yes", type="primary", on_click=_do_withdraw, args=(wave,))


def _restore(retired: Sequence[Wave]) -> None:
    wave = _pick(retired, "restore_wave")
    if wave is None:
        return
    replaced = store().versions.replacement_by(wave)
    accepted = True
    if replaced is not None:
        st.markdown(plain(said(replaced.sentence)))
        accepted = not replaced.far_fewer or agreed_to_fewer(replaced.responses, replaced.instead_of, f"restore_fewer_{wave.wave_id}")
    st.button(
        _("Yes, put it in force"), key="restore_yes", type="primary", disabled=not accepted, on_click=_do_restore, args=(wave, accepted)
    )


def _delete(waves: Sequence[Wave]) -> None:
    st.markdown(_("Nothing brings back what is deleted for good but a backup."))
    kinds = {"wave": _("A wave"), "respondent": _("A respondent")}
    kind = st.segmented_control(_("What"), list(kinds), default="wave", format_func=kinds.__getitem__, key="delete_kind", required=True)
    if kind == "wave":
        wave = _pick(waves, "delete_wave")
        if wave:
            sure = _sure_words(wave)
            _last_question(sure, f"delete_sure_{wave.wave_id}", _do_delete_wave, (wave,))
    else:
        _delete_respondent(waves)


def _sure_words(wave: Wave) -> str:
    if wave.kind != RESPONSES:
        return _("Yes, delete these {n} rows").format(n=number(wave.n, 0))
    return _("Yes, delete these {n} responses with every weighting").format(n=number(wave.n, 0))


def _delete_respondent(waves: Sequence[Wave]) -> None:
    surveys = {wave.survey: schema_of(wave.schema_hash).title.text(language()) for wave in waves}
    names = distinct_names(list(surveys), surveys.__getitem__)
    survey = st.selectbox(_("Survey"), list(surveys), key="delete_survey", format_func=names.__getitem__)
    asked = st.text_input(_("The respondent's id, as in your own files"), key="delete_id", autocomplete="off").strip()
    if not asked:
        return
    try:
        found = store().respondents.find(survey, asked)
    except ManyiError as error:
        st.warning(plain(error.text(language())))
        return
    if not found:
        st.caption(_("No stored wave has responses or contacts of this respondent."))
        return
    counts = {"n": number(sum(each.responses for each in found), 0), "waves": number(len(found), 0)}
    sure = _("Yes, delete {n} responses and contacts in {waves} stored waves and versions").format(**counts)
    _last_question(sure, f"delete_sure_{survey}_{len(found)}_{hash(asked)}", _do_delete_respondent, (survey, asked))


def _last_question(words: str, key: str, done: Callable[..., None], what: tuple[object, ...]) -> None:
    sure = st.checkbox(words, key=key)
    st.button(_("Delete"), key="delete_yes", type="primary", disabled=not sure, on_click=done, args=what)


def _pick(waves: Sequence[Wave], key: str) -> Wave | None:
    by_id = {wave.wave_id: wave for wave in waves}
    names = distinct_names(list(by_id), lambda wave_id: _named(by_id[wave_id]))
    chosen = st.selectbox(
        _("Wave"), list(by_id), index=None, key=key, placeholder=_("Choose …"), format_func=lambda wave_id: names.get(wave_id, wave_id)
    )
    return by_id.get(chosen) if chosen else None


def _do_withdraw(wave: Wave) -> None:
    def done() -> str:
        store().versions.withdraw(wave.wave_id, who())
        before = store().versions.before(wave)
        if before is not None:
            st.session_state[_OFFERED] = before.wave_id
        return _("{wave} is withdrawn.").format(wave=_named(wave))

    _tell(done)


def _do_restore(wave: Wave, accept_fewer: bool) -> None:
    def done() -> str:
        store().versions.restore(wave.wave_id, who(), accept_fewer)
        return _("{wave} is in force again.").format(wave=_named(wave))

    _tell(done)


def _do_delete_wave(wave: Wave) -> None:
    def done() -> str:
        store().versions.delete([wave], who())
        return _("{wave} is deleted for good.").format(wave=_named(wave))

    _tell(done)


def _do_delete_respondent(survey: str, asked: str) -> None:
    def done() -> str:
        found = store().respondents.delete(survey, asked, who())
        return _("{n} responses and contacts are deleted for good.").format(n=number(sum(each.responses for each in found), 0))

    _tell(done)
    st.session_state.pop("delete_id", None)


def _tell(doing: Callable[[], str]) -> None:
    try:
        st.session_state[_OUTCOME] = doing()
    except ManyiError as error:
        st.session_state[_OUTCOME] = error.text(language())


def _named(wave: Wave) -> str:
    title = schema_of(wave.schema_hash).title.text(language())
    version = _("version {version}").format(version=wave.version)
    return f"{wave_name(wave)} · {version} · {count_text(wave)} · {title} · {wave.source_name}"
