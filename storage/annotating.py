"""Annotations written one by one: the list in force with one more or one less, stored as a new version like every delivery.

So who wrote what and when is in the audit and the version before is kept. A step is undone by its contrary, which leaves alone what others
have written since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from storage.committing import ChangedMeanwhile
from storage.records import Wave
from storage.store import Store
from survey_schema.data_kinds.description import WHOLE
from survey_schema.data_kinds.references import ANNOTATIONS
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedKind, CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from survey_schema.workbook.kinds.typed_row import typed_row
from words.errors import ManyiError
from words.language import message

#: What the list is called where the file of a delivery stands.
WRITTEN = "annotations"
_ATTEMPTS = 5


@dataclass(frozen=True)
class Step:
    """The annotation a step added or removed, as the other function takes it back; and the list as it was stored or withdrawn."""

    annotation: Mapping[str, object]
    stored: Wave


def add_annotation(store: Store, schema: SurveySchema, typed: Mapping[str, object], by: str) -> Step:
    """The list with one more: ``date``, ``text``, ``branch`` (empty: all), ``phase_start``, and ``author``, who acts unless named.

    Raises ManyiError for a value that cannot be read, as of a sheet, and for one that is there already.
    """
    new = typed_row(ANNOTATIONS, {"author": by, **typed}, schema, store.id_key(), date.today())

    def one_more(there: pa.Table) -> pa.Table:
        if any(all(row[name] == new[name] for name in ANNOTATIONS.key) for row in there.to_pylist()):
            raise ManyiError(message("This is annotated already: {date} {text}.", date=new["date"].isoformat(), text=new["text"]))
        number = max([0, *there["source_row"].to_pylist()]) + 1
        row = {"source_row": number, "period": WHOLE, **new}
        added = pa.table({name: pa.array([row[name]], stored) for name, stored in ANNOTATIONS.stored_types.items()})
        return pa.concat_tables([there, added])

    return Step(_typed(new), _changed(store, schema, one_more, by))


def remove_annotation(store: Store, schema: SurveySchema, key: Mapping[str, object], by: str) -> Step:
    """The list without one, named by ``date``, ``text`` and ``branch``; the last one withdraws the list.

    Raises ManyiError where there is no such annotation.
    """
    taken: list[dict[str, object]] = []

    def one_less(there: pa.Table) -> pa.Table:
        rows = there.to_pylist()
        left = [place for place, row in enumerate(rows) if any(row[name] != key.get(name) for name in ANNOTATIONS.key)]
        if len(left) == len(rows):
            raise no_annotation(str(key.get("text")), str(key.get("date")))
        taken[:] = [row for place, row in enumerate(rows) if place not in left]
        return there.take(pa.array(left, pa.int64()))

    stored = _changed(store, schema, one_less, by)
    return Step(_typed(taken[0]), stored)


def no_annotation(text: str, date: str | None) -> ManyiError:
    """The error for an annotation that is not there; ``date`` None: none was named."""
    if date is None:
        return ManyiError(message("There is no annotation “{text}”.", text=text))
    return ManyiError(message("There is no annotation “{text}” of {date}.", text=text, date=date))


def _typed(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("date", "text", "branch", "author")} | {"phase_start": "yes" if row["phase_start"] else "no"}


def list_in_force(store: Store, survey: str) -> Wave | None:
    """The stored list of annotations; None where there is none."""
    return next(iter(store.deliveries(survey, ANNOTATIONS.code)), None)


def _changed(store: Store, schema: SurveySchema, change: Callable[[pa.Table], pa.Table], by: str) -> Wave:
    """The list as ``change`` makes it of the one in force, made again where somebody else was faster, so that nobody's is lost."""
    for attempt in range(_ATTEMPTS):
        before = list_in_force(store, schema.name)
        rows = change(_stored(store, schema.name))
        try:
            if rows.num_rows == 0 and before is not None:
                return store.versions.withdraw(before.wave_id, by)
            return _commit(store, schema, rows, by, frozenset([before.wave_id] if before else []))
        except ChangedMeanwhile:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def _stored(store: Store, survey: str) -> pa.Table:
    types = ANNOTATIONS.stored_types
    if list_in_force(store, survey) is None:
        return pa.table({name: pa.array([], stored) for name, stored in types.items()})
    rows = store.scan_kind(survey, ANNOTATIONS.code).collect("pyarrow").to_native()
    return pa.table({name: rows[name].combine_chunks().cast(stored) for name, stored in types.items()})


def _commit(store: Store, schema: SurveySchema, rows: pa.Table, by: str, instead_of: frozenset[str]) -> Wave:
    content = hashlib.sha256(repr(rows.to_pydict()).encode("utf-8", "surrogatepass")).hexdigest()
    kind = CheckedKind(ANNOTATIONS.code, WRITTEN, rows, rows.num_rows)
    checked = CheckedWorkbook(WRITTEN, content, schema.name, None, Findings((), {}), (), None, None, 0, kinds=(kind,))
    return store.commit(checked, schema, by, replace=True, instead_of=instead_of)[0]
