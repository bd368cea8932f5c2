"""One column of a kind's sheet: its unique raw values as what the store keeps, and what is wrong with those that cannot be read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from survey_schema.columns import Choice
from survey_schema.data_kinds.description import Day, Flag, KindColumn, Moment, Number, OneOf, PeriodValue, Text
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.date_order import DateOrder, DaysRead, read_days
from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.clean.clean_choices import choice_codes, nearest_name, spelling
from survey_schema.workbook.clean.clean_columns import opaque_id
from survey_schema.workbook.clean.clean_dates import may_be_october
from survey_schema.workbook.clean.clean_values import Outcome, folded, is_blank, is_error_value, plain_text, read_number
from survey_schema.workbook.read.sheets import Calendar
from words.language import Message, message
from words.lists import Listed
from words.periods import Period

_YES = frozenset({"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "0", "×", "x"})
_TIME = re.compile(r"[T\s](\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?$")
#: Plans and limits may lie ahead; what happened may not. Lists hold days of both.
_YEARS_AHEAD = 10
_LONGEST_TEXT = 2_000
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Fault:
    """Why a value cannot be read. ``code`` is the finding where its row is lost, ``lesser`` where only the value is."""

    code: str
    lesser: str
    found: Message
    advice: Message


@dataclass(frozen=True)
class ColumnReading:
    """Stored values by unique raw value (None where blank or faulty) and what is wrong with which.

    ``doubts`` are values that are kept and yet worth a look; ``masked`` those that were changed for privacy; ``days`` how days were read.
    """

    values: tuple[Any, ...]
    faults: dict[int, Fault]
    doubts: dict[int, Fault] = field(default_factory=dict)
    masked: frozenset[int] = frozenset()
    days: DaysRead | None = None


@dataclass(frozen=True)
class ReadingContext:
    """What reading needs to know beside the column."""

    schema: SurveySchema
    today: date
    id_key: bytes
    order: DateOrder | None = None
    calendar: Calendar = "1900"


def read_values(column: KindColumn, values: Sequence[object], present: Sequence[bool], context: ReadingContext) -> ColumnReading:
    """All unique values of a column; ``present`` are those that stand in rows of data."""
    if isinstance(column.value, Day | Moment):
        return _days(column.value, values, present, context)
    if isinstance(column.value, Text):
        return _texts(column, column.value, values, context)
    readers: dict[type, Callable[[], Callable[[object], Any]]] = {
        PeriodValue: lambda: _period_reader(column.value),  # type: ignore[arg-type]
        Number: lambda: _number_reader(column.value, values, present),  # type: ignore[arg-type]
        OneOf: lambda: _choice_reader(column, column.value, context.schema),  # type: ignore[arg-type]
        Flag: lambda: _flag,
    }
    read = readers[type(column.value)]()
    found = [None if is_blank(value) else read(value) for value in values]
    faults = {place: each for place, each in enumerate(found) if isinstance(each, Fault)}
    stored = tuple(None if isinstance(each, Fault) else each for each in found)
    return ColumnReading(stored, faults, _doubts(column, stored, context.schema))


def _doubts(column: KindColumn, stored: Sequence[Any], schema: SurveySchema) -> dict[int, Fault]:
    """Branches that are not listed where the list is open, and look like one that is: a slip of the pen makes another branch."""
    if not isinstance(column.value, OneOf) or column.value.source != "branch":
        return {}
    known = known_choices(column.value, schema)
    codes = {choice.code for choice in known.choices}
    titles = [title for choice in known.choices for title in (choice.title.zh_CN, choice.title.en)]
    doubts = {}
    for place, value in enumerate(stored):
        near = nearest_name(value, titles) if value is not None and value not in codes else None
        if near is not None:
            found = message("The name is not listed; the nearest known one is {near}. It is kept as another branch.", near=near)
            doubts[place] = Fault("new_name", "new_name", found, _CORRECT_NAME)
    return doubts


def _number_reader(value: Number, values: Sequence[object], present: Sequence[bool]) -> Callable[[object], float | Fault]:
    fractions = value.per_cent and _are_fractions(values, present)

    def read(raw: object) -> float | Fault:
        number, outcome = read_number(raw)
        if not outcome.answered:
            found = message("A number is expected here.")
            return Fault("number_expected", "not_a_number", found, message("Write a plain number, without words."))
        if value.per_cent and (outcome is Outcome.PERCENT or fractions):
            number = round(number * 100, 9)
        if (value.low is not None and number < value.low) or (value.high is not None and number > value.high):
            return Fault("out_of_bounds", "out_of_scale", _bounds(value), message("Correct the number."))
        if value.whole and not number.is_integer():
            return Fault("out_of_bounds", "out_of_scale", message("A whole number is expected here."), message("Correct the number."))
        return number

    return read


def _are_fractions(values: Sequence[object], present: Sequence[bool]) -> bool:
    """Whether a column of shares holds fractions of 1, as cells that once were formatted as per cent do."""
    numbers = [read_number(value)[0] for value, here in zip(values, present, strict=True) if here and not isinstance(value, str)]
    numbers = [number for number in numbers if not math.isnan(number)]
    return bool(numbers) and max(numbers) <= 1 and any(not number.is_integer() for number in numbers)


def _bounds(value: Number) -> Message:
    if value.high is None:
        return message("The number may not be below {low}.", low=f"{value.low:g}")
    if value.low is None:
        return message("The number may not be above {high}.", high=f"{value.high:g}")
    return message("A number from {low} to {high} is expected here.", low=f"{value.low:g}", high=f"{value.high:g}")


def _flag(raw: object) -> bool | Fault:
    word = folded(plain_text(raw))
    if word in _YES or word in _NO:
        return word in _YES
    return Fault("yes_or_no", "unknown_value", message("Yes or no is expected here."), message("Write yes or no (是 or 否)."))


def _period_reader(value: PeriodValue) -> Callable[[object], str | Fault]:
    wanted = message("a month, such as 2026-06") if value.months_only else message("a period, such as 2026Q2 or 2026-06")
    fault = Fault(
        "impossible_period", "impossible_date", message("The cell names no period; expected {wanted}.", wanted=wanted),
        message("Correct the cell."),
    )  # fmt: skip

    def read(raw: object) -> str | Fault:
        if may_be_october(raw):
            advice = message("Write 2026-01 or 2026-10.")
            return Fault(
                fault.code, fault.lesser,
                message("The number may be January or October: a spreadsheet drops the zero of 2026.10."), advice,
            )  # fmt: skip
        day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else None
        period = Period(day, "day") if day is not None else Period.parse(plain_text(raw)[:40])
        if period is None:
            return fault
        if period.kind == "day" and (value.months_only or period.first_day.day == 1):
            period = Period(period.first_day.replace(day=1), "month")
        return fault if value.months_only and period.kind != "month" else period.label

    return read


def _choice_reader(column: KindColumn, value: OneOf, schema: SurveySchema) -> Callable[[object], str | Fault]:
    known = known_choices(value, schema)
    names = choice_codes(known.choices)
    spellings: dict[str, str] = {}

    def read(raw: object) -> str | Fault:
        text = plain_text(raw)[:_LONGEST_NAME]
        code = names.get(folded(text))
        if code is not None:
            return code
        if not known.closed and not is_error_value(text):
            return spellings.setdefault(spelling(text), masked(text))
        return _unknown_name(column, text, known.choices)

    return read


def _unknown_name(column: KindColumn, text: str, choices: Sequence[Choice]) -> Fault:
    titles = [title for choice in choices for title in (choice.title.zh_CN, choice.title.en)]
    near = nearest_name(text, titles)
    code = "unknown_branch" if column.code == "branch" else "unknown_name"
    if near is not None:
        return Fault(code, "unknown_value", message("The name is not known; the nearest known one is {near}.", near=near), _CORRECT_NAME)
    listed = Listed([choice.title for choice in choices], 6)
    return Fault(code, "unknown_value", message("The name is not known. Known are: {known}.", known=listed), _CORRECT_NAME)


_CORRECT_NAME = message("Correct the name, or add it to the survey's schema.")


def _texts(column: KindColumn, value: Text, values: Sequence[object], context: ReadingContext) -> ColumnReading:
    found: list[str | None] = []
    changed: set[int] = set()
    for place, raw in enumerate(values):
        if is_blank(raw):
            found.append(None)
            continue
        text = plain_text(raw)[: _LONGEST_TEXT if value.sentence else _LONGEST_NAME]
        kept = masked(text, sentence=value.sentence)
        if value.person is not None and (kept != text or (value.person == "staff" and not any(sign.isdigit() for sign in text))):
            kept = opaque_id(f"{context.schema.name}/{column.code}", text, context.id_key)
        if kept != text:
            changed.add(place)
        found.append(kept)
    return ColumnReading(tuple(found), {}, masked=frozenset(changed))


def _days(value: Day | Moment, values: Sequence[object], present: Sequence[bool], context: ReadingContext) -> ColumnReading:
    latest = context.today + timedelta(days=366 * _YEARS_AHEAD if isinstance(value, Day) else 1)
    bare = [_TIME.sub("", raw) if isinstance(raw, str) else raw for raw in values]
    read = read_days(bare, present, latest, context.order, from_1904=context.calendar == "1904")
    fault = Fault(
        "impossible_day", "impossible_date", message("The cell is not a possible date."),
        message("Write dates as 2026-06-15; days before 1990 and far ahead are refused."),
    )  # fmt: skip
    found: list[date | datetime | None] = []
    faults: dict[int, Fault] = {}
    for place, (raw, day) in enumerate(zip(values, read.days, strict=True)):
        if day is None and not is_blank(raw):
            faults[place] = fault
        found.append(day if day is None or isinstance(value, Day) else datetime.combine(day, _time_of(raw)))
    return ColumnReading(tuple(found), faults, days=read)


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
