"""Raw cell values read as grades, numbers and text, one unique value at a time; nothing is guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from survey_schema.questions import Scale
from survey_schema.workbook.read.sheets import Calendar, RawColumn

#: Words that mean "no answer" in any survey, beside a scale's own.
MISSING_WORDS = frozenset(
    {"(空)", "空", "(跳过)", "跳过", "-", "--", "—", "/", "\\", ".", "n/a", "na", "null", "none", "nan", "缺失", "未答", "未作答"}
)
#: Above this a number in the dress of a date is a date.
_HIGHEST_GRADE = 1000
#: An answer is told from its first characters.
LONGEST_ANSWER = 500
_LONGEST_MISSING = 20
_ERROR_VALUE = re.compile(r"^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|[A-Z_]{2,20}!)$", re.I)
_PLAIN = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$", re.I)
_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_COMMA_GRADE = re.compile(r"^[+-]?\d{1,4},\d{1,6}\s?(?:分|points?|pts?|%)?$", re.I)
_ONE_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_POINTS = re.compile(r"(?:分|points?|pts?)$", re.I)  # of folded text, which has no spaces
_UNITS = re.compile(r"[元岁]$")
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_OPTION_MARK = re.compile(r"^\(?[a-z0-9]{1,2}[.、)]")
_CLOSING = "。.!,;、*"
_NUMBER_AND_LABEL = (
    re.compile(r"^(?P<number>\d++(?:\.\d++)?)(?:分|points?)?[-=:、.,(]*+(?P<label>[^\d()][^()]*+)\)?$"),
    re.compile(r"^(?P<label>[^\d(]+?)[(=:、-]?(?P<number>\d++(?:\.\d++)?)(?:分|points?)?\)?$"),
)


class Outcome(IntEnum):
    """What became of a raw value."""

    PLAIN = 0
    BLANK = 1
    MISSING = 2
    LABEL = 3
    TEXT_NUMBER = 4
    PERCENT = 5
    OUT_OF_SCALE = 6
    UNKNOWN = 7
    ERROR_VALUE = 8
    #: A person said what it is.
    TOLD = 9
    #: A number in the dress of a date: 8 formatted as 1900-01-08.
    DATE_DRESS = 10

    @property
    def answered(self) -> bool:
        """Whether there is a value to use."""
        return self not in (Outcome.BLANK, Outcome.MISSING, Outcome.OUT_OF_SCALE, Outcome.UNKNOWN, Outcome.ERROR_VALUE)


@dataclass(frozen=True, eq=False)
class NumberReading:
    """A column's unique values as numbers (NaN where there is none) and what became of each; codes as in the raw column."""

    raw: tuple[object, ...]
    values: npt.NDArray[np.float64]
    outcomes: npt.NDArray[np.uint8]


def folded(text: str) -> str:
    """A text for comparing values: full and half width alike, lower case, no spaces. Signs stay: ``<4M`` is not ``4M``."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold().split())


def plain_text(value: object) -> str:
    """A raw value as text: trimmed, whole numbers without ``.0``, dates in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    return unicodedata.normalize("NFC", str(value).translate(_INVISIBLE)).strip()


def is_error_value(text: str) -> bool:
    """Whether a text is a spreadsheet error such as ``#DIV/0!``; ``#N/A`` counts as one."""
    return bool(_ERROR_VALUE.match(text.strip()))


