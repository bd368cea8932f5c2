"""Annotations written one by one: the list in force with one more or one less, stored as a new version like every delivery.

So who wrote what and when is in the audit, the version before is kept, and each step can be undone.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from datetime import date

import pyarrow as pa

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
#: Two who write at once write one after the other.
_ONE_BY_ONE = threading.Lock()


def add_annotation(store: Store, schema: SurveySchema, typed: Mapping[str, object], by: str) -> Wave:
    """The list with one more: ``date``, ``text``, ``branch`` (empty: all), ``phase_start``, and ``author``, who acts unless named.

    Raises ManyiError for a value that cannot be read, as of a sheet, and for one that is there already.
    """
    new = typed_row(ANNOTATIONS, {"author": by, **typed}, schema, store.id_key(), date.today())
    with _ONE_BY_ONE:
        there = _stored(store, schema.name)
        if any(all(row[name] == new[name] for name in ANNOTATIONS.key) for row in there.to_pylist()):
            raise ManyiError(message("This is annotated already: {date} {text}.", date=new["date"].isoformat(), text=new["text"]))
        number = max([0, *there["source_row"].to_pylist()]) + 1
        row = {"source_row": number, "period": WHOLE, **new}
        added = pa.table({name: pa.array([row[name]], stored) for name, stored in ANNOTATIONS.stored_types.items()})
        return _commit(store, schema, pa.concat_tables([there, added]), by)


def remove_annotation(store: Store, schema: SurveySchema, key: Mapping[str, object], by: str) -> Wave:
    """The list without one, named by ``date``, ``text`` and ``branch``; the last one withdraws the list.

    Returns the list as it was, whose version can be put in force again. Raises ManyiError where there is no such annotation.
    """
    with _ONE_BY_ONE:
        there = _stored(store, schema.name)
        rows = there.to_pylist()
        left = [place for place, row in enumerate(rows) if any(row[name] != key.get(name) for name in ANNOTATIONS.key)]
        if len(left) == len(rows):
            raise ManyiError(message("There is no annotation {date} {text}.", date=str(key.get("date")), text=str(key.get("text"))))
        before = list_in_force(store, schema.name)
        if left and before is not None:
            _commit(store, schema, there.take(left), by)
            return before
        return store.versions.withdraw(before.wave_id if before else "", by)


def undo_annotation(store: Store, survey: str, wave_id: str | None, by: str) -> None:
    """Puts the version of a list before the last step in force again; without one the list is withdrawn."""
    if wave_id is not None:
        store.versions.restore(wave_id, by, accept_fewer=True)
        return
    now = list_in_force(store, survey)
    if now is not None:
        store.versions.withdraw(now.wave_id, by)


def list_in_force(store: Store, survey: str) -> Wave | None:
    """The stored list of annotations; None where there is none."""
    return next(iter(store.deliveries(survey, ANNOTATIONS.code)), None)


def _stored(store: Store, survey: str) -> pa.Table:
    types = ANNOTATIONS.stored_types
    if list_in_force(store, survey) is None:
        return pa.table({name: pa.array([], stored) for name, stored in types.items()})
    rows = store.scan_kind(survey, ANNOTATIONS.code).collect("pyarrow").to_native()
    return pa.table({name: rows[name].combine_chunks().cast(stored) for name, stored in types.items()})


def _commit(store: Store, schema: SurveySchema, rows: pa.Table, by: str) -> Wave:
    content = hashlib.sha256(repr(rows.to_pydict()).encode("utf-8", "surrogatepass")).hexdigest()
    kind = CheckedKind(ANNOTATIONS.code, WRITTEN, rows, rows.num_rows)
    checked = CheckedWorkbook(WRITTEN, content, schema.name, None, Findings((), {}), (), None, None, 0, kinds=(kind,))
    return store.commit(checked, schema, by, replace=True)[0]
