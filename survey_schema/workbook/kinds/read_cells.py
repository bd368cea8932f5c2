"""One column of a kind's sheet: its unique raw values as what the store keeps, and what is wrong with those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.columns import Choice, Role
from survey_schema.data_kinds.description import LARGEST_NUMBER, Day, Flag, KindColumn, Moment, Number, OneOf, PeriodValue, Text
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.harmless_codes import harmless_codes
from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.clean.clean_choices import choice_codes, nearest_name, spelling
from survey_schema.workbook.clean.clean_columns import opaque_id
from survey_schema.workbook.clean.clean_dates import may_be_october
from survey_schema.workbook.clean.clean_values import Outcome, folded, is_error_value, plain_text, read_number
from survey_schema.workbook.kinds.column_reading import ColumnReading, Fault, ReadingContext
from survey_schema.workbook.kinds.read_moments import read_moments
from survey_schema.workbook.kinds.unique_values import Mask, UniqueValues, put_texts
from survey_schema.workbook.match.total_words import is_word_for_all
from words.language import Message, message
from words.lists import Listed
from words.periods import Period

_YES = frozenset({"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "0", "×", "x"})
_LONGEST_TEXT = 2_000
_LONGEST_NAME = 200
#: For so many different unknown names of a column the nearest known one is looked for; a column of other things has as many as rows.
_MOST_NEAREST = 200


def read_values(column: KindColumn, unique: UniqueValues, present: Mask, context: ReadingContext) -> ColumnReading:
    """All unique values of a column; ``present`` are those that stand in rows of data."""
    if isinstance(column.value, Day | Moment):
        return read_moments(column, unique.values, present, context)
    if isinstance(column.value, Text):
        return _texts(column, column.value, unique, context)
    if isinstance(column.value, Number):
        return _numbers(column, column.value, unique, present)
    readers: dict[type, Callable[[], Callable[[object], Any]]] = {
        PeriodValue: lambda: _period_reader(column.value, context.today),  # type: ignore[arg-type]
        OneOf: lambda: _choice_reader(column, column.value, context),  # type: ignore[arg-type]
        Flag: lambda: _flag,
    }
    read = readers[type(column.value)]()
    found = [None if blank else read(value) for value, blank in zip(unique.values, unique.blank, strict=True)]
    faults = {place: each for place, each in enumerate(found) if isinstance(each, Fault)}
    stored = [None if isinstance(each, Fault) else each for each in found]
    return ColumnReading(pa.array(stored, column.stored), faults, _doubts(column, stored, context.schema))


def _doubts(column: KindColumn, stored: Sequence[Any], schema: SurveySchema) -> dict[int, Fault]:
    """Branches and KPIs that are not listed where the list is open, and look like one that is: a slip of the pen makes another."""
    if not isinstance(column.value, OneOf) or column.value.source not in ("branch", "kpi"):
        return {}
    known = known_choices(column.value, schema)
    codes = {choice.code for choice in known.choices}
    titles = [title for choice in known.choices for title in (choice.title.zh_CN, choice.title.en)]
    doubts = {}
    unlisted = [place for place, value in enumerate(stored) if value is not None and value not in codes]
    for place in unlisted[:_MOST_NEAREST]:
        if column.value.source == "branch" and is_word_for_all(stored[place]):
            doubts[place] = Fault("new_name", "new_name", _TOTAL_AS_BRANCH, _CORRECT_TOTAL)
            continue
        near = nearest_name(stored[place], titles)
        if near is not None:
            found = message("The name is not listed; the nearest known one is {near}. It is kept as another branch.", near=near)
            if column.value.source == "kpi":
                found = message("The name is not listed; the nearest known one is {near}. It is kept as another KPI.", near=near)
            doubts[place] = Fault("new_name", "new_name", found, _CORRECT_NAME)
    return doubts


def _numbers(column: KindColumn, value: Number, unique: UniqueValues, present: Mask) -> ColumnReading:
    """Numbers within their bounds; a share written 0.12 or 12 % is 12."""
    numbers = unique.numbers.copy()
    if value.per_cent:
        fractions = _are_fractions(numbers[unique.plain_numbers & present])
        for place in np.flatnonzero(~np.isnan(numbers)).tolist():
            if fractions or read_number(unique.values[place])[1] is Outcome.PERCENT:
                numbers[place] = round(numbers[place] * 100, 9)
    elif not value.fractions:  # half of what, nobody knows
        for place in np.flatnonzero(~unique.plain_numbers & ~np.isnan(numbers)).tolist():
            if read_number(unique.values[place])[1] is Outcome.PERCENT:
                numbers[place] = np.nan
    missing = np.isnan(numbers)
    huge = np.abs(numbers) > LARGEST_NUMBER
    beyond = np.zeros(len(numbers), dtype=bool)
    if value.low is not None:
        beyond |= numbers < value.low
    if value.high is not None:
        beyond |= numbers > value.high
    broken = np.zeros(len(numbers), dtype=bool) if not value.whole else ~missing & ~beyond & (numbers != np.rint(numbers))
    faults = {
        **dict.fromkeys(np.flatnonzero(missing & ~unique.blank).tolist(), _NO_NUMBER),
        **dict.fromkeys(np.flatnonzero(beyond).tolist(), _out_of_bounds(_bounds(value))),
        **dict.fromkeys(np.flatnonzero(broken).tolist(), _out_of_bounds(message("A whole number is expected here."))),
        **dict.fromkeys(np.flatnonzero(huge).tolist(), _TOO_LARGE),
    }
    return ColumnReading(pa.array(numbers, column.stored, mask=missing | beyond | broken | huge), faults)


def _are_fractions(numbers: npt.NDArray[np.float64]) -> bool:
    """Whether a column of shares holds fractions of 1, as cells that once were formatted as per cent do."""
    known = numbers[~np.isnan(numbers)]
    return bool(known.size) and bool(known.max() <= 1) and bool((known != np.rint(known)).any())


def _bounds(value: Number) -> Message:
    if value.high is None:
        return message("The number may not be below {low}.", low=f"{value.low or 0:g}")
    if value.low is None:
        return message("The number may not be above {high}.", high=f"{value.high:g}")
    return message("A number from {low} to {high} is expected here.", low=f"{value.low:g}", high=f"{value.high:g}")


_NO_NUMBER = Fault(
    "number_expected", "not_a_number", message("A number is expected here."), message("Write a plain number, without words.")
)  # fmt: skip


def _out_of_bounds(found: Message) -> Fault:
    return Fault("out_of_bounds", "out_of_scale", found, message("Correct the number."))


_TOO_LARGE = Fault(
    "out_of_bounds", "out_of_scale", message("No figure of a survey is that large; expected at most a million million (1e12) either way."),
    message("Correct the number, or state it in a larger unit."),
)  # fmt: skip


def _flag(raw: object) -> bool | Fault:
    word = folded(plain_text(raw))
    if word in _YES or word in _NO:
        return word in _YES
    return Fault("yes_or_no", "unknown_value", message("Yes or no is expected here."), message("Write yes or no (是 or 否)."))


def _period_reader(value: PeriodValue, today: date) -> Callable[[object], str | Fault]:
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
        if value.past and period.first_day > today:
            return Fault(fault.code, fault.lesser, message("The period begins after today."), message("Correct the cell."))
        return fault if value.months_only and period.kind != "month" else period.label

    return read


def _choice_reader(column: KindColumn, value: OneOf, context: ReadingContext) -> Callable[[object], str | Fault]:
    known = known_choices(value, context.schema)
    said = {word: name for word, name in meant(value, context).items() if name is not None}
    names = choice_codes(known.choices)
    codes = set(names.values())
    spellings: dict[str, str] = {}
    unknown = count()

    def read(raw: object) -> str | Fault:
        text = plain_text(raw)[:_LONGEST_NAME]
        code = names.get(folded(text))
        if code is not None:
            return code
        if (word := folded(text)) in said and (not known.closed or said[word] in codes):
            return said[word]
        if not known.closed and not is_error_value(text):
            return spellings.setdefault(spelling(text), masked(text))
        return _unknown_name(column, text, known.choices, nearest=next(unknown) < _MOST_NEAREST)

    return read


def meant(value: OneOf, context: ReadingContext) -> Mapping[str, str | None]:
    """What a person said about names of the survey's column that a column of a kind names too; nothing for lists of its own."""
    column = context.schema.column_for(Role(value.source)) if value.source in ("branch", "operator", "business_line") else None
    return context.names.get(column.code, {}) if column else {}


