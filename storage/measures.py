"""Measures written one by one, from a screen, a project or code: put, removed, and either taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.row_edits import Row, RowEdit, Rows, change_list, read_row, same_key
from storage.store import Store
from survey_schema.data_kinds.measures import MEASURES
from survey_schema.models import SurveySchema
from survey_schema.workbook.kinds.typed_row import refuse_contradictions
from words.errors import ManyiError
from words.language import message

#: What a row says beside where it stands in its sheet.
COLUMNS = tuple(column.code for column in MEASURES.columns)


def put_measure(
    store: Store, schema: SurveySchema, typed: Mapping[str, object], by: str, *, instead_of: Mapping[str, Any] | None = None
) -> RowEdit:
    """The list with this measure: a new one, or in the place of ``instead_of``, the row as it was looked at.

    ``typed``: columns of :data:`MEASURES` by code, read and checked as in a sheet; columns that are not named are empty. What others
    changed in other columns since the row was looked at is kept. Raises ManyiError for what cannot be read or contradicts itself, where
    there is such a measure already (same project, measure and branch), and where somebody else has changed the same column or removed
    the measure: nothing is overwritten unseen.
    """
    new = read_row(store, schema, MEASURES, typed)

    def changed(there: Rows) -> tuple[Row | None, Row]:
        old = None if instead_of is None else _found(there, instead_of)
        row = new if old is None or instead_of is None else _merged(old, instead_of, new)
        if any(each is not old and same_key(MEASURES, each, row) for each in there):
            raise ManyiError(
                message("There is this measure already: {measure}. Name it otherwise, or change the one there is.", measure=row["measure"])
            )
        return old, row

    return change_list(store, schema, MEASURES, changed, by)


def remove_measure(store: Store, schema: SurveySchema, row: Mapping[str, Any], by: str) -> RowEdit:
    """The list without a measure, named by the row as it was looked at; the last one withdraws the list.

    Raises ManyiError where it has been changed or removed by somebody else since.
    """

    def less(there: Rows) -> tuple[Row, None]:
        found = _found(there, row)
        if any(found[name] != row.get(name) for name in COLUMNS):
            raise ManyiError(
                message("Somebody else has changed “{measure}” in the meantime; look at it and do it again.", measure=found["measure"])
            )
        return found, None

    return change_list(store, schema, MEASURES, less, by)


def undo_measure(store: Store, schema: SurveySchema, edit: RowEdit, by: str) -> RowEdit:
    """What an edit did, taken back; what others wrote about other measures since stays. Raises ManyiError like the edits themselves."""
    if edit.after is None:
        return put_measure(store, schema, edit.before or {}, by)
    if edit.before is None:
        return remove_measure(store, schema, edit.after, by)
    return put_measure(store, schema, edit.before, by, instead_of=edit.after)


def _found(there: Rows, seen: Mapping[str, Any]) -> Row:
    found = next((row for row in there if same_key(MEASURES, row, seen)), None)
    if found is None:
        raise ManyiError(message("The measure “{measure}” is not there any more.", measure=str(seen.get("measure"))))
    return found


def _merged(there: Row, seen: Mapping[str, Any], new: Row) -> Row:
    """What is typed, with what others changed in columns that are typed as they were seen."""
    row: dict[str, Any] = {}
    for column in MEASURES.columns:
        theirs, before, mine = there[column.code], seen.get(column.code), new[column.code]
        if theirs != before and mine not in (before, theirs):
            now = message("(empty)") if theirs is None else f"{theirs:g}" if isinstance(theirs, float) else str(theirs)
            raise ManyiError(
                message(
                    "Somebody else has changed {column} of “{measure}” in the meantime: it is {now}. Look at it and change it again.",
                    column=column.title, measure=there["measure"], now=now,
                )
            )  # fmt: skip
        row[column.code] = mine if mine != before else theirs
    refuse_contradictions(MEASURES, row)
    return row
