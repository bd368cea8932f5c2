"""What a file says beside its answers: values declared missing, columns that are one question, operators that stand side by side."""

from __future__ import annotations

from survey_schema.columns import Role
from survey_schema.repeats import Repeat
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.match.header_text import header_variants, normalised
from words.language import message
from words.lists import Listed

_SHOWN_COLUMNS = 6
#: Operators that stand side by side, at least.
_FEWEST_SIDES = 2


def note_declarations(draft: CheckDraft) -> None:
    """Log values declared missing in the columns in use; point out declared sets of answers and undeclared competitors as columns."""
    sheet = draft.rows.sheet
    if sheet.declared_missing:
        used = [sheet.declared_missing[match.index] for match in draft.matching.targets.values()]
        draft.log("declared_missing", message("Values the file declares to be missing set to missing"), sum(used))
    _note_side_by_side(draft)
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


def _note_side_by_side(draft: CheckDraft) -> None:
    """Headers made of the names of operators and questions, in a survey that does not say that they stand side by side."""
    schema, column = draft.schema, draft.schema.column_for(Role.OPERATOR)
    if schema.repeat or column is None or len(column.choices) < _FEWEST_SIDES:
        return
    variants = {variant for match in draft.matching.columns for variant in header_variants(match.header)[:1]}
    found: dict[str, int] = {}
    for choice in column.choices:
        pairs = Repeat(by=column.code).side_by_side(schema.items, [choice])
        here = sum(any(normalised(alias) in variants for alias in pair.aliases) for pair in pairs)
        if here:
            found[choice.code] = here
    if len(found) < _FEWEST_SIDES:
        return
    names = Listed([choice.title for choice in column.choices if choice.code in found])
    told = {"count": sum(found.values()), "names": names}
    draft.findings.add(
        "side_by_side_unread",
        message("{count} columns look like scores of {names} side by side; the survey does not say so.", **told),
        message("Write repeat: {{by: {code}}} into the survey, and each person is read as a row for each of them.", code=column.code),
        sheet=draft.rows.sheet.name,
    )