def _unknown_name(column: KindColumn, text: str, choices: Sequence[Choice], *, nearest: bool) -> Fault:
    titles = [title for choice in choices for title in (choice.title.zh_CN, choice.title.en)]
    near = nearest_name(text, titles) if nearest else None
    code = "unknown_branch" if column.code == "branch" else "unknown_name"
    if near is not None:
        return Fault(code, "unknown_value", message("The name is not known; the nearest known one is {near}.", near=near), _CORRECT_NAME)
    listed = Listed([choice.title for choice in choices], 6)
    return Fault(code, "unknown_value", message("The name is not known. Known are: {known}.", known=listed), _CORRECT_NAME)


_TOTAL_AS_BRANCH = message("The name reads like all branches together. It is kept as another branch, beside the others.")
_CORRECT_TOTAL = message("Leave the cell empty for the whole company, or delete the row if it adds up the others.")
_CORRECT_NAME = message("Correct the name, or add it to the survey's schema.")


def _too_long(texts: pa.Array, unique: UniqueValues, longest: int) -> dict[int, Fault]:
    lengths = np.asarray(pc.fill_null(pc.utf8_length(pc.utf8_trim_whitespace(texts)), 0))
    return {
        place: Fault(
            "text_too_long", "text_too_long",
            message("The text has {length} characters; at most {longest} are taken.", length=int(lengths[place]), longest=longest),
            message("Shorten the text."),
        )
        for place in np.flatnonzero((lengths > longest) & ~unique.blank).tolist()
    }  # fmt: skip


