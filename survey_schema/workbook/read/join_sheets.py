"""Several sheets of responses read as one table: their rows one below the other, every cell still known by its own sheet and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from survey_schema.columns import DIMENSIONS, Column, Role
from survey_schema.models import SurveySchema
from survey_schema.workbook.match.column_targets import ColumnTargets, column_targets
from survey_schema.workbook.match.find_table import TablePlace, find_table
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import header_key
from survey_schema.workbook.read.sheets import RawColumn, Sheet, SheetPart, Workbook
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

_SHOWN_HEADERS = 5
_NAMED_BY_SHEETS = (Role.WAVE, *DIMENSIONS, Role.STRATUM, Role.CLUSTER, Role.INTERVIEWER, Role.ATTRIBUTE)


def columns_for_names(schema: SurveySchema) -> tuple[Column, ...]:
    """The columns of a survey that the names of sheets can be: the wave, and what responses are told apart by."""
    return tuple(column for column in schema.columns if column.role in _NAMED_BY_SHEETS)


@dataclass(frozen=True)
class JoinedSheets:
    """A workbook in which all sheets of responses are one, called like the ``first`` of them.

    ``answers`` says what the column with the names of the sheets is, when one was asked for.
    """

    workbook: Workbook
    first: str
    answers: dict[int, str | None]
    parts: tuple[SheetPart, ...] = ()


def join_sheets(workbook: Workbook, schema: SurveySchema, matching: Matching, sheet_as: str | None = None) -> JoinedSheets:
    """All sheets of a workbook that look like responses as one table; their names become the column ``sheet_as`` of the survey.

    Raises :class:`ManyiError` where their headers are not the same, or the survey or the table has no room for their names.
    """
    targets = column_targets(schema)
    names = {matching.sheet, *matching.other_sheets}
    indexes = [index for index, sheet in enumerate(workbook.sheets) if sheet.name in names]
    if not indexes:
        return JoinedSheets(workbook, matching.sheet or "", {})
    parts = [_part(workbook, index, targets) for index in indexes]
    column = _column_for_names(schema, matching, sheet_as) if sheet_as is not None else None
    joined = _stacked(parts, [_columns_like(parts[0], part) for part in parts], column)
    others = [None if index in indexes[1:] else sheet for index, sheet in enumerate(workbook.sheets)]
    others[indexes[0]] = joined
    answers: dict[int, str | None] = {joined.width - 1: column.code} if column is not None else {}
    return JoinedSheets(replace(workbook, sheets=tuple(sheet for sheet in others if sheet is not None)), joined.name, answers, joined.parts)


@dataclass(frozen=True)
class _Part:
    sheet: Sheet
    place: TablePlace

    @property
    def first(self) -> int:
        """The first row below the header, from 0."""
        return self.place.first_data_row - 1

    def keys(self) -> dict[str, int]:
        """Header → column; a header that comes back is numbered."""
        seen: dict[str, int] = {}
        return {header_key(header.text, seen): header.index for header in self.place.headers if header.text}

    def unnamed(self) -> list[int]:
        """Columns that hold something below no header."""
        return [header.index for header in self.place.headers if not header.text]


def _part(workbook: Workbook, index: int, targets: ColumnTargets) -> _Part:
    found = find_table(workbook, targets, workbook.sheets[index].name).place
    assert found is not None  # a sheet without any cell does not look like responses
    return _Part(workbook.sheets[index], found)


def _column_for_names(schema: SurveySchema, matching: Matching, code: str) -> Column:
    known = columns_for_names(schema)
    column = next((column for column in known if column.code == code), None)
    if column is None:
        codes = Listed([column.code for column in known])
        raise ManyiError(message("The names of the sheets cannot be {code}; they can be: {known}.", code=code, known=codes))
    taken = matching.targets.get(code)
    if taken is not None:
        raise ManyiError(
            message(
                "The names of the sheets cannot be {code}: column {letter} of sheet {sheet} is that already.",
                code=code, letter=taken.letter, sheet=matching.sheet,
            )
        )  # fmt: skip
    return column


def _columns_like(first: _Part, other: _Part) -> dict[int, int]:
    """Column of the first sheet → the column of the other one with the same header; raises ManyiError where there is none."""
    mine, theirs = first.keys(), other.keys()
    lacking, besides = [key for key in mine if key not in theirs], [key for key in theirs if key not in mine]
    besides += [f"{other.sheet.name}!{index + 1}" for index in other.unnamed() if index in mine.values()]
    if lacking or besides:
        sheets = {"sheet": other.sheet.name, "first": first.sheet.name}
        found = message("Sheet {sheet} has other headers than sheet {first}, so the sheets cannot be read as one.", **sheets)
        if lacking:
            found = message("{found} It lacks: {headers}.", found=found, headers=_named(lacking))
        if besides:
            found = message("{found} It has besides: {headers}.", found=found, headers=_named(besides))
        raise ManyiError(message("{found} Make the headers the same, or store each sheet by itself.", found=found))
    return {mine[key]: theirs[key] for key in mine} | {index: index for index in other.unnamed()}


def _named(headers: Sequence[str]) -> Listed:
    return Listed([f"“{header[:80]}”" for header in headers], _SHOWN_HEADERS)


def _stacked(parts: Sequence[_Part], columns: Sequence[dict[int, int]], names: Column | None) -> Sheet:
    """One sheet: the first one whole, below it the rows of the others, and on the right the names of the sheets."""
    first = parts[0].sheet
    width = max(first.width, *(max(known, default=-1) + 1 for known in columns))
    tops = [0, *(part.first for part in parts[1:])]
    heights = [part.sheet.height - top for part, top in zip(parts, tops, strict=True)]
    starts = np.cumsum([0, *heights[:-1]]).tolist()
    placed = [SheetPart(part.sheet.name, start, top, known) for part, start, top, known in zip(parts, starts, tops, columns, strict=True)]
    stacked = [_column(parts, placed, heights, index) for index in range(width)]
    if names is not None:
        stacked.append(_names(parts, heights, names))
    moved = [_Moved(part.sheet, place) for part, place in zip(parts, placed, strict=True)]
    return replace(
        first,
        height=sum(heights),
        width=len(stacked),
        columns=tuple(stacked),
        merged=tuple(area for one in moved for area in one.merged()),
        formulas_without_value=tuple(cell for one in moved for cell in one.cells(one.sheet.formulas_without_value)),
        formulas_without_value_total=sum(part.sheet.formulas_without_value_total for part in parts),
        placeholders=tuple(cell for one in moved for cell in one.cells(one.sheet.placeholders)),
        hidden_rows=np.concatenate([one.rows(one.sheet.hidden_rows) for one in moved]).astype(np.int32),
        parts=tuple(placed),
        names_column=None if names is None else width,
    )


def _column(parts: Sequence[_Part], placed: Sequence[SheetPart], heights: Sequence[int], index: int) -> RawColumn:
    known: dict[tuple[type, object], int] = {}
    codes: list[npt.NDArray[np.int32]] = []
    for number, (part, place, height) in enumerate(zip(parts, placed, heights, strict=True)):
        own = place.columns.get(index, index if number == 0 else -1)
        if 0 <= own < part.sheet.width:
            raw = part.sheet.columns[own]
            used = raw.codes[place.first :]
            places = np.zeros(len(raw.values), dtype=np.int32)
            for code in np.unique(used).tolist():
                value = raw.values[code]
                places[code] = known.setdefault((type(value), value), len(known))
            codes.append(places[used])
        else:
            codes.append(np.full(height, known.setdefault((str, ""), len(known)), dtype=np.int32))
    return RawColumn(tuple(value for _type, value in known), np.concatenate(codes))


def _names(parts: Sequence[_Part], heights: Sequence[int], column: Column) -> RawColumn:
    """The names of the sheets beside their rows, below a header at the height of the others."""
    first = parts[0]
    values: list[object] = ["", column.code, *(part.sheet.name for part in parts)]
    codes = [np.full(height, number, dtype=np.int32) for number, height in enumerate(heights, start=2)]
    codes[0][: first.first] = 0
    codes[0][first.place.header_rows[0] - 1] = 1
    return RawColumn(tuple(values), np.concatenate(codes))


@dataclass(frozen=True)
class _Moved:
    """Cells of a sheet at their places in the joined one; those of its header and of columns left behind are dropped."""

    sheet: Sheet
    place: SheetPart

    def cells(self, cells: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        back = self._back()
        down = self.place.start - self.place.first
        return [(row + down, back[column]) for row, column in cells if row >= self.place.first and column in back]

    def merged(self) -> list[tuple[int, int, int, int]]:
        back = self._back()
        down = self.place.start - self.place.first
        return [
            (top + down, back[left], bottom + down, back[left] + right - left)
            for top, left, bottom, right in self.sheet.merged
            if top >= self.place.first and left in back
        ]

    def rows(self, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        return rows[rows >= self.place.first] + np.int32(self.place.start - self.place.first)

    def _back(self) -> dict[int, int]:
        known = {own: column for column, own in self.place.columns.items()}
        return {column: column for column in range(self.sheet.width)} | known if self.place.start == 0 else known