def parse_number(text: str) -> float | None:
    """A number typed as text: full-width digits, thousands separators, true minus; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("'").replace("−", "-")
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    number = float(plain) if len(plain) < 40 and _PLAIN.match(plain) else math.inf
    return number if math.isfinite(number) else None  # 1e999 is no number anybody typed


def grade_reader(scale: Scale, calendar: Calendar = "1900") -> Callable[[object], tuple[float, Outcome]]:
    """Reads one raw value as a grade of a scale.

    Numbers and numbers typed as text (``8``, ``"８"``, ``"8分"``, ``"8.0"``), labels in either language, also behind an option mark
    (``A.很满意``, ``1、很满意``), a number with its own label (``5-很满意``), percent signs on scales that end at 100, the number
    under the format of a date (``calendar``: how the workbook counts days). Missing codes and words give no answer. Anything else is
    OUT_OF_SCALE (a number) or UNKNOWN (a text).
    """
    labels = {folded(word): label.grade for label in scale.labels for word in (*label.zh_CN, *label.en)}
    missing = MISSING_WORDS | {folded(word) for word in scale.missing_labels}
    missing_codes = frozenset(scale.missing_codes)

    def graded(written: float, how: Outcome) -> tuple[float, Outcome]:
        number = scale.codes.get(written, written)
        if number in missing_codes:
            return math.nan, Outcome.MISSING
        return (number, how) if scale.is_grade(number) else (math.nan, Outcome.OUT_OF_SCALE)

    def read(value: object) -> tuple[float, Outcome]:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return graded(float(value), Outcome.PLAIN)
        if not isinstance(value, str):
            number = serial_number(value, calendar)
            dressed = number is not None and number <= _HIGHEST_GRADE
            return graded(number or 0.0, Outcome.DATE_DRESS) if dressed else (math.nan, Outcome.UNKNOWN)
        if not value.strip():
            return math.nan, Outcome.BLANK
        text = folded(value[:LONGEST_ANSWER])
        if text in labels:
            return labels[text], Outcome.LABEL
        if text in missing:
            return math.nan, Outcome.MISSING
        if is_error_value(value):
            return math.nan, Outcome.ERROR_VALUE
        number = parse_number(_POINTS.sub("", text))
        if number is not None:
            return graded(number, Outcome.TEXT_NUMBER)
        if text.endswith("%") and scale.maximum == 100 and (number := parse_number(text[:-1])) is not None:
            return graded(number, Outcome.PERCENT)
        option = _OPTION_MARK.sub("", text).rstrip(_CLOSING)
        return (labels[option], Outcome.LABEL) if option in labels else _number_with_label(text, labels)

    return read


def _number_with_label(text: str, labels: dict[str, float]) -> tuple[float, Outcome]:
    for form in _NUMBER_AND_LABEL:
        found = form.match(text)
        if found and labels.get(found["label"]) == float(found["number"]):
            return float(found["number"]), Outcome.LABEL
    return math.nan, Outcome.UNKNOWN


def read_number(value: object) -> tuple[float, Outcome]:
    """Reads one raw value as a number of an attribute or a weight; ``12%`` is 0.12."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        plain = float(value)
        return (plain, Outcome.PLAIN) if math.isfinite(plain) else (math.nan, Outcome.UNKNOWN)
    if not isinstance(value, str):
        return math.nan, Outcome.UNKNOWN
    if not value.strip():
        return math.nan, Outcome.BLANK
    text = folded(value)
    if text in MISSING_WORDS:
        return math.nan, Outcome.MISSING
    if is_error_value(value):
        return math.nan, Outcome.ERROR_VALUE
    number = parse_number(_UNITS.sub("", text.lstrip("¥")))
    if number is not None:
        return number, Outcome.TEXT_NUMBER
    if text.endswith("%") and (number := parse_number(text[:-1])) is not None:
        return number / 100, Outcome.PERCENT
    return math.nan, Outcome.UNKNOWN


def serial_number(value: object, calendar: Calendar = "1900") -> float | None:
    """The number in a cell that a spreadsheet shows as a date or a length of time; None where the date does not tell it.

    1900-02-28 is 59 or 60 (Excel knows a 29th), and 00:00 is 0 or anything below: neither is guessed.
    """
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        part = (value.hour * 3600 + value.minute * 60 + value.second) / 86400
        return part or None
    if not isinstance(value, date):
        return None
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    days = (moment.replace(tzinfo=None) - datetime(*((1904, 1, 1) if calendar == "1904" else (1899, 12, 30)))) / timedelta(days=1)
    if calendar != "1900" or days >= 61:
        return round(days, 9)
    return round(days - 1, 9) if days < 60 else None


def with_decimal_points(column: RawColumn) -> tuple[RawColumn, npt.NDArray[np.bool_]]:
    """Grades with a decimal comma (``8,0``) with a point, and which values had one; no grade has groups of thousands."""
    texts = [unicodedata.normalize("NFKC", value[:LONGEST_ANSWER]).strip() if isinstance(value, str) else "" for value in column.values]
    commas = np.array([bool(_COMMA_GRADE.match(text)) for text in texts], dtype=bool)
    values = tuple(text.replace(",", ".") if comma else value for value, text, comma in zip(column.values, texts, commas, strict=True))
    return RawColumn(values, column.codes), commas


def read_column(column: RawColumn, reader: Callable[[object], tuple[float, Outcome]]) -> NumberReading:
    """All unique values of a column through a reader."""
    pairs = [reader(value) for value in column.values]
    values = np.array([number for number, _ in pairs], dtype=np.float64)
    outcomes = np.array([outcome for _, outcome in pairs], dtype=np.uint8)
    return NumberReading(column.values, values, outcomes)


def read_numbers(column: RawColumn) -> tuple[NumberReading, npt.NDArray[np.bool_]]:
    """All unique values of a column through :func:`read_number`, and which of them were read with a decimal comma.

    A comma is a decimal one in the whole column where at least one value (``0,875``, ``1,2``) cannot be in groups of thousands and none
    forbids it: ``1,250`` beside ``0,875`` is 1.25.
    """
    texts = [unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else "" for value in column.values]
    commas = np.array([bool(_ONE_COMMA.match(text)) for text in texts], dtype=bool)
    decimal = any(comma and not _GROUPED.match(text) for comma, text in zip(commas, texts, strict=True))
    if not decimal or any(text.count(",") > 1 or {",", "."} <= set(text) for text in texts if _PLAIN.match(text.replace(",", ""))):
        return read_column(column, read_number), np.zeros(len(texts), dtype=bool)
    values = tuple(text.replace(",", ".") if comma else value for value, text, comma in zip(column.values, texts, commas, strict=True))
    reading = read_column(RawColumn(values, column.codes), read_number)
    return NumberReading(column.values, reading.values, reading.outcomes), commas


def is_blank(value: object) -> bool:
    """Whether a raw value is an empty cell or a word for one."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    if not text or len(text) > _LONGEST_MISSING or text[-1].isdigit():  # asked of every id and comment, so the plain cases come first
        return not text
    return folded(text) in MISSING_WORDS
