"""What an SPSS file (.sav, .zsav) holds, as one sheet: the names of its variables over their labels, a row for each case below.

Runs in the worker process (:mod:`survey_schema.workbook.worker.run_limited`). The file is read a few columns at a time, so that memory does
not grow with the product of rows and columns; what it says of its size is looked at before any case is read.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyreadstat
from pyreadstat import ReadstatError

from survey_schema.workbook.read.read_worker import RefusedError, check_size
from survey_schema.workbook.read.sav_labels import LabelledValues
from survey_schema.workbook.read.sheets import HEAD_ROWS, AnswerSet, RawColumn, Sheet
from survey_schema.workbook.worker.read_limits import ReadLimits

#: Cells read in one pass over the file.
CELLS_AT_ONCE = 4_000_000
_CHINESE, _WESTERN = "GB18030", "WINDOWS-1252"
#: What files say that were written where every byte is a letter.
_SINGLE_BYTE = frozenset({"WINDOWS-1252", "ISO-8859-1", "ISO-8859-15", "LATIN1", "CP1252", "US-ASCII", "ASCII"})
_ROWS_LOOKED_AT = 200
_NEARLY_ALL = 0.8
_BEGINNING = datetime(1582, 10, 14)
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR")
_MOMENTS = ("DATETIME", "YMDHMS")
_TIMES = ("TIME", "DTIME", "MTIME")


def read_sav_file(content: bytes, limits: ReadLimits) -> tuple[Sheet, ...]:
    """An SPSS file as one worksheet without a name.

    Values with a label are their label, declared missing values are empty cells. Raises :class:`RefusedError` beyond a limit or where the
    file is damaged or breaks off.
    """
    encoding, about = _described(content)
    names = tuple(about.column_names)
    if not names:
        raise RefusedError("sav_damaged")
    rows = about.number_rows or len(_read(content, encoding, usecols=[names[0]], row_limit=limits.max_rows + 1)[0][names[0]])
    check_size("", rows + HEAD_ROWS, len(names), limits, len(content))
    if rows * len(names) > limits.max_cells:
        raise RefusedError("cells", found=rows * len(names), limit=limits.max_cells)
    columns: list[RawColumn] = []
    missing: list[int] = []
    for part in _parts(names, rows):
        values = _read(content, encoding, usecols=list(part))[0]
        for name in part:
            column, declared = _column(name, values.pop(name), about)
            columns.append(column)
            missing.append(declared)
    height = len(columns[0].codes)
    declared_sets = _answer_sets(about)
    return (Sheet("", False, height, len(names), tuple(columns), names=names, answer_sets=declared_sets, declared_missing=tuple(missing)),)


def _parts(names: Sequence[str], rows: int) -> Iterator[Sequence[str]]:
    wide = max(1, CELLS_AT_ONCE // max(rows, 1))
    for start in range(0, len(names), wide):
        yield names[start : start + wide]


def _read(content: bytes, encoding: str | None, **how: Any) -> tuple[dict[str, list[object]], Any]:
    try:
        values, about = pyreadstat.read_sav(
            io.BytesIO(content), encoding=encoding, output_format="dict", user_missing=True, disable_datetime_conversion=True, **how
        )
    except ReadstatError as error:
        raise RefusedError("sav_half" if "expected number of rows" in str(error) else "sav_damaged") from error
    return values, about


def _described(content: bytes) -> tuple[str | None, Any]:
    """The encoding to read a file in (None: the one it names) and what it says of itself.

    A file that names none, or one in which every byte is a letter, may be Chinese: its letters are pairs of common characters then.
    Where it cannot be read as it says, and is not Chinese, every byte is a letter.
    """
    try:
        about = _read(content, None, metadataonly=True)[1]
    except (RefusedError, UnicodeError):
        about = None
    if about and about.file_encoding and about.file_encoding.upper() not in _SINGLE_BYTE:
        return None, about
    try:
        again = _read(content, _CHINESE, metadataonly=True)[1]
        first = _read(content, _CHINESE, row_limit=_ROWS_LOOKED_AT, usecols=_texts(again))[0]
        if _is_chinese("".join(_all_texts(again, first))):
            return _CHINESE, again
    except (RefusedError, UnicodeError):
        pass
    return (None, about) if about else (_WESTERN, _read(content, _WESTERN, metadataonly=True)[1])


def _texts(about: Any) -> list[str]:
    """Names of the variables that hold texts; the first one where there is none, for no name would mean all."""
    return [name for name, kind in about.readstat_variable_types.items() if kind == "string"] or list(about.column_names[:1])


def _all_texts(about: Any, values: Mapping[str, Sequence[object]]) -> Iterator[str]:
    yield from filter(None, about.column_labels)
    yield from (str(text) for labels in about.variable_value_labels.values() for text in labels.values())
    yield from (value for column in values.values() for value in column if isinstance(value, str))


def _is_chinese(text: str) -> bool:
    """Whether what is not ASCII is nearly all in the commonest Chinese characters and their signs (rows 1-3 and 16-55 of GB 2312).

    Western letters read by mistake as pairs fall outside: small letters with accents begin the rows of rare characters.
    """
    foreign = [sign for sign in text if not sign.isascii()]
    rows = [sign.encode("gb2312", "replace")[0] - 0xA0 for sign in foreign]
    return bool(foreign) and sum(1 <= row <= 3 or 16 <= row <= 55 for row in rows) >= _NEARLY_ALL * len(foreign)


def _column(name: str, values: Sequence[object], about: Any) -> tuple[RawColumn, int]:
    """A variable as a column below its name and label, and how many of its values are declared missing."""
    known: dict[object, int] = {}
    codes = np.fromiter((known.setdefault(_plain(value), len(known)) for value in values), np.int32, len(values))
    unique = list(known)
    dressed = _date_reader(about.original_variable_types.get(name) or "")
    reading = LabelledValues(about.variable_value_labels.get(name) or {}, _missing_test(name, about), dressed)
    shown, declared = reading.cells(unique)
    head = [name, about.column_names_to_labels.get(name) or ""]
    cells: dict[tuple[type, object], int] = {}
    places = np.array([cells.setdefault((type(cell), cell), len(cells)) for cell in [*head, *shown]], dtype=np.int32)
    column = RawColumn(tuple(cell for _kind, cell in cells), np.concatenate([places[:HEAD_ROWS], places[HEAD_ROWS:][codes]]))
    counts = np.bincount(codes, minlength=len(unique))
    return column, int(counts[declared].sum())


def _plain(value: object) -> object:
    """A value as a key: no answer is an empty cell, and a number that is none too."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return value


