"""Days and moments of a column: each different day is read once, however many moments it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from survey_schema.data_kinds.description import Day, KindColumn
from survey_schema.workbook.check.date_order import DaysRead, read_days
from survey_schema.workbook.clean.clean_values import is_blank
from survey_schema.workbook.kinds.column_reading import ColumnReading, Fault, ReadingContext
from survey_schema.workbook.kinds.unique_values import Mask
from words.language import message

_TIME = re.compile(r"[T\s](\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?$")
#: Plans and limits may lie ahead; what happened may not. Lists hold days of both.
_YEARS_AHEAD = 10
#: Numbers from here on count days; smaller ones may be years with a month behind the point.
_FIRST_SERIAL, _LAST_SERIAL = 31_412, 80_000
_FAULT = Fault(
    "impossible_day", "impossible_date", message("The cell is not a possible date."),
    message("Write dates as 2026-06-15; days before 1990 and far ahead are refused."),
)  # fmt: skip


def read_moments(column: KindColumn, values: Sequence[object], present: Mask, context: ReadingContext) -> ColumnReading:
    """The unique values of a column as days, or as moments where the column holds moments."""
    latest = context.today + timedelta(days=366 * _YEARS_AHEAD if isinstance(column.value, Day) and not column.value.past else 1)
    place_of: dict[tuple[type, object], int] = {}
    places = np.fromiter((place_of.setdefault(_day_part(value), len(place_of)) for value in values), dtype=np.intp, count=len(values))
    seen = np.bincount(places[present], minlength=len(place_of)) > 0
    read = read_days([part for _type, part in place_of], seen.tolist(), latest, context.order, from_1904=context.calendar == "1904")
    days = np.array([np.datetime64("NaT") if day is None else np.datetime64(day) for day in read.days], dtype="datetime64[D]")[places]
    unread = np.isnat(days)
    faults = {place: _FAULT for place in np.flatnonzero(unread).tolist() if not is_blank(values[place])}
    stored = days if isinstance(column.value, Day) else days + _times(values, ~unread)
    return ColumnReading(pa.array(stored, column.stored), faults, days=_asked(read, places))


def _asked(read: DaysRead, places: npt.NDArray[np.intp]) -> DaysRead | None:
    """How days were read, for every value, where that has to be asked."""
    if read.question is None:
        return None
    every = places.tolist()
    days, texts, turned = (tuple(part[place] for place in every) for part in (read.days, read.texts, read.turned))
    return DaysRead(days, read.question, texts, turned)


def _day_part(value: object) -> tuple[type, object]:
    """What tells the day of a value; values of one type and one part are of the same day."""
    if type(value) is datetime:
        return date, value.date()
    if type(value) is str:
        return str, _TIME.sub("", value)
    return type(value), float(int(value)) if type(value) is float and _FIRST_SERIAL <= value < _LAST_SERIAL else value


def _times(values: Sequence[object], known: Mask) -> npt.NDArray[np.timedelta64]:
    """The time of day of each value whose day is ``known``; midnight where it has none."""
    found = np.zeros(len(values), dtype="timedelta64[us]")
    moments = np.fromiter((type(value) is datetime for value in values), dtype=bool, count=len(values))
    whole = np.array([value for value in values if type(value) is datetime], dtype="datetime64[us]")
    found[moments] = whole - whole.astype("datetime64[D]")
    for place in np.flatnonzero(known & ~moments).tolist():
        at = _time_of(values[place])
        found[place] = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
    return found


def _time_of(raw: object) -> time:
    if isinstance(raw, datetime):
        return raw.time()
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        seconds = round((raw % 1) * 86_400)
        return (datetime.min + timedelta(seconds=min(seconds, 86_399))).time()
    found = _TIME.search(raw) if isinstance(raw, str) else None
    if found is None:
        return time()
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else time()
