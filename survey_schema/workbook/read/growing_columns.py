"""Columns that grow as rows are read: unique values and a code per row from the start, so that no cell is kept as an object."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from survey_schema.workbook.read.cell_formats import shown_per_cent
from survey_schema.workbook.read.sheets import RawColumn

CHUNK_ROWS = 512
_TRUE, _FALSE = object(), object()


class GrowingColumns:
    """The columns of one sheet, filled from the top; cells nobody gave are empty."""

    def __init__(self) -> None:
        self.height = 0
        self._known: list[dict[object, int]] = []
        self._codes: list[array[int]] = []

    def add(self, rows: Iterator[Sequence[object]], width: int, *, booleans: bool, left: int = 0) -> None:
        """Put rows below those there are, each ``width`` cells from column ``left`` on.

        ``booleans``: whether some may be true or false, which would be taken for 1 and 0.
        """
        self._widen(left + width)
        place = slice(left, left + width)
        while chunk := list(islice(rows, CHUNK_ROWS)):
            for values, codes, cells in zip(self._known[place], self._codes[place], zip(*chunk, strict=True), strict=True):
                # True equals 1 as a key, so booleans travel under another name.
                column = [_TRUE if cell is True else _FALSE if cell is False else cell for cell in cells] if booleans else cells
                for value in dict.fromkeys(column):
                    values.setdefault(value, len(values))
                codes.extend(map(values.__getitem__, column))
            self.height += len(chunk)
            for beside in (*range(left), *range(left + width, len(self._codes))):
                self._fill(beside)

    def reach(self, height: int, width: int = 0) -> None:
        """Empty cells down to ``height`` rows and as far as ``width`` columns."""
        self.height = max(self.height, height)
        self._widen(width)
        for column in range(len(self._codes)):
            self._fill(column)

    def put_errors(self, errors: Iterable[tuple[int, int, str]]) -> None:
        """Write the texts of Excel errors, which calamine reads as empty, into their cells."""
        known: dict[tuple[int, str], int] = {}
        for row, column, text in errors:
            if column < len(self._codes) and row < self.height:
                if (column, text) not in known:
                    values = self._known[column]
                    known[column, text] = values.setdefault(text, len(values))
                self._codes[column][row] = known[column, text]

    def put_per_cents(self, cells: Iterable[tuple[int, int]]) -> None:
        """Write what cells formatted as per cent show, ``85%``, in the place of their number 0.85."""
        numbers: dict[int, list[object]] = {}
        for row, column in cells:
            if column < len(self._codes) and 0 <= row < self.height:
                values, codes = self._known[column], self._codes[column]
                # Texts are only ever added, so the values listed first keep their places.
                listed = numbers.setdefault(column, list(values))
                number = listed[codes[row]] if codes[row] < len(listed) else ""
                if isinstance(number, int | float):
                    shown = shown_per_cent(number)
                    codes[row] = values.setdefault(shown, len(values))

    def finished(self) -> tuple[RawColumn, ...]:
        """The columns, which then grow no more; their codes are not copied."""
        self.reach(self.height)
        return tuple(RawColumn(_named(values), _read_only(codes)) for values, codes in zip(self._known, self._codes, strict=True))

    def _widen(self, width: int) -> None:
        while len(self._codes) < width:
            self._known.append({})
            self._codes.append(array("i"))
            self._fill(len(self._codes) - 1)

    def _fill(self, column: int) -> None:
        codes = self._codes[column]
        missing = self.height - len(codes)
        if missing > 0:
            values = self._known[column]
            codes.extend(array("i", [values.setdefault("", len(values))]) * missing)


def _named(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(True if value is _TRUE else False if value is _FALSE else value for value in values)


def _read_only(codes: array[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    column = np.frombuffer(codes, dtype=np.int32) if len(codes) else np.zeros(0, dtype=np.int32)
    column.flags.writeable = False
    return column
