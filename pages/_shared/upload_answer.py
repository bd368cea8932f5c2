"""The answer sentence of Upload: what the file is good for."""

from __future__ import annotations

from pages._shared.show_answer import Words
from pages._shared.upload_draft import UploadDraft
from pages._shared.words import _, number
from survey_schema.findings import Severity


def answer_parts(draft: UploadDraft | None) -> list[Words]:
    """The sentence in parts."""
    if draft is None:
        return [Words(_("Drop a workbook below; it is checked cell by cell before anything is stored."))]
    checked = draft.checked
    if draft.problem or checked is None:
        return [Words(_("This file cannot be read."), "worse")]
    errors, warnings = checked.findings.count(Severity.ERROR), checked.findings.count(Severity.WARNING)
    used = checked.responses.num_rows if checked.responses is not None else 0
    if not checked.findings.usable or not used:
        return [Words(_("Not yet: something must be corrected first"), "worse"), _counted(errors, warnings)]
    good = _("Yes: {used} of {rows} rows can be used").format(used=number(used, 0), rows=number(checked.rows_read, 0))
    return [Words(good, "better"), _counted(errors, warnings)]


def _counted(errors: int, warnings: int) -> Words:
    return Words(_(" (errors: {errors}, warnings: {warnings}).").format(errors=number(errors, 0), warnings=number(warnings, 0)))
