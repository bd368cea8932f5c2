"""The order of day and month in a column of dates: a property of the column, not of one cell.

03/04/2026 is two different days, and one 25/04/2026 beside it says which. A day-first file opened in a month-first Excel shows by a
mixture: days up to 12 became real dates with day and month changed over, the others stayed texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from survey_schema.workbook.clean.clean_dates import EARLIEST, read_day
from survey_schema.workbook.clean.clean_values import plain_text

#: ``swapped``: real dates have day and month changed over; ``as-shown``: they are right as they stand.
DateOrder = Literal["day-first", "month-first", "swapped", "as-shown"]
DATE_ORDERS: tuple[DateOrder, ...] = ("day-first", "month-first", "swapped", "as-shown")
DateQuestion = Literal["order", "both", "swapped"]

LONGEST_DATE = 40
_YEAR_LAST = re.compile(r"^(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})(?:,? ?[T ]\d{1,2}[:.]\d{2}.*)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?)[,.]?[ -](\d{4})(?: .*)?$")
_FEW_DAYS, _MANY_MONTHS = 2, 4


@dataclass(frozen=True)
class DaysRead:
    """The day of each value (None where it names none) and what is to be asked before they can be relied on.

    ``texts``: values with the year last; ``turned``: real dates whose day and month were changed over again.
    """

    days: tuple[date | None, ...]
    question: DateQuestion | None
    texts: tuple[bool, ...]
    turned: tuple[bool, ...]


def read_days(
    values: Sequence[object],
    present: Sequence[bool],
    latest: date,
    order: DateOrder | None = None,
    *,
    from_1904: bool = False,
    same: Callable[[date], object] = lambda day: day,
    insists: bool = False,
) -> DaysRead:
    """All values of one column as days between 1990 and ``latest``.

    Evidence is taken from values that are ``present``. The order is proved by one part above 12; where nothing proves it and it makes a
    difference (``same`` says what two days must share to be as good as one), it is asked, unless ``order`` is the answer. Where somebody
    ``insists`` on it, it goes before the proof; only a day that the other order alone makes possible is read by that.
    """
    parts = [_year_last(value) for value in values]
    real = [value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None for value in values]
    seen = [part for part, here in zip(parts, present, strict=True) if part and here]
    dates = [day for day, here in zip(real, present, strict=True) if day and here]
    day_first, month_first = any(a > 12 >= b for a, b, _ in seen), any(b > 12 >= a for a, b, _ in seen)
    proved: DateOrder | None = None if day_first == month_first else "day-first" if day_first else "month-first"
    question: DateQuestion | None = None
    if day_first and month_first:
        question = None if order in ("day-first", "month-first") else "both"
    elif proved is None and any(_differ(part, latest, same) for part in seen):
        question = None if order in ("day-first", "month-first") else "order"
    turn = False
    if question is None and _may_be_swapped(dates, proved, latest, same):
        turn = order == "swapped" or (proved is not None and order == proved)
        question = None if turn or order == "as-shown" else "swapped"
    texts_by = order if insists and order in ("day-first", "month-first") else proved or order
    days: list[date | None] = []
    for value, part, day in zip(values, parts, real, strict=True):
        if part:
            days.append(_in_order(part, texts_by, latest))
        elif day is not None and turn:
            days.append(_turned(day, latest) or _within(day, latest))
        else:
            days.append(read_day(value, latest, from_1904=from_1904) or _named_month(value, latest))
    turned = tuple(turn and day is not None and day.day <= 12 for day in real)
    return DaysRead(tuple(days), question, tuple(part is not None for part in parts), turned)


def _text(value: object) -> str:
    return " ".join(unicodedata.normalize("NFKC", plain_text(value)[:LONGEST_DATE]).casefold().split()) if isinstance(value, str) else ""


def _year_last(value: object) -> tuple[int, int, int] | None:
    found = _YEAR_LAST.match(_text(value).upper())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _named_month(value: object, latest: date) -> date | None:
    """The day of a text with the month in English words: 30 Aug 2026, August 30, 2026."""
    found = _NAMED.match(_text(value))
    name = (found[2] or found[3])[:3] if found else ""
    return _day(int(found[5]), _MONTHS.index(name) + 1, int(found[1] or found[4]), latest) if found and name in _MONTHS else None


def _day(year: int, month: int, day: int, latest: date) -> date | None:
    try:
        return _within(date(year, month, day), latest)
    except ValueError:
        return None


def _within(day: date, latest: date) -> date | None:
    return day if EARLIEST <= day <= latest else None


def _in_order(part: tuple[int, int, int], order: DateOrder | None, latest: date) -> date | None:
    """By the order, or the other one where that is the only one there can be."""
    a, b, year = part
    if max(a, b) <= 12 and order == "month-first":
        return _day(year, a, b, latest)
    return _day(year, b, a, latest) if b <= 12 else _day(year, a, b, latest)


def _differ(part: tuple[int, int, int], latest: date, same: Callable[[date], object]) -> bool:
    one, other = _in_order(part, "day-first", latest), _in_order(part, "month-first", latest)
    return (one and same(one)) != (other and same(other))


def _turned(day: date, latest: date) -> date | None:
    return _day(day.year, day.day, day.month, latest)


def _may_be_swapped(dates: Sequence[date], proved: DateOrder | None, latest: date, same: Callable[[date], object]) -> bool:
    """Whether real dates carry the mark of a swap: no day above 12, and texts beside them whose days are, or one day in many months."""
    if not dates or any(day.day > 12 for day in dates):
        return False
    if all((_within(day, latest) and same(day)) == ((turned := _turned(day, latest)) and same(turned)) for day in dates):
        return False
    if proved is not None:
        return True
    days, months = {day.day for day in dates}, {day.month for day in dates}
    return len(days) <= _FEW_DAYS and days != {1} and len(months) >= _MANY_MONTHS
