"""A workbook on its way in: read once, matched and checked again whenever an answer changes, kept for the session.

The draft lives in the session, not in widgets: a language switch, a rerun or a look at another page loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st

from pages._shared.session.store_access import scope, settings, store, who
from pages._shared.session.words import _
from storage.taking_repairs import take_repairs
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.check.value_questions import ValueQuestion
from survey_schema.workbook.inspect_workbook import Inspection, SealedWorkbook, inspect_sealed, seal_workbook
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import profile_from
from survey_schema.workbook.repair.new_choices import Widened
from survey_schema.workbook.repair.repairs import Repair
from words.errors import ManyiError
from words.language import Message

_STATE = "upload_draft"
_ROUND = "upload_round"


@dataclass(frozen=True)
class UploadDraft:
    """What is known about an uploaded file so far.

    ``problem`` says why it could not be read or matched; ``answers`` are those given on screen (column index → code, None
    for "not used"); ``wave`` the label given for a workbook that names none. ``said`` is what was said on screen about doubtful values,
    ``told`` that and what was kept from an earlier workbook of the kind. ``all_sheets`` are read as one, with their names as the column
    ``sheet_as``; ``apart`` says why that cannot be, and then one sheet is read. ``repairs``: what unknown values were said to mean here;
    ``every_row``: ``wave`` is that of every row, whatever the workbook says.
    """

    name: str
    content: bytes
    schema: SurveySchema
    sealed: SealedWorkbook | None = None
    problem: Message | None = None
    matching: Matching | None = None
    checked: CheckedWorkbook | None = None
    answers: Mapping[int, str | None] = field(default_factory=dict)
    wave: str | None = None
    sheet: str | None = None
    all_sheets: bool = False
    sheet_as: str | None = None
    apart: Message | None = None
    said: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    every_row: bool = False

    @cached_property
    def token(self) -> str:
        """Tells files apart; part of the keys of their widgets."""
        return hashlib.sha256(self.content).hexdigest()[:8]


def draft() -> UploadDraft | None:
    """The file this session is working on."""
    found: UploadDraft | None = st.session_state.get(_STATE)
    return found


def forget_draft() -> None:
    """Puts the file aside."""
    st.session_state.pop(_STATE, None)


def finish_draft() -> None:
    """Puts the file aside and empties the drop area for the next one."""
    forget_draft()
    st.session_state[_ROUND] = drop_round() + 1


def drop_round() -> int:
    """How many files were finished so far: part of the drop area's key, which is how it is emptied."""
    return int(st.session_state.get(_ROUND, 0))


def take_file(name: str, content: bytes, schema: SurveySchema) -> None:
    """Reads a file and checks it. A file that cannot be read becomes a draft with a problem."""
    fresh = UploadDraft(masked(name), content, schema)
    with st.spinner(_("Reading the workbook …")):
        try:
            fresh = replace(fresh, sealed=seal_workbook(content, name, settings().read))
        except ManyiError as error:
            fresh = replace(fresh, problem=error.message)
    _check(fresh)


def take_schema(schema: SurveySchema) -> None:
    """Checks the same file against another survey; answers about columns belong to the old one."""
    now = draft()
    if now and now.schema != schema:
        fresh = replace(now, schema=schema, answers={}, wave=None, sheet=None, all_sheets=False, sheet_as=None, said=(), told=())
        _check(replace(fresh, repairs=(), every_row=False))


def take_made(made: UploadDraft) -> None:
    """Checks a file against the survey that is being made of it; where only the tree or titles changed, nothing is checked again."""
    now = draft()
    if now is None or (now.content, now.sheet, now.all_sheets, now.sheet_as) != (made.content, made.sheet, made.all_sheets, made.sheet_as):
        _check(made)
    elif now.schema != made.schema and now.checked and _read_alike(now.schema, made.schema):
        st.session_state[_STATE] = replace(now, schema=made.schema)
    elif now.schema != made.schema:
        _check(replace(now, schema=made.schema, answers=made.answers))


def _read_alike(one: SurveySchema, other: SurveySchema) -> bool:
    """Whether a workbook is read the same by two forms of a survey."""
    beside = {name: getattr(one, name) for name in ("title", "version", "tree", "outcome", "drivers", "gap_items", "kano_pairs")}
    return other.model_copy(update=beside) == one


def answer(column: int, code: str | None) -> None:
    """Takes over what a column is, and keeps it for the next workbook of this kind."""
    now = draft()
    if now:
        answers = {index: given for index, given in now.answers.items() if code is None or given != code}
        _check(replace(now, answers=answers | {column: code}))
        _remember()


def tell(question: ValueQuestion, said: str) -> None:
    """Takes over what a doubtful value means, and keeps it for the next workbook of this kind."""
    now = draft()
    if now:
        others = {option for option, _words in question.options}
        _check(replace(now, said=(*(text for text in now.said if text not in others), said)))
        _remember()


