"""The part *Make a survey* of Upload: from a foreign workbook to a survey, its first wave and its first index, without YAML."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.messages import show_problem
from pages._shared.session.words import _, language, number
from pages.measure.upload.draft import UploadDraft, draft, forget_draft, take_made
from pages.measure.upload.findings import show_findings
from pages.measure.upload.make_columns import show_made_columns
from pages.measure.upload.make_draft import Making, known_schema, making, refused
from pages.measure.upload.make_file import receive_foreign, show_known
from pages.measure.upload.make_index import first_index, last_index
from pages.measure.upload.make_questions import show_questions
from pages.measure.upload.make_saving import show_saving
from pages.measure.upload.make_tree import show_index_table, show_tree
from pages.measure.upload.storing import show_stored, stored_waves
from pages.measure.upload.values import show_values
from survey_schema.columns import Role
from survey_schema.maker.column_roles import Part
from survey_schema.maker.draft_text import Draft
from survey_schema.maker.questions import NONE
from survey_schema.maker.settle import survey_of
from survey_schema.models import SurveySchema
from words.errors import ManyiError


def show_making() -> None:
    """Workbook, questions, columns, index, check and save; each card stands once the one before has what it needs."""
    headline = st.container()
    with card(_("1 · Workbook"), key="make_workbook"):
        receive_foreign()
    if (problem := refused()) is not None:
        show_problem(problem)
    now = making()
    survey: SurveySchema | ManyiError | None = None
    if now and now.draft:
        survey = _known(now) or _asked(now.draft)
    if isinstance(survey, ManyiError):
        show_problem(survey)
    checked = _checked(now, survey) if now and isinstance(survey, SurveySchema) else None
    if checked is None and now is not None:
        forget_draft()
    show_stored()
    with headline:
        show_answer(_("Which survey does this workbook suggest?"), _answer(now, survey, checked))


def _known(now: Making) -> SurveySchema | None:
    """The survey that knows the workbook, said; nothing is asked then."""
    found = known_schema(now.known) if now.known else None
    if found is not None:
        show_known(found)
    return found


def _asked(now: Draft) -> SurveySchema | ManyiError | None:
    """The cards of questions, columns and index; the survey that follows, why there is none, or None while a question is open."""
    if len(now.proposal.questions) > 1 or any(question.code != "index" for question in now.proposal.questions):
        with card(_("2 · Questions"), _("What no file can tell. Nothing is chosen beforehand."), key="make_questions"):
            show_questions(now)
    with card(_("3 · Columns"), key="make_columns"):
        show_made_columns(now)
    with card(_("4 · Index"), _("Nothing is in the index until you tick it."), key="make_tree"):
        show_tree(now)
    if now.answers.open:
        return None
    try:
        return survey_of(now.proposal, now.answers)
    except ManyiError as error:
        return error


def _checked(now: Making, survey: SurveySchema) -> UploadDraft | None:
    """The workbook checked against the survey, with what was found and the button to store it; None without its file."""
    assert now.draft is not None
    with card(_("5 · Check and save"), key="make_saving"):
        if now.sealed is None:
            st.info(_("Drop the workbook once more to check and store it; what was said is kept."), icon=":material/upload_file:")
            return None
        table = now.draft.summary.table
        names = now.draft.answers.one("sheets_are", _names_are(survey, now.draft) if now.known else NONE)
        several = len(table.sheets) > 1
        take_made(UploadDraft(
            now.name, now.content, survey, now.sealed, sheet=None if several else table.sheets[0], all_sheets=several,
            sheet_as=names if several and names != NONE else None, answers=_not_used(now.draft),
        ))  # fmt: skip
        upload = draft()
        if upload is None or upload.checked is None:
            if upload and (problem := upload.problem or upload.apart):
                show_problem(ManyiError(problem))
            return upload
        if upload.checked.questions or upload.told:
            show_values(upload, upload.checked)
        index = first_index(upload, upload.checked)
        if index is not None:
            show_index_table(index)
        with st.expander(_("Findings") + f" · {number(sum(upload.checked.findings.totals.values()), 0)}", key="make_findings"):
            show_findings(upload, upload.checked)
        show_saving(now, upload, upload.checked)
    return upload


def _names_are(survey: SurveySchema, now: Draft) -> str:
    """What the names of sheets are in a survey that knows them: the branch or wave that has no column of its own."""
    headings = {text for column in now.proposal.columns for text in (column.header, column.label)}
    for role in (Role.BRANCH, Role.WAVE):
        column = survey.column_for(role)
        if column is not None and not headings & {*column.aliases, column.title.zh_CN, column.title.en}:
            return str(role)
    return NONE


def _not_used(now: Draft) -> dict[int, str | None]:
    """Columns the survey leaves out on purpose, so that the check does not count them as lost."""
    read = {index for block in now.proposal.blocks for index in block.columns}
    return {
        column.index: None for column in now.proposal.columns
        if column.part in (Part.PLATFORM, Part.EMPTY) or (column.part in (Part.JOINED, Part.RANK) and column.index not in read)
    }  # fmt: skip


def _answer(now: Making | None, survey: SurveySchema | ManyiError | None, upload: UploadDraft | None) -> list[Words]:
    last = last_index() if now is None and stored_waves() else None
    if last is not None:
        return [*(Words(part.text, part.tone) for part in last.sentence(language())), Words(" " + _("It is stored."), "better")]
    if now is None:
        return [
            Words(_("Drop a workbook of any survey tool below; what its columns are is worked out, and what cannot be known is asked."))
        ]
    if now.draft is None:
        several = now.sealed is not None and len(now.sealed.sheet_names) > 1
        why = _("Not yet: say which sheet holds the answers.") if several else _("None yet.")
        return [Words(why if now.sealed else _("This file cannot be read."), "worse")]
    if isinstance(survey, ManyiError):
        return [Words(_("None yet."), "worse"), Words(" " + survey.text(language()))]
    if survey is None:
        count = len(now.draft.answers.open)
        return [
            Words(_("Questions are open: {questions}").format(questions=number(count, 0)), "caution"),
            Words(_(", so there is no index yet.")),
        ]
    if upload is None or upload.checked is None:
        return [Words(_("One of {items} questions; it is not checked yet.").format(items=number(len(survey.items), 0)))]
    index = first_index(upload, upload.checked)
    if index is None:
        return [Words(_("Not yet: something must be corrected first"), "worse")]
    sentence = [Words(part.text, part.tone) for part in index.sentence(language())]
    return [*sentence, Words(" " + _("Nothing is stored yet."), "caution")]
