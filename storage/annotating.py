"""Annotations written one by one: added, removed. A step is undone by its contrary, which leaves alone what others have written since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.records import Wave
from storage.row_edits import Row, Rows, change_list, read_row, same_key
from storage.store import Store
from survey_schema.data_kinds.references import ANNOTATIONS
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class Step:
    """The annotation a step added or removed, as the other function takes it back; and the list as it was stored or withdrawn."""

    annotation: Mapping[str, object]
    stored: Wave


def add_annotation(store: Store, schema: SurveySchema, typed: Mapping[str, object], by: str) -> Step:
    """The list with one more: ``date``, ``text``, ``branch`` (empty: all), ``phase_start``, and ``author``, who acts unless named.

    Raises ManyiError for a value that cannot be read, as of a sheet, and for one that is there already.
    """
    new = read_row(store, schema, ANNOTATIONS, {"author": by, **typed})

    def one_more(there: Rows) -> tuple[None, Row]:
        if any(same_key(ANNOTATIONS, row, new) for row in there):
            raise ManyiError(message("This is annotated already: {date} {text}.", date=new["date"].isoformat(), text=new["text"]))
        return None, new

    return Step(_typed(new), change_list(store, schema, ANNOTATIONS, one_more, by).stored)


def remove_annotation(store: Store, schema: SurveySchema, key: Mapping[str, object], by: str) -> Step:
    """The list without one, named by ``date``, ``text`` and ``branch``; the last one withdraws the list.

    Raises ManyiError where there is no such annotation.
    """

    def one_less(there: Rows) -> tuple[Row, None]:
        found = next((row for row in there if same_key(ANNOTATIONS, row, key)), None)
        if found is None:
            raise no_annotation(str(key.get("text")), str(key.get("date")))
        return found, None

    edit = change_list(store, schema, ANNOTATIONS, one_less, by)
    return Step(_typed(edit.before or {}), edit.stored)


def no_annotation(text: str, date: str | None) -> ManyiError:
    """The error for an annotation that is not there; ``date`` None: none was named."""
    if date is None:
        return ManyiError(message("There is no annotation “{text}”.", text=text))
    return ManyiError(message("There is no annotation “{text}” of {date}.", text=text, date=date))


def _typed(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("date", "text", "branch", "author")} | {"phase_start": "yes" if row["phase_start"] else "no"}
