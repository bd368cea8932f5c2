"""What an SPSS file declares beside its answers: values that are missing, and columns that are one question with several answers."""

from __future__ import annotations

from survey_schema.workbook.check.check_draft import CheckDraft
from words.language import message
from words.lists import Listed

_SHOWN_COLUMNS = 6


def note_declarations(draft: CheckDraft) -> None:
    """Log the values declared missing in the columns in use, and point out each declared multiple-response set."""
    sheet = draft.rows.sheet
    if sheet.declared_missing:
        used = [sheet.declared_missing[match.index] for match in draft.matching.targets.values()]
        draft.log("declared_missing", message("Values the file declares to be missing set to missing"), sum(used))
    for declared in sheet.answer_sets:
        draft.findings.add(
            "answer_set",
            message(
                "The file declares {count} columns as one question with several answers, “{label}”: {columns}.",
                count=len(declared.columns), label=declared.label, columns=Listed(list(declared.columns), _SHOWN_COLUMNS),
            ),
            message("Nothing to do; a survey that asks this question takes the columns as its options."),
            sheet=sheet.name,
            cell=declared.columns[0],
            column=declared.label,
        )  # fmt: skip
