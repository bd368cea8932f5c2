"""Raw grids: what a workbook holds before anybody asks what it means.

Cells are kept column by column as codes into the column's unique values, because survey columns repeat a
handful of answers thousands of times: every later check looks at unique values, not at cells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

#: Columns a merged name of a group may reach over.
_WIDEST_NAME = 2
#: Rows above the first case of an SPSS file: the names of its variables and their labels.
HEAD_ROWS = 2
#: What a workbook's content is; the extension of its name is not asked.
Kind = Literal["xlsx", "xlsm", "xlsb", "xls", "ods", "text", "sav"]
#: How numbers count days: as Excel does, with a 29th of February 1900; from 1904-01-01; as OpenDocument does, without that day.
Calendar = Literal["1900", "1904", "open"]


def column_letters(column: int) -> str:
    """Letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Reference of a 0-based cell: (11, 2) → C12."""
    return f"{column_letters(column)}{row + 1}"


@dataclass(frozen=True, eq=False)
class RawColumn:
    """One column of a sheet.

    ``values`` are the unique raw cell values in order of first appearance (float, int, str, bool, datetime,
    date, time or timedelta; ``''`` is an empty cell); ``codes`` (int32, one per row, read-only) says which of them
    stands in each row.
    """

    values: tuple[object, ...]
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, cells: Iterable[object]) -> RawColumn:
        """A column from its cells, top to bottom."""
        known: dict[tuple[type, object], int] = {}
        codes = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
        return cls(tuple(value for _, value in known), np.array(codes, dtype=np.int32))


@dataclass(frozen=True)
class ReadingNote:
    """Something odd about a text file: ``control`` characters taken out of a cell, or a ``half`` last row, cut off."""

    kind: Literal["control", "half"]
    row: int
    column: int


@dataclass(frozen=True)
class SheetPart:
    """Rows of another sheet in a joined one: those from its row ``first`` on stand from row ``start`` on, all from 0.

    ``columns``: column of the joined sheet → its own.
    """

    name: str
    start: int
    first: int
    columns: Mapping[int, int]


@dataclass(frozen=True)
class AnswerSet:
    """A question with several answers as an SPSS file declares it: its label and the names of its variables."""

    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One worksheet, from A1 to its last cell with content; rows and columns are counted from 0.

    ``merged`` holds (first row, first column, last row, last column), all included. An Excel error stands in its
    cell as its text, such as ``#DIV/0!`` (.xlsx and .xlsm). ``formulas_without_value`` lists up to 1,000 cells whose formula was
    never calculated and which therefore read as empty; ``formulas_without_value_total`` is their true number. ``placeholders``: formulas
    whose value 0 is a placeholder, for the file asks for calculation on opening; at most 1,000 of each column.
    ``hidden_rows``: rows hidden by hand or by a filter, read like the others. A cell formatted as per cent is the text it shows,
    ``85%`` (.xlsx and .xlsm). ``notes``: what was odd about the file itself. ``calendar``: how numbers count days. ``parts``: the sheets
    a joined one was made of (:mod:`survey_schema.workbook.read.join_sheets`), ``names_column`` the column with their names.

    An SPSS file is a sheet with the ``names`` of its variables over their labels, so that its first case stands in the third row; places
    are said by name and case. ``answer_sets``: its multiple-response sets; ``declared_missing``: how many values of each column the file
    declares to be missing, which are empty cells here.
    """

    name: str
    hidden: bool
    height: int
    width: int
    columns: tuple[RawColumn, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas_without_value: tuple[tuple[int, int], ...] = ()
    formulas_without_value_total: int = 0
    placeholders: tuple[tuple[int, int], ...] = ()
    hidden_rows: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    calendar: Calendar = "1900"
    notes: tuple[ReadingNote, ...] = ()
    parts: tuple[SheetPart, ...] = ()
    names_column: int | None = None
    names: tuple[str, ...] = ()
    answer_sets: tuple[AnswerSet, ...] = ()
    declared_missing: tuple[int, ...] = ()

    @classmethod
    def of(cls, name: str, rows: Iterable[Iterable[object]], *, hidden: bool = False) -> Sheet:
        """A sheet from its rows; short rows are filled up with empty cells."""
        grid = [tuple(row) for row in rows]
        width = max((len(row) for row in grid), default=0)
        filled = [row + ("",) * (width - len(row)) for row in grid]
        columns = tuple(RawColumn.of(cells) for cells in zip(*filled, strict=True))
        return cls(name, hidden, len(grid), width, columns)

    def cell(self, row: int, column: int) -> object:
        """The raw value of one cell; ``''`` outside the sheet."""
        if not (0 <= row < self.height and 0 <= column < self.width):
            return ""
        found = self.columns[column]
        return found.values[found.codes[row]]

    def column_name(self, column: int) -> str:
        """What a column is called: the name of a variable, else its letters."""
        return self.names[column] if column < len(self.names) else column_letters(column)

    def place_name(self, row: int, column: int) -> str:
        """What a cell is called in its own sheet: ``F23``, or name and case of a variable, ``q1:23``."""
        _sheet, own_row, own_column = self.own_place(row, column)
        return f"{self.names[column]}:{self.own_number(own_row)}" if self.names else cell_name(own_row, own_column)

    def own_number(self, row: int) -> int:
        """The number a row has in the file: cases of an SPSS file are counted from 1 below the two rows of its names."""
        return row + 1 - HEAD_ROWS if self.names else row + 1

    def own_place(self, row: int, column: int) -> tuple[str, int, int]:
        """The sheet of the file a cell stands in, its row and its column there; a column made of the names of sheets is at the left."""
        if not self.parts:
            return self.name, row, column
        part = next(part for part in reversed(self.parts) if part.start <= row)
        unmoved = column if part is self.parts[0] and column != self.names_column else min(part.columns.values(), default=0)
        return part.name, row - part.start + part.first, part.columns.get(column, unmoved)

    def without_names(self) -> Sheet:
        """The sheet without the column made of the names of sheets, which is its last."""
        if self.names_column is None:
            return self
        return replace(self, columns=self.columns[:-1], width=self.width - 1, names_column=None)

    def content_hash(self) -> str:
        """SHA-256 over every cell, in hex; the same whatever the sheet is called."""
        digest = hashlib.sha256()
        for column in self.columns:
            digest.update(repr(column.values).encode("utf-8", "surrogatepass"))
            digest.update(b"\x1f" + column.codes.tobytes() + b"\x1e")
        return digest.hexdigest()

    def with_merged_filled(self, columns: Iterable[int], first_row: int) -> Sheet:
        """The sheet with the value of a merged cell in each of its rows, in the named columns, from a row on.

        A range that is merged over many columns is a footnote, not a name for its rows.
        """
        changed: dict[int, npt.NDArray[np.int32]] = {}
        wanted = {column for column in columns if column < len(self.columns)}
        for top, left, bottom, right in self.merged:
            if left in wanted and first_row <= top < min(bottom, self.height - 1) and right - left < _WIDEST_NAME:
                codes = changed.setdefault(left, self.columns[left].codes.copy())
                codes[top : bottom + 1] = codes[top]
        if not changed:
            return self
        filled = [RawColumn(column.values, changed.get(place, column.codes)) for place, column in enumerate(self.columns)]
        return replace(self, columns=tuple(filled))

    def row(self, row: int) -> tuple[object, ...]:
        """The raw values of one row, left to right."""
        return tuple(column.values[column.codes[row]] for column in self.columns)


@dataclass(frozen=True, eq=False)
class Workbook:
    """A workbook as raw grids. ``content_hash`` is the SHA-256 of the file's bytes, in hex."""

    name: str
    content_hash: str
    kind: Kind
    sheets: tuple[Sheet, ...]
