"""The answer sentence of Upload: what the file is good for, losses first."""

from __future__ import annotations

from pages._shared.parts.show_answer import Words
from pages._shared.session.words import _, number, said
from pages.measure.upload.draft import UploadDraft
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import Fitness, Verdict, verdict_of


def answer_parts(draft: UploadDraft | None) -> list[Words]:
    """The sentence in parts. Only a file that loses nothing is a plain yes."""
    if draft is None:
        return [Words(_("Drop a workbook below; it is checked cell by cell before anything is stored."))]
    checked = draft.checked
    if draft.problem or checked is None:
        return [Words(_("This file cannot be read."), "worse")]
    verdict = verdict_of(checked)
    if verdict.value_questions:
        questions = number(verdict.value_questions, 0)
        return [Words(_("Questions are open: {questions}").format(questions=questions), "caution"), _counted(checked)]
    if verdict.fitness is Fitness.BLOCKED or not (verdict.used or verdict.kind_rows):
        return [Words(_("Not yet: something must be corrected first"), "worse"), _counted(checked)]
    used, responses = number(verdict.used, 0), number(verdict.responses, 0)
    if not verdict.responses:
        return [*_kinds_only(verdict), _counted(checked)]
    if verdict.fitness is Fitness.WHOLE:
        return [Words(_("Yes: all {used} responses can be used").format(used=used), "better"), _counted(checked)]
    if verdict.fitness is Fitness.ASKED and not (verdict.rows_lost or verdict.kind_rows_lost):
        questions = number(verdict.question_count, 0)
        return [Words(_("Questions are open: {questions}").format(questions=questions), "caution"), _counted(checked)]
    good = _("; {used} of {responses} responses can be used").format(used=used, responses=responses)
    return [Words(_lost(verdict), "caution"), Words(good), _counted(checked)]


def _kinds_only(verdict: Verdict) -> list[Words]:
    """A workbook without responses."""
    if verdict.kind_rows_lost:
        return [Words(_lost(verdict), "caution")]
    rows = number(verdict.kind_rows, 0)
    if verdict.fitness is Fitness.ASKED:
        return [Words(_("Questions are open: {questions}").format(questions=number(verdict.question_count, 0)), "caution")]
    return [Words(_("Yes: all {rows} rows can be used").format(rows=rows), "better")]


def _lost(verdict: Verdict) -> str:
    losses = verdict.losses()
    return said(losses).rstrip("。.") if losses else _("Something is to be corrected")


def _counted(checked: CheckedWorkbook) -> Words:
    errors, warnings = (number(checked.findings.count(severity), 0) for severity in (Severity.ERROR, Severity.WARNING))
    return Words(_(" (errors: {errors}, warnings: {warnings}).").format(errors=errors, warnings=warnings))
