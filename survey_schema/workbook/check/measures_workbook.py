"""A workbook with measures to choose from: its first sheet with a column for each of what a measure must say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from survey_schema.measure_candidates import MOST_CANDIDATES
from survey_schema.measure_rows import MEASURE_COLUMNS, REQUIRED, MeasureRow
from survey_schema.workbook.clean.clean_values import Outcome, is_blank, plain_text, read_number
from survey_schema.workbook.match.header_text import normalised
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, file_content, read_here, shown_name
from survey_schema.workbook.read.sheets import Sheet, Workbook, cell_name
from survey_schema.workbook.worker.read_limits import ReadLimits, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from survey_schema.workbook.write.template_book import EXAMPLE_MARKS
from words.errors import ManyiError, shown_value
from words.language import message
from words.lists import Listed

_ROWS_SEARCHED = 20
_NUMBERS = ("shift", "reach", "cost", "fewest", "most")


def measures_of_workbook(source: Path | bytes, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> tuple[MeasureRow, ...]:
    """The rows of the sheet of measures, blank ones and the example left out.

    Raises :class:`ManyiError` for a file that cannot be read, one without such a sheet, too many rows, and a cell that is no number,
    naming it.
    """
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), _measures, content, shown_name(source, name), limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def _measures(content: bytes, name: str, limits: ReadLimits) -> tuple[MeasureRow, ...]:
    workbook = read_here(content, name, limits)
    sheet, first, columns = _place(workbook)
    rows: list[MeasureRow] = []
    for place in range(first, sheet.height):
        row = _row(sheet, place, columns)
        if not row.blank and not row.name.upper().startswith(tuple(EXAMPLE_MARKS.values())):
            rows.append(row)
        if len(rows) > MOST_CANDIDATES:
            raise ManyiError(message("{file} has more than {most} measures; choose among fewer.", file=workbook.name, most=MOST_CANDIDATES))
    return tuple(rows)


def _place(workbook: Workbook) -> tuple[Sheet, int, Mapping[str, int]]:
    """The sheet, its first row below the headings, and which column is which."""
    known = {
        normalised(name): column.code
        for column in MEASURE_COLUMNS
        for name in (*column.aliases, column.code, column.title.zh_CN, column.title.en)
    }
    for sheet in workbook.sheets:
        for place in range(min(sheet.height, _ROWS_SEARCHED)):
            texts = [normalised(plain_text(cell)) for cell in sheet.row(place)]
            columns = {known[text]: at for at, text in reversed(list(enumerate(texts))) if text in known}
            if set(REQUIRED) <= columns.keys():
                return sheet, place + 1, columns
    raise ManyiError(
        message(
            "{file} has no sheet of measures: expected the columns {columns}. The blank sheet has them.", file=workbook.name,
            columns=Listed([column.title for column in MEASURE_COLUMNS if column.required]),
        )
    )  # fmt: skip


def _row(sheet: Sheet, place: int, columns: Mapping[str, int]) -> MeasureRow:
    cells: dict[str, object] = {}
    for code, at in columns.items():
        raw = sheet.cell(place, at)
        if raw is None or is_blank(raw):
            continue
        cells[code] = _number(raw, code, sheet, place, at) if code in _NUMBERS else plain_text(raw)
    return MeasureRow.of(cells)


def _number(raw: object, code: str, sheet: Sheet, place: int, at: int) -> float:
    value, how = read_number(raw)
    if math.isnan(value):
        told = message(
            "{sheet}!{cell} “{value}”: a number is expected here.", sheet=sheet.name, cell=cell_name(place, at), value=shown_value(raw)
        )
        raise ManyiError(told)
    whole_numbers = how is not Outcome.PERCENT and value > 1
    return value / 100 if code == "reach" and whole_numbers else value