def _missing_test(name: str, about: Any) -> Callable[[object], bool]:
    ranges = about.missing_ranges.get(name) or []
    words = {each["lo"] for each in ranges if isinstance(each["lo"], str)} | set(about.missing_user_values.get(name) or [])
    spans = [(each["lo"], each["hi"]) for each in ranges if not isinstance(each["lo"], str)]

    def declared(value: object) -> bool:
        if isinstance(value, int | float):
            return any(low <= value <= high for low, high in spans)
        return value != "" and value in words

    return declared


def _date_reader(form: str) -> Callable[[float], object] | None:
    """How the numbers of a variable in a format of dates are read; None for other formats. A moment beyond the calendar stays a number."""
    kind = form.rstrip("0123456789.").upper()
    if kind in _TIMES:
        return lambda seconds: timedelta(seconds=seconds) if abs(seconds) < 1e12 else seconds
    if kind not in (*_DATES, *_MOMENTS):
        return None

    def read(seconds: float) -> object:
        try:
            moment = _BEGINNING + timedelta(seconds=seconds)
        except OverflowError:
            return seconds
        return moment if kind in _MOMENTS else date(moment.year, moment.month, moment.day)

    return read


def _answer_sets(about: Any) -> tuple[AnswerSet, ...]:
    """The multiple-response sets a file declares; names of variables may be written in other cases there."""
    known = {name.casefold(): name for name in about.column_names}
    found = []
    for name, declared in about.mr_sets.items():
        columns = tuple(known[each.casefold()] for each in declared["variable_list"] if each.casefold() in known)
        if len(columns) > 1:
            found.append(AnswerSet(str(declared.get("label") or name.lstrip("$")), columns))
    return tuple(found)
