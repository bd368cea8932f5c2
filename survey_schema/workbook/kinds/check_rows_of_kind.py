"""What must hold within a row of a kind and between its rows: required values, relations, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.data_kinds.description import AtMost, DataKind, Number, OneNeeded
from survey_schema.workbook.kinds.sheet_draft import Mask, SheetDraft
from survey_schema.workbook.read.sheets import cell_name
from words.language import Message, message
from words.lists import Listed
from words.periods import Period

Ids = npt.NDArray[np.int64]


def check_required(draft: SheetDraft) -> None:
    """Rows that lack a required value are left out."""
    advice = message("The row is not stored; fill in the cell.")
    for code in draft.place.kind.required:
        blank = _nulls(draft.columns[code]) & draft.blank(code) & draft.data
        found = message("A value is missing: {column}.", column=draft.place.kind.column(code).title)
        draft.findings.add_rows(
            "missing_value",
            np.flatnonzero(blank),
            lambda row, code=code, found=found: draft.note("missing_value", code, row, found, advice),  # type: ignore[misc]
        )
        draft.used &= ~blank


def check_relations(draft: SheetDraft) -> None:
    """Rows whose values contradict each other are left out."""
    for relation in draft.place.kind.relations:
        if isinstance(relation, AtMost):
            _check_order(draft, relation)
        elif isinstance(relation, OneNeeded):
            _check_one(draft, relation)


def _check_order(draft: SheetDraft, relation: AtMost) -> None:
    left, right = draft.columns[relation.left], draft.columns[relation.right]
    latest = pc.floor_temporal(left, unit="day") if pa.types.is_timestamp(left.type) else left
    if latest is not left:  # a cell with a day only is the whole day
        latest = pc.if_else(pc.equal(pc.floor_temporal(right, unit="day"), right), latest, left)
    above = np.asarray(pc.fill_null(pc.greater(latest, right), False)) & draft.data
    dates = pa.types.is_temporal(left.type)
    advice = message("The row is not stored; correct one of the two.")

    def add(row: int) -> None:
        found = order_slip(draft.place.kind, relation, left[row].as_py(), right[row].as_py())
        draft.note("contradiction", relation.right if dates else relation.left, row, found, advice)

    draft.findings.add_rows("contradiction", np.flatnonzero(above), add)
    draft.used &= ~above


def order_slip(kind: DataKind, relation: AtMost, left: Any, right: Any) -> Message:
    """What is wrong where the left value is above the right one: of days and moments that one lies before the other."""
    names = {"left": kind.column(relation.left).title, "right": kind.column(relation.right).title}
    values = {"first": _shown(left), "second": _shown(right)}
    if isinstance(left, date):
        return message("{right} ({second}) lies before {left} ({first}).", **names, **values)
    return message("{left} ({first}) is above {right} ({second}).", **names, **values)


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else value.isoformat(" ")[:16] if hasattr(value, "hour") else date.isoformat(value)


def _check_one(draft: SheetDraft, relation: OneNeeded) -> None:
    none: Mask = draft.data.copy()
    for code in relation.columns:
        none &= draft.blank(code)
    titles = Listed([draft.place.kind.column(code).title for code in relation.columns])
    found, advice = (
        message("At least one of these is needed: {columns}.", columns=titles),
        message("The row is not stored; fill in the cell."),
    )
    rows = np.flatnonzero(none)
    draft.findings.add_rows("missing_value", rows, lambda row: draft.note("missing_value", relation.columns[0], row, found, advice))
    draft.used &= ~none


def check_twice(draft: SheetDraft) -> None:
    """What occurs once in a kind (a ticket, a month of a branch's KPI) and stands here again.

    A true copy is kept once and nothing is lost; a row that says something else is left out, for which of them is right is not known here.
    """
    kind = draft.place.kind
    rows = np.flatnonzero(draft.used)
    if rows.size < 2:
        return
    keys = _ids([draft.columns[code].take(pa.array(rows)) for code in kind.key])
    if int(keys.max()) == rows.size - 1:  # every row has a number of its own
        return
    _values, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    original = first[inverse]
    again = original != np.arange(rows.size)
    whole = _ids([draft.columns[column.code].take(pa.array(rows)) for column in kind.columns])
    copy = again & (whole == whole[original])
    titles = Listed([kind.column(code).title for code in kind.key if code in draft.place.columns])
    places = {int(row): draft.first + int(rows[original[position]]) + 1 for position, row in enumerate(rows.tolist()) if again[position]}
    where = next((code for code in kind.key if code in draft.place.columns), kind.key[0])

    def add(code: str, row: int) -> None:
        found = message("This stands in row {row} already: {columns}.", row=places[row], columns=titles)
        if code == "row_copy":
            draft.note(code, where, row, found, message("The rows are the same; it is stored once."))
        else:
            draft.note(code, where, row, found, message("The rows differ: the first one is stored. Delete the wrong one."))

    for code, found in (("row_copy", copy), ("row_twice", again & ~copy)):
        draft.findings.add_rows(code, rows[found], lambda row, code=code: add(code, row))  # type: ignore[misc]
        draft.used[rows[found]] = False
    draft.copies = int(copy.sum())


def check_overlaps(draft: SheetDraft) -> None:
    """Numbers that add up, of a period and of one inside it for the same keys: the shorter is in the longer already and is left out."""
    kind = draft.place.kind
    if kind.split != "period" or not any(isinstance(column.value, Number) and column.value.adds_up for column in kind.columns):
        return
    rows = np.flatnonzero(draft.used)
    labels = draft.columns[kind.period or ""].take(pa.array(rows)).to_pylist()
    periods = {label: period for label in set(labels) if label is not None and (period := Period.parse(label)) is not None}
    if len({period.kind for period in periods.values()}) < 2:
        return
    keys = _ids([draft.columns[code].take(pa.array(rows)) for code in kind.key if code != kind.period]).tolist()
    first_of = {(label, key): row for row, label, key in reversed(list(zip(rows.tolist(), labels, keys, strict=True)))}
    longer = {label: [other for other in periods if _holds(periods[other], periods[label])] for label in periods}
    for row, label, key in zip(rows.tolist(), labels, keys, strict=True):
        outer = next((first_of[other, key] for other in longer.get(label, ()) if (other, key) in first_of), None)
        if outer is None:
            continue
        cell = cell_name(draft.first + outer, draft.place.columns[kind.period or ""])
        words = {"inner": label, "outer": draft.columns[kind.period or ""][outer].as_py(), "cell": cell}
        found = message("{inner} lies in {outer}, which cell {cell} has for the same: it would count twice.", **words)
        draft.note(
            "contradiction", kind.period or "", row, found, message("The row of the longer period is stored; delete one of the two.")
        )
        draft.used[row] = False


def _holds(outer: Period, inner: Period) -> bool:
    return outer.kind != inner.kind and outer.begins <= inner.begins and inner.ends <= outer.ends


def _ids(columns: Sequence[pa.Array]) -> Ids:
    """One number per row from 0 on, as they first occur, the same for rows that are the same in all columns."""
    total: Ids = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = column.dictionary_encode(null_encoding="encode")
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        both = pa.array(total * len(encoded.dictionary) + codes).dictionary_encode()
        total = both.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return total


def _nulls(column: pa.Array) -> Mask:
    nulls: Mask = np.asarray(column.is_null())
    return nulls
