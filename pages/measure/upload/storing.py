"""Step five of Upload: what will be stored, under which wave, and storing it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages._shared.frame.menu import overview_page
from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import store, who
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.draft import UploadDraft, finish_draft, name_wave
from pages.measure.upload.kinds import kind_name, wave_name
from pages.measure.upload.preview import show_responses
from pages.measure.upload.replacing import Consent, ask_to_replace
from storage.records import Wave
from survey_schema.data_kinds.all_kinds import RESPONSES
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.verdict import verdict_of
from words.errors import ManyiError
from words.lists import listed
from words.periods import Period, wave_text
from words.shown_text import markdown_text as plain

_QUESTIONS_SHOWN = 5
_STORED = "upload_stored"
#: Findings after which a wave named by hand is the way on.
_WAVE_UNCLEAR = ("missing_wave", "impossible_date", "unclear_dates")


Save = Callable[[UploadDraft, CheckedWorkbook, Consent], None]


def show_storing(draft: UploadDraft, checked: CheckedWorkbook, save: Save | None = None) -> None:
    """Wave, preview, and the button; a wave that is there already must be replaced knowingly. ``save`` is what the button does else."""
    responses = checked.responses
    if not checked.storable:
        if (draft.wave and not draft.every_row) or any(code in checked.findings.totals for code in _WAVE_UNCLEAR):
            _ask_wave(draft, "")
        if verdict_of(checked).value_questions:
            st.warning(_("Nothing can be stored yet. Please say above how the values in doubt are meant."))
        else:
            st.warning(_("Nothing can be stored yet. Please correct what stands as an error above and upload the file again."))
        return
    labels: list[str] = []
    if responses is not None:
        show_responses(responses, draft.schema)
        labels = list(dict.fromkeys(responses["wave"].to_pylist()))
        if (draft.wave and not draft.every_row) or "assumed_wave" in checked.findings.totals or "missing_wave" in checked.findings.totals:
            _ask_wave(draft, labels[0])
    replacing = ask_to_replace(draft, checked)
    accepted = _ask_consent(draft, checked)
    words = _button_words(checked, labels)
    stopped = not replacing.given or not accepted
    st.button(
        words, type="primary", key="store", disabled=stopped, on_click=save or _store, args=(draft, checked, replacing),
        icon=":material/save:",
        wrap=True,
    )  # fmt: skip


def _button_words(checked: CheckedWorkbook, labels: list[str]) -> str:
    rows = number(sum(kind.used for kind in checked.kinds), 0)
    kinds = listed([kind_name(kind.kind) for kind in checked.kinds], language())
    if checked.responses is None:
        return _("Store {rows} rows: {kinds}").format(rows=rows, kinds=kinds)
    words = _("Store {n} responses as {waves}").format(n=number(checked.responses.num_rows, 0), waves=_waves_text(labels))
    return words if not checked.kinds else _("{responses}, and {rows} rows: {kinds}").format(responses=words, rows=rows, kinds=kinds)


def _ask_consent(draft: UploadDraft, checked: CheckedWorkbook) -> bool:
    """Whether what would be lost or is open is accepted; what needs no consent is."""
    verdict = verdict_of(checked)
    losses = verdict.losses()
    if losses is not None:
        st.warning(plain(said(losses)), icon=":material/rule:")
    if not verdict.needs_consent:
        return True
    for finding in verdict.questions[:_QUESTIONS_SHOWN]:
        st.warning(plain(finding.text(language())), icon=":material/help:")
    return st.checkbox(_("Store it as it stands all the same"), key=f"accept_losses_{draft.token}")


def show_stored() -> None:
    """The outcome of the last click on the button, until the next one."""
    outcome = st.session_state.get(_STORED)
    if isinstance(outcome, ManyiError):
        show_problem(outcome)
    elif outcome:
        waves: tuple[Wave, ...] = tuple(wave for wave in outcome if wave.kind == RESPONSES)
        n = number(sum(wave.n for wave in waves), 0)
        with st.container(border=True, key="stored"):
            _say_deliveries([wave for wave in outcome if wave.kind != RESPONSES])
            if not waves:
                return
            st.success(
                _("{n} responses are stored as {waves}.").format(n=n, waves=_waves_text([wave.label for wave in waves])),
                icon=":material/check_circle:",
            )
            where = {"survey": waves[-1].survey, "wave": waves[-1].label}
            st.page_link(overview_page(), label=_("Show the results"), icon=":material/arrow_forward:", query_params=where)


def stored_waves() -> tuple[Wave, ...]:
    """What the last click on the button stored; nothing once a new file is there."""
    outcome = st.session_state.get(_STORED)
    return tuple(outcome) if outcome and not isinstance(outcome, ManyiError) else ()


def _say_deliveries(deliveries: list[Wave]) -> None:
    if deliveries:
        names = listed([plain(wave_name(wave)) for wave in deliveries], language(), most=4)
        rows = number(sum(wave.n for wave in deliveries), 0)
        st.success(_("{rows} rows are stored: {kinds}.").format(rows=rows, kinds=names), icon=":material/check_circle:")


def forget_stored() -> None:
    """Clears the outcome once a new file is there."""
    st.session_state.pop(_STORED, None)


def _store(draft: UploadDraft, checked: CheckedWorkbook, replacing: Consent) -> None:
    store_checked(draft, checked, replacing, lambda: draft.schema)


def store_checked(draft: UploadDraft, checked: CheckedWorkbook, replacing: Consent, schema: Callable[[], SurveySchema]) -> bool:
    """Stores the workbook under a survey, which may be saved first; says how it went. Whether it is stored."""
    try:
        st.session_state[_STORED] = store().commit(checked, schema(), who(), replacing.replace, replacing.accept_fewer)
    except ManyiError as error:
        st.session_state[_STORED] = error
        return False
    finish_draft()
    return True


def _ask_wave(draft: UploadDraft, assumed: str) -> None:
    """Nothing in the workbook names the wave: the assumed one can be put right."""
    key = f"wave_label_{draft.token}"
    label = st.text_input(
        _("Wave (the workbook names none)"), value=draft.wave or assumed, key=key, max_chars=40, width=320,
        help=_("The period the answers stand for, such as {example}.").format(example="2026Q2, 2026H1, 2026-06"),
        on_change=lambda: name_wave(st.session_state[key]),
    )  # fmt: skip
    if label and not Period.parse(label):
        st.caption(_("“{label}” names no period, so this wave will have no predecessor in Trends.").format(label=plain(label)))


def _waves_text(labels: list[str]) -> str:
    shown = [plain(wave_text(label, language())) for label in sorted(labels)]
    return listed(shown, language(), most=4)
