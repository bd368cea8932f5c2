"""Measures written one by one, from a screen, a project or code: put, removed, and either taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.row_edits import Row, RowEdit, Rows, change_list, read_row, same_key
from storage.store import Store
from survey_schema.data_kinds.measures import MEASURES
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

#: What a row says beside where it stands in its sheet.
COLUMNS = tuple(column.code for column in MEASURES.columns)


def put_measure(
    store: Store, schema: SurveySchema, typed: Mapping[str, object], by: str, *, instead_of: Mapping[str, Any] | None = None
) -> RowEdit:
    """The list with this measure: a new one, or in the place of ``instead_of``, the row as it was looked at.

    ``typed``: columns of :data:`MEASURES` by code, read and checked as in a sheet; columns that are not named are empty. Raises ManyiError
    for what cannot be read or contradicts itself, where there is such a measure already (same project, measure and branch), and where
    ``instead_of`` has been changed or removed by somebody else since it was looked at: nothing is overwritten unseen.
    """
    new = read_row(store, schema, MEASURES, typed)

    def changed(there: Rows) -> tuple[Row | None, Row]:
        old = None if instead_of is None else _unchanged(there, instead_of)
        if any(row is not old and same_key(MEASURES, row, new) for row in there):
            raise ManyiError(
                message("There is this measure already: {measure}. Name it otherwise, or change the one there is.", measure=new["measure"])
            )
        return old, new

    return change_list(store, schema, MEASURES, changed, by)


def remove_measure(store: Store, schema: SurveySchema, row: Mapping[str, Any], by: str) -> RowEdit:
    """The list without a measure, named by the row as it was looked at; the last one withdraws the list.

    Raises ManyiError where it has been changed or removed by somebody else since.
    """
    return change_list(store, schema, MEASURES, lambda there: (_unchanged(there, row), None), by)


def undo_measure(store: Store, schema: SurveySchema, edit: RowEdit, by: str) -> RowEdit:
    """What an edit did, taken back; what others wrote about other measures since stays. Raises ManyiError like the edits themselves."""
    if edit.after is None:
        return put_measure(store, schema, edit.before or {}, by)
    if edit.before is None:
        return remove_measure(store, schema, edit.after, by)
    return put_measure(store, schema, edit.before, by, instead_of=edit.after)


def _unchanged(there: Rows, seen: Mapping[str, Any]) -> Row:
    found = next((row for row in there if same_key(MEASURES, row, seen)), None)
    if found is None:
        raise ManyiError(message("The measure “{measure}” is not there any more.", measure=str(seen.get("measure"))))
    if any(found[name] != seen.get(name) for name in COLUMNS):
        raise ManyiError(
            message("Somebody else has changed “{measure}” in the meantime; look at it and change it again.", measure=found["measure"])
        )
    return found