def _texts(column: KindColumn, value: Text, unique: UniqueValues, context: ReadingContext) -> ColumnReading:
    """Texts with private data masked; those told at once to be harmless codes stay as they are."""
    if value.person == "respondent":
        return _respondents(unique, context)
    texts = unique.texts
    others = {place: plain_text(unique.values[place]) for place in np.flatnonzero(np.asarray(texts.is_null())).tolist()}
    texts = put_texts(texts, others)
    changed: set[int] = set()
    changes: dict[int, str | None] = {}
    faults = _too_long(texts, unique, value.longest) if value.longest is not None else {}
    for place in np.flatnonzero(~harmless_codes(texts)).tolist():
        raw = unique.values[place]
        if unique.blank[place]:
            changes[place] = None
            continue
        text = plain_text(raw)[: _LONGEST_TEXT if value.sentence else _LONGEST_NAME]
        kept = masked(text, sentence=value.sentence)
        if value.person is not None and (kept != text or (value.person == "staff" and not any(sign.isdigit() for sign in text))):
            kept = opaque_id(f"{context.schema.name}/{column.code}", text, context.id_key)
        if kept != text:
            changed.add(place)
        changes[place] = kept
    return ColumnReading(put_texts(texts, changes | dict.fromkeys(faults)), faults, masked=frozenset(changed))


def _respondents(unique: UniqueValues, context: ReadingContext) -> ColumnReading:
    """Ids as responses have them: an id of the operator's own made opaque, one that left the store as it was stored."""
    read = [
        None if blank else opaque_id(context.schema.name, plain_text(value)[:_LONGEST_NAME], context.id_key)
        for value, blank in zip(unique.values, unique.blank, strict=True)
    ]
    return ColumnReading(pa.array(read, pa.string()), {}, masked=frozenset(place for place, each in enumerate(read) if each is not None))
