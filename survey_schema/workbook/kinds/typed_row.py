"""One row of a kind as somebody types it on a screen or a command line: read, checked and masked like a row of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from survey_schema.data_kinds.description import AtMost, DataKind, OneNeeded, ShareOf
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_values import is_blank
from survey_schema.workbook.kinds.check_rows_of_kind import order_slip
from survey_schema.workbook.kinds.check_shares import agrees, count_slip
from survey_schema.workbook.kinds.column_reading import ReadingContext
from survey_schema.workbook.kinds.read_cells import read_values
from survey_schema.workbook.kinds.unique_values import UniqueValues
from words.errors import ManyiError
from words.language import message
from words.lists import Listed


def typed_row(kind: DataKind, typed: Mapping[str, object], schema: SurveySchema, id_key: bytes, today: date) -> dict[str, Any]:
    """Column → what the store keeps, for every column of the kind; null where nothing was typed.

    Raises ManyiError for a required value that is missing, for one that cannot be read, with what is expected instead, and for values that
    contradict each other.
    """
    context = ReadingContext(schema, today, id_key)
    stored: dict[str, Any] = {}
    for column in kind.columns:
        value = typed.get(column.code)
        if value is None or is_blank(value):
            if column.required:
                raise ManyiError(message("A value is missing: {column}.", column=column.title))
            stored[column.code] = None
            continue
        reading = read_values(column, UniqueValues((value,)), np.ones(1, dtype=bool), context)
        if fault := reading.faults.get(0):
            raise ManyiError(message("{column}: {found} {advice}", column=column.title, found=fault.found, advice=fault.advice))
        stored[column.code] = reading.values[0].as_py()
    refuse_contradictions(kind, stored)
    return stored


def refuse_contradictions(kind: DataKind, row: Mapping[str, Any]) -> None:
    """Raises ManyiError where values of a row contradict each other, as the relations of its kind say."""
    for relation in kind.relations:
        if isinstance(relation, OneNeeded) and all(row[code] is None for code in relation.columns):
            titles = Listed([kind.column(code).title for code in relation.columns])
            raise ManyiError(message("At least one of these is needed: {columns}.", columns=titles))
        if isinstance(relation, AtMost):
            left, right = row[relation.left], row[relation.right]
            if left is not None and right is not None and left > right:
                raise ManyiError(order_slip(kind, relation, left, right))
        if isinstance(relation, ShareOf):
            share, count, base = row[relation.share], row[relation.count], row[relation.base]
            if None not in (share, count, base) and not agrees(count, int(base), printed := f"{share:.12g}"):
                raise ManyiError(count_slip(count, int(base), printed))
