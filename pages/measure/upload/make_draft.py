"""A survey in the making: a foreign workbook, what it suggests, what was changed and answered; kept in the store after every step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from pages._shared.session.store_access import settings, store, who
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _
from storage.survey_drafts import SurveyDraft
from survey_schema.loading import builtin_names, load_schema
from survey_schema.maker.draft_text import LONGEST_DRAFT, Draft, draft_from, same_columns, text_of
from survey_schema.maker.draft_workbook import WorkbookSummary, recognises, seal_and_summarise, summarise_sealed
from survey_schema.maker.edits import Edits
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.inspect_workbook import SealedWorkbook
from words.errors import ManyiError
from words.language import Message

_STATE = "make_draft"
_ROUND = "make_round"
_REFUSED = "make_refused"


@dataclass(frozen=True)
class Making:
    """What is being made. Without ``sealed`` it was found again and its file has to be dropped once more before a wave can be stored.

    ``problem`` says why the file could not be used; ``known`` is the survey that describes it already, so that nothing is asked;
    ``resumed``: what was said of such a workbook before is taken over; ``kept``: the store has it as it stands.
    """

    name: str
    content: bytes = b""
    sealed: SealedWorkbook | None = None
    sheet: str | None = None
    problem: Message | None = None
    draft: Draft | None = None
    known: str | None = None
    resumed: bool = False
    kept: bool = True

    @cached_property
    def token(self) -> str:
        """Tells workbooks apart; part of the keys of their widgets."""
        return hashlib.sha256(self.content or self.name.encode()).hexdigest()[:8]


def making() -> Making | None:
    """What this session is making."""
    found: Making | None = st.session_state.get(_STATE)
    return found


def make_round() -> int:
    """Part of the keys of editors and of the drop area: a new number draws them anew."""
    return int(st.session_state.get(_ROUND, 0))


def new_round() -> None:
    """Draws editors and the drop area anew."""
    st.session_state[_ROUND] = make_round() + 1


def put_aside() -> None:
    """Takes the workbook off the screen; its draft stays in the store."""
    st.session_state.pop(_STATE, None)
    new_round()


def take_workbook(name: str, content: bytes) -> None:
    """Reads a file in the worker and proposes a survey, or takes up what was said of such a workbook before."""
    fresh = Making(masked(name), content)
    with st.spinner(_("Reading the workbook …")):
        try:
            sealed, found = seal_and_summarise(content, name, settings().read)
        except ManyiError as error:
            st.session_state[_STATE] = replace(fresh, problem=error.message)
            return
    _begin(replace(fresh, sealed=sealed), found)


def choose_table(sheet: str | None) -> None:
    """Takes over which sheet holds the answers."""
    now = making()
    if now and sheet != now.sheet:
        _summarise(replace(now, sheet=sheet, problem=None, draft=None, known=None))


def take_up(kept: SurveyDraft) -> None:
    """Goes on with a kept draft, without its file."""
    try:
        st.session_state[_STATE] = Making(kept.title, draft=draft_from(kept.definition), resumed=True)
    except ManyiError as error:
        st.session_state[_REFUSED] = error
    new_round()


def tell(code: str, value: str | None) -> None:
    """Takes over the answer to a question; None takes it back."""
    now = making()
    if now and now.draft:
        said = {each: text for each, text in now.draft.said.items() if each != code}
        keep(replace(now.draft, said=said | ({code: value} if value else {})))


def change(edit: Callable[[Edits], Edits]) -> None:
    """Takes over a change of columns or groups; what cannot be is refused with its reason, and nothing changes."""
    now = making()
    if now and now.draft:
        keep(replace(now.draft, edits=edit(now.draft.edits)))
    new_round()


def keep(draft: Draft) -> None:
    """Keeps a step, here and in the store."""
    now = making()
    if now is None:
        return
    try:
        open_questions = len(draft.answers.open)
    except ManyiError as error:
        st.session_state[_REFUSED] = error
        return
    kept = _keep_in_store(now, draft, open_questions)
    st.session_state[_STATE] = replace(now, draft=draft, kept=kept)


def refused() -> ManyiError | None:
    """What the last step was refused for, once."""
    found: ManyiError | None = told_once(_REFUSED)[0]
    return found


def ask_all_the_same() -> None:
    """Goes through the questions of a workbook although a survey knows it."""
    now = making()
    if now:
        st.session_state[_STATE] = replace(now, known=None)


def known_schema(name: str) -> SurveySchema | None:
    """A survey by its name: of the store, or one that comes with the product."""
    if name in builtin_names():
        return store().schemas.in_use(load_schema(name))
    return store().schemas.known(name)


def saved_as(survey: str) -> None:
    """Remembers which survey the headings of the workbook belong to from now on, and takes the workbook off the screen."""
    now = making()
    if now and now.draft:
        _keep_in_store(now, now.draft, 0, survey)
    put_aside()


def _keep_in_store(now: Making, draft: Draft, open_questions: int, survey: str | None = None) -> bool:
    text = text_of(draft)
    if len(text) > LONGEST_DRAFT or not store().writable:
        return False
    try:
        store().survey_drafts.keep(SurveyDraft(draft.summary.fingerprint, who(), now.name, survey, open_questions, text))
    except ManyiError as error:
        st.session_state[_REFUSED] = error
        return False
    return True


def _summarise(fresh: Making) -> None:
    assert fresh.sealed is not None
    with st.spinner(_("Looking at every column …")):
        try:
            found: WorkbookSummary | Message = summarise_sealed(fresh.sealed, fresh.sheet, settings().read)
        except ManyiError as error:
            found = error.message
    _begin(fresh, found)


def _begin(fresh: Making, found: WorkbookSummary | Message) -> None:
    """The draft of a workbook that was read, or why there is none."""
    new_round()
    if isinstance(found, Message):
        st.session_state[_STATE] = replace(fresh, problem=found)
        return
    earlier = _earlier(found)
    draft = earlier or Draft(found, Edits(name=_free_name(found.name)))
    begun = st.session_state[_STATE] = replace(fresh, draft=draft, known=_known(found), resumed=earlier is not None)
    if begun.known is None:
        keep(draft)


def _earlier(summary: WorkbookSummary) -> Draft | None:
    """What this user said of a workbook with the same columns."""
    for kept in store().survey_drafts.of(who()):
        if kept.fingerprint == summary.fingerprint:
            try:
                draft = draft_from(kept.definition)
            except ManyiError:
                return None
            return replace(draft, summary=summary) if same_columns(draft.summary, summary) else None
    return None


def _known(summary: WorkbookSummary) -> str | None:
    """The survey that was made of such a workbook, or that knows all its headings."""
    for survey in store().survey_drafts.surveys_of(summary.fingerprint):
        if store().schemas.known(survey) is not None:
            return survey
    proposal = summary.proposal()
    for name in (*store().schemas.known_surveys(), *builtin_names()):
        schema = known_schema(name)
        if schema is not None and recognises(schema, proposal):
            return name
    return None


def _free_name(name: str) -> str:
    """A code no other survey has."""
    taken = {*store().schemas.known_surveys(), *builtin_names()}
    return next(code for place in range(1, len(taken) + 2) if (code := name if place == 1 else f"{name}_{place}") not in taken)