def take_back(told: str) -> None:
    """Forgets what was said about a value, so that it is asked again."""
    now = draft()
    if now:
        fresh = replace(now, said=tuple(text for text in now.said if text != told), told=tuple(text for text in now.told if text != told))
        st.session_state[_STATE] = fresh
        _remember()
        _check(fresh)


def choose_sheet(name: str | None) -> None:
    """Takes over which sheet is meant; answers about columns belong to the other one."""
    now = draft()
    if now and (now.sheet != name or now.all_sheets):
        _check(replace(now, sheet=name, all_sheets=False, sheet_as=None, apart=None, answers={}))


def join_all_sheets(sheet_as: str | None = None) -> None:
    """Takes over that all sheets of responses are read as one, and what their names are."""
    now = draft()
    if now:
        answers = now.answers if now.all_sheets else {}
        _check(replace(now, sheet=None, all_sheets=True, sheet_as=sheet_as, apart=None, answers=answers))


def name_wave(label: str | None) -> None:
    """Takes over the wave of a workbook that names none."""
    now = draft()
    if now and now.wave != (label or None):
        _check(replace(now, wave=label or None))


def name_wave_of_all(label: str | None) -> None:
    """Takes over the wave of every row, whatever the workbook says; None: the workbook says it again."""
    now = draft()
    if now and (now.wave if now.every_row else None) != (label or None):
        _check(replace(now, wave=label or None, every_row=bool(label)))


def choose_dates(order: str | None) -> None:
    """Takes over the order of day and month, and keeps it for the next workbook of this kind; None: it is recognised again."""
    now = draft()
    if now:
        said, told = (tuple(text for text in texts if not text.startswith("dates=")) for texts in (now.said, now.told))
        fresh = replace(now, said=(*said, *([f"dates={order}"] if order else [])), told=told)
        st.session_state[_STATE] = fresh
        _remember()
        _check(fresh)
        _remember()


def take_repairs_over(repairs: Sequence[Repair]) -> Widened | None:
    """Takes over what unknown values mean, for the whole file and the next ones; gives the survey where it lists more now."""
    now = draft()
    if now is None or not repairs:
        return None
    widened = take_repairs(store(), now.schema, repairs, who())
    keys = {repair.key for repair in repairs}
    kept = (*(repair for repair in now.repairs if repair.key not in keys), *repairs)
    _check(replace(now, schema=widened.schema, repairs=kept))
    return widened


def revoke_repairs(survey: str, entries: Sequence[int]) -> None:
    """Forgets remembered repairs, here and for the next file."""
    gone = {kept.repair.key for kept in store().repairs.of(survey) if kept.entry in entries}
    store().repairs.revoke(survey, entries, who())
    now = draft()
    if now:
        _check(replace(now, repairs=tuple(repair for repair in now.repairs if repair.key not in gone)))


def all_findings(of: UploadDraft, most: int) -> Findings:
    """Every finding, up to ``most`` of a kind: for lists that are exported. The workbook is checked once more for it."""
    if of.sealed is None:
        return Findings((), {})
    check = replace(settings().check, listed_per_kind=most)
    return inspect_sealed(of.sealed, replace(_inspection(of), check=check), settings().read).checked.findings


def _inspection(of: UploadDraft) -> Inspection:
    return Inspection(
        of.schema,
        answers=of.answers,
        profiles=store().profiles.of(of.schema.name),
        wave=of.wave,
        sheet=of.sheet,
        all_sheets=of.all_sheets,
        sheet_as=of.sheet_as,
        told=of.said,
        known=store().known_context(of.schema, scope()),
        match=settings().match,
        check=settings().check,
        repairs=of.repairs,
        remembered=store().repairs.holding(of.schema.name),
        every_row=of.every_row,
    )


def _check(fresh: UploadDraft) -> None:
    st.session_state[_STATE] = fresh
    if fresh.sealed is None:
        return
    with st.spinner(_("Checking every cell …")):
        try:
            found = inspect_sealed(fresh.sealed, _inspection(fresh), settings().read)
            fresh = replace(fresh, matching=found.matching, checked=found.checked, told=found.told, problem=None)
        except ManyiError as error:
            if fresh.all_sheets:  # back to one sheet, with the reason
                _check(replace(fresh, all_sheets=fresh.sheet_as is not None, sheet_as=None, answers={}, apart=error.message))
                return
            fresh = replace(fresh, matching=None, checked=None, problem=error.message)
    st.session_state[_STATE] = fresh


def _remember() -> None:
    now = draft()
    if now and now.matching and now.matching.columns:
        store().profiles.save(profile_from(now.matching, now.told))
