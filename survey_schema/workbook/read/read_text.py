"""Delimited text (.csv, .txt) as rows: which encoding, which delimiter. Runs in the reading process."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from survey_schema.workbook.read.sheets import ReadingNote

DELIMITERS = (",", "\t", ";", "|")
LINES_LOOKED_AT = 50
LONGEST_CELL = 1_000_000
#: A stray control character is a slip of the program that wrote the text; many mean that it is no text.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_FEW_CONTROLS = 20
_NOTES_KEPT = 1_000
_ROWS_TO_TELL = 3


class NotTextError(Exception):
    """The bytes are no text in any encoding we read."""


def text_encoding(content: bytes) -> str:
    """UTF-8, UTF-16 or GB18030: the first in which the whole file can be read."""
    head = content[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif head[1::2].count(0) > len(head) / 8:
        candidates = ["utf-16-le"]
    elif head[0::2].count(0) > len(head) / 8:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        if _is_text_in(content, encoding):
            return encoding
    raise NotTextError


def _opened(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _is_text_in(content: bytes, encoding: str) -> bool:
    try:
        with _opened(content, encoding) as source:
            while chunk := source.read(1 << 20):
                if "\x00" in chunk or len(_CONTROL.findall(chunk)) > max(_FEW_CONTROLS, len(chunk) // 1000):
                    return False
    except UnicodeError:
        return False
    return True


def text_delimiter(sample: list[str]) -> str:
    """The delimiter that cuts the first lines into the most even rows; a comma when none does."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if row)
        if not widths:
            return (0.0, 0)
        width, rows = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]))
        return (rows / widths.total() if width > 1 else 0.0, width)

    return max(DELIMITERS, key=evenness)


def text_rows(content: bytes) -> tuple[int, Iterator[list[object]], list[ReadingNote]]:
    """The widest row's number of cells, the rows, filled up to that width, and what is odd, which is complete after the last row."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = text_encoding(content)
    with _opened(content, encoding) as source:
        delimiter = text_delimiter(list(islice(source, LINES_LOOKED_AT)))
    try:
        with _opened(content, encoding) as source:
            width = max((_used(row) for row in csv.reader(source, delimiter=delimiter)), default=0)
    except csv.Error as error:
        raise NotTextError from error
    notes: list[ReadingNote] = []
    return width, _rows(content, encoding, delimiter, width, notes), notes


def _used(row: list[str]) -> int:
    """Cells up to the last one with content: spreadsheets write lines of bare delimiters."""
    used = len(row)
    while used and not row[used - 1]:
        used -= 1
    return used


def _rows(content: bytes, encoding: str, delimiter: str, width: int, notes: list[ReadingNote]) -> Iterator[list[object]]:
    waiting, number = 0, 0
    empty: list[object] = [""] * width
    lengths: Counter[int] = Counter()
    last = 0
    with _opened(content, encoding) as source:
        for row in csv.reader(source, delimiter=delimiter):
            if not any(row):
                waiting += 1  # empty lines count only when another row follows
                continue
            for _ in range(waiting):
                yield empty
            number += waiting + 1
            waiting, last = 0, len(row)
            lengths[last] += 1
            yield [*(_without_controls(cell, number - 1, place, notes) for place, cell in enumerate(row[:width])), *empty[len(row) :]]
    usual = max(lengths, default=0)
    if last < usual and lengths == {usual: lengths.total() - 1, last: 1} and lengths.total() > _ROWS_TO_TELL:
        notes.append(ReadingNote("half", number - 1, max(last - 1, 0)))


def _without_controls(cell: str, row: int, column: int, notes: list[ReadingNote]) -> str:
    if cell.isprintable():
        return cell
    clean = _CONTROL.sub("", cell)
    if clean != cell and len(notes) < _NOTES_KEPT:
        notes.append(ReadingNote("control", row, column))
    return clean
