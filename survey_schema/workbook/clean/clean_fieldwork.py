"""How an interview came about, read into clean values: who made it and how long it took."""

from __future__ import annotations

import math
import re
from datetime import time, timedelta

import numpy as np
import pyarrow as pa

from survey_schema.columns import Column
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.clean.clean_columns import clean_attribute, opaque_id
from survey_schema.workbook.clean.clean_values import Outcome, folded, is_blank, read_column, read_number
from words.language import message

_UNITS = re.compile(
    r"^(?:(?P<hours>\d+)(?:小时|时|hours?|hrs?|h))?(?:(?P<minutes>\d+(?:\.\d+)?)(?:分钟|分|minutes?|mins?|m))?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)(?:秒钟|秒|seconds?|secs?|s))?$"
)
_CLOCK = re.compile(r"^(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2}(?:\.\d+)?)$")


def clean_interviewer(draft: CheckDraft, column: Column) -> pa.Array:
    """Interviewers by number. They are staff: a value without a digit may be a name and is stored as an opaque code.

    Values the schema lists as choices are kept, whatever they look like; so is nothing where the column holds phone numbers.
    """
    values = clean_attribute(draft, column)
    known = {choice.code for choice in column.choices}
    encoded = values.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    coded = [
        text if text in known or any(sign.isdigit() for sign in text) else opaque_id(f"{draft.schema.name}/interviewer", text, draft.id_key)
        for text in texts
    ]
    named = np.array([new != old for new, old in zip(coded, texts, strict=True)] + [False], dtype=bool)
    if not named.any():
        return values
    codes = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    draft.log("interviewers_hashed", message("Names of interviewers made opaque"), int((named[codes] & draft.counted).sum()))
    return pa.array([*coded, None], pa.string()).take(pa.array(codes))


def clean_duration(draft: CheckDraft, column: Column) -> pa.Array:
    """Lengths of interviews; null where there is none or it is not above zero.

    Plain numbers stay as they are; what is written with a unit (``308秒``, ``5分8秒``) or as a time (``5:08``) becomes minutes.
    """
    match = draft.matching.targets.get(column.code)
    if match is None:
        return pa.nulls(draft.rows.count, pa.float64())
    raw = draft.rows.column(match.index)
    reading = read_column(raw, read_duration)
    unread = (reading.outcomes == Outcome.UNKNOWN)[raw.codes] & draft.counted
    found = message("The length of an interview is expected here: a number above 0, or a time such as 5:08.")
    advice = message("The response is used without this value; correct the cell if it is known.")
    draft.findings.add_rows("not_a_number", np.flatnonzero(unread), lambda row: draft.note("not_a_number", match, row, found, advice))
    return pa.array(reading.values[raw.codes], from_pandas=True)


def read_duration(value: object) -> tuple[float, Outcome]:
    """One raw value as the length of an interview.

    >>> read_duration("5分15秒")
    (5.25, <Outcome.TEXT_NUMBER: 4>)
    """
    if isinstance(value, timedelta):
        return _length(value.total_seconds() / 60, Outcome.PLAIN)
    if isinstance(value, time):
        return _length(value.hour * 60 + value.minute + value.second / 60, Outcome.PLAIN)
    if isinstance(value, str) and not is_blank(value):
        text = folded(value)
        written = _CLOCK.match(text) or _UNITS.match(text)
        if written and any(written.groups()):
            hours, minutes, seconds = (float(written[part] or 0) for part in ("hours", "minutes", "seconds"))
            return _length(60 * hours + minutes + seconds / 60, Outcome.TEXT_NUMBER)
    number, outcome = read_number(value)
    return _length(number, outcome) if outcome.answered else (number, outcome)


def _length(number: float, outcome: Outcome) -> tuple[float, Outcome]:
    return (number, outcome) if number > 0 else (math.nan, Outcome.UNKNOWN)
