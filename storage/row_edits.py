"""Rows of a list (annotations, measures) written one by one: the list in force changed, stored as a new version like every delivery.

So who wrote what and when is in the audit and the version before is kept. Each change is made of the list as it is by then: two windows,
or two processes, lose nothing of each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from storage.committing import ChangedMeanwhile
from storage.records import Wave
from storage.store import Store
from survey_schema.data_kinds.description import WHOLE, DataKind
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedKind, CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from survey_schema.workbook.kinds.typed_row import typed_row

_ATTEMPTS = 5
Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class RowEdit:
    """A row before and after a change (None: there was none, there is none any more), and the list as it was stored or withdrawn."""

    before: Row | None
    after: Row | None
    stored: Wave


def read_row(store: Store, schema: SurveySchema, kind: DataKind, typed: Mapping[str, object]) -> dict[str, Any]:
    """What is typed as the store keeps it; raises ManyiError for what cannot be read, as of a sheet."""
    return typed_row(kind, typed, schema, store.id_key(), date.today())


def same_key(kind: DataKind, one: Row, other: Row) -> bool:
    """Whether two rows are about the same: equal in all columns of the kind's key."""
    return all(one.get(name) == other.get(name) for name in kind.key)


def list_in_force(store: Store, survey: str, kind: DataKind) -> Wave | None:
    """The stored list; None where there is none."""
    return next(iter(store.deliveries(survey, kind.code)), None)


def change_list(
    store: Store, schema: SurveySchema, kind: DataKind, change: Callable[[Rows], tuple[Row | None, Row | None]], by: str
) -> RowEdit:
    """The list with one row changed, added or removed; the last one removed withdraws the list.

    ``change`` gets the rows as they are and says which one goes (None: none) and what comes in its place (None: nothing); what comes new
    stands last. It is asked anew where somebody else was faster, so that nobody's row is lost.
    """
    for attempt in range(_ATTEMPTS):
        before = list_in_force(store, schema.name, kind)
        there = _stored(store, schema.name, kind, before)
        gone, come = change(there)
        try:
            stored = _put(store, schema, kind, _changed(there, gone, come), before, by)
        except ChangedMeanwhile:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return RowEdit(gone, come, stored)
    raise AssertionError("the last attempt returns or raises")


def _changed(there: Rows, gone: Row | None, come: Row | None) -> list[Row]:
    if come is None:
        return [row for row in there if row is not gone]
    if gone is None:
        number = max([0, *(row["source_row"] for row in there)]) + 1
        return [*there, {**come, "source_row": number, "period": WHOLE}]
    return [{**row, **come} if row is gone else row for row in there]


def _stored(store: Store, survey: str, kind: DataKind, in_force: Wave | None) -> Rows:
    if in_force is None:
        return []
    table = store.scan_kind(survey, kind.code).collect("pyarrow").to_native()
    rows: Rows = table.select(list(kind.stored_types)).to_pylist()
    return rows


def _put(store: Store, schema: SurveySchema, kind: DataKind, rows: Rows, before: Wave | None, by: str) -> Wave:
    if not rows and before is not None:
        return store.versions.withdraw(before.wave_id, by)
    table = pa.table({name: pa.array([row[name] for row in rows], stored) for name, stored in kind.stored_types.items()})
    content = hashlib.sha256(repr(table.to_pydict()).encode("utf-8", "surrogatepass")).hexdigest()
    checked = CheckedKind(kind.code, kind.code, table, table.num_rows)
    workbook = CheckedWorkbook(kind.code, content, schema.name, None, Findings((), {}), (), None, None, 0, kinds=(checked,))
    instead_of = frozenset([before.wave_id] if before else [])
    return store.commit(workbook, schema, by, replace=True, instead_of=instead_of)[0]
