"""Raw cell values read as days and wave labels."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from survey_schema.workbook.clean.clean_values import parse_number, plain_text
from words.periods import Period

EARLIEST = date(1990, 1, 1)
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIAL_ORIGIN_1904 = date(1904, 1, 1)
_SERIALS = range(31412, 80000)  # 1990-01-01 counted from 1904 … 2119
_LONGEST = 60
_TEXT = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*+日)?(?:[T\s]++\d{1,2}[:时点]\d{1,2}.*)?$")
_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


def read_day(value: object, latest: date, *, from_1904: bool = False) -> date | None:
    """The day a raw value names: an Excel date or serial number, 2026-06-15, 2026/6/15, 2026年6月15日, 20260615; 2026年6月 is its first.

    None when it names none, names one that does not exist, or lies before 1990 or after ``latest``. Orders with the year last are
    read by column only (:mod:`survey_schema.workbook.check.date_order`): 03/04/2026 is two different days. Serial numbers count
    from 1904 where the workbook says so.
    """
    day = _day(value, _SERIAL_ORIGIN_1904 if from_1904 else _SERIAL_ORIGIN)
    return day if day is not None and EARLIEST <= day <= latest else None


def _day(value: object, origin: date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = unicodedata.normalize("NFKC", plain_text(value)[:_LONGEST])
    found = _TEXT.match(text) or _DIGITS.match(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    month = Period.parse(text) if not may_be_october(value) else None
    if month is not None and month.kind == "month":
        return month.first_day
    number = parse_number(text)
    return origin + timedelta(days=int(number)) if number is not None and int(number) in _SERIALS else None


def read_wave(value: object) -> tuple[str, bool]:
    """The label of a wave cell and whether it names a period; an unknown label stays as it is."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat(), True
    text = unicodedata.normalize("NFKC", plain_text(value)).strip()
    period = Period.parse(text)
    return (period.label, True) if period else (text, False)


def may_be_october(value: object) -> bool:
    """Whether a wave cell is a number such as 2026.1: a spreadsheet turns 2026.10 into it, so it is January or October."""
    return isinstance(value, float) and EARLIEST.year <= value < 2100 and f"{value:g}".endswith(".1")


def calendar_waves(labels: list[str]) -> dict[str, str]:
    """What day labels of one wave column stand for, where Excel or the agency wrote days for periods.

    Firsts of months are months; other days, when there are several, are the quarters they lie in; one single day stays a day.
    """
    days = {label: period for label in labels if (period := Period.parse(label)) and period.kind == "day"}
    if days and all(period.first_day.day == 1 for period in days.values()):
        return {label: Period(period.first_day, "month").label for label, period in days.items()}
    if len(days) > 1:
        return {label: Period.quarter_of(period.first_day).label for label, period in days.items()}
    return {}
