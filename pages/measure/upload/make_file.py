"""Step one of making a survey: the workbook, which of its sheets, and drafts to go on with."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.store_access import store, who
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.file import KINDS
from pages.measure.upload.make_draft import ask_all_the_same, choose_table, make_round, making, put_aside, take_up, take_workbook
from pages.measure.upload.storing import forget_stored
from storage.survey_drafts import SurveyDraft
from survey_schema.models import SurveySchema
from words.lists import listed
from words.shown_text import markdown_text as plain

_DRAFTS_SHOWN = 8


def receive_foreign() -> None:
    """The drop area, what was read of it, and the drafts of this user while nothing is being worked on."""
    key = f"foreign_file_{make_round()}"
    now = making()
    if now is None or now.sealed is None:
        with st.container(key="drop_area"):
            st.file_uploader(
                _("Workbook to make a survey from"), KINDS, key=key, on_change=_take, args=(key,), label_visibility="collapsed",
            )  # fmt: skip
        st.caption(
            _("An export of 问卷星, Qualtrics, SurveyMonkey, LimeSurvey, Google or Microsoft Forms, or a sheet of an agency, as it came.")
        )
    if now is None:
        _show_drafts()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="make_name"):
        size = f" · {number(len(now.content) / 1024, 0)} kB" if now.content else ""
        st.markdown(f"**{plain(now.name)}**{size}")
        st.button(_("Put aside"), key="make_put_aside", type="tertiary", on_click=put_aside, icon=":material/close:")
    if now.problem:
        st.error(plain(said(now.problem)), icon=":material/error:")
    _choose_sheet()
    if now.draft is None:
        return
    table = now.draft.summary.table
    st.caption(plain(
        _("{sheets}: {count} answers below row {row}. Left out: {left}.").format(
            sheets=listed(table.sheets, language(), most=6), count=number(table.respondents, 0), row=table.header_rows[-1],
            left=number(table.left_out, 0),
        )
    ))  # fmt: skip
    for remark in now.draft.proposal.remarks:
        st.caption(plain(said(remark)))
    if now.resumed and not now.known:
        st.caption(_("What you said of this workbook before is taken over."))
    if not now.kept:
        st.caption(_("This draft is too large, or the store cannot be written to, so it is kept in this window only."))


def show_known(survey: SurveySchema) -> None:
    """Says that nothing is asked, and offers to go through the questions all the same."""
    told = _("The survey “{title}” knows all headings of this workbook, so nothing is asked.")
    st.success(plain(told.format(title=survey.title.text(language()))), icon=":material/fact_check:")
    st.button(_("Go through the questions all the same"), key="make_ask_again", type="tertiary", on_click=ask_all_the_same)


def _choose_sheet() -> None:
    now = making()
    names = now.sealed.sheet_names if now and now.sealed else ()
    if now is None or len(names) < 2:
        return
    read = now.sheet or (now.draft.summary.table.sheets[0] if now.draft and len(now.draft.summary.table.sheets) == 1 else None)
    key = f"make_sheet_{make_round()}"
    st.selectbox(
        _("Sheet with the answers"), names, index=names.index(read) if read in names else None, key=key, width=420,
        placeholder=_("Sheets headed alike, read as one") if now.draft else _("Choose …"),
        on_change=chosen(key, names, choose_table),
    )  # fmt: skip


def _show_drafts() -> None:
    drafts = store().survey_drafts.of(who())[:_DRAFTS_SHOWN]
    if not drafts:
        return
    st.markdown("**" + _("Your drafts") + "**")
    for kept in drafts:
        with st.container(horizontal=True, vertical_alignment="center", key=f"kept_{kept.fingerprint[:8]}"):
            st.markdown(f"**{plain(kept.title)}** · {plain(_state(kept))}", width="stretch")
            st.button(
                _("Go on"), key=f"go_on_{kept.fingerprint[:8]}", on_click=take_up, args=(kept,), icon=":material/edit:", type="tertiary"
            )
            st.button(
                _("Delete"), key=f"drop_{kept.fingerprint[:8]}", on_click=_forget, args=(kept,), icon=":material/delete:", type="tertiary"
            )


def _state(kept: SurveyDraft) -> str:
    when = f"{kept.saved_at.astimezone():%Y-%m-%d %H:%M}" if kept.saved_at else ""
    if kept.survey:
        return _("saved as survey {survey}, {when}").format(survey=kept.survey, when=when)
    if kept.open_questions:
        return _("questions open: {count}, no index yet; {when}").format(count=number(kept.open_questions, 0), when=when)
    return _("every question answered, not stored yet; {when}").format(when=when)


def _forget(kept: SurveyDraft) -> None:
    store().survey_drafts.forget(kept.fingerprint, kept.by)


def _take(key: str) -> None:
    forget_stored()
    uploaded = st.session_state.get(key)
    if uploaded is not None:
        take_workbook(uploaded.name, uploaded.getvalue())
