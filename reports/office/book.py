"""The workbook behind a chart: the sheet its series point into, the sheet that says where the figures come from, and the key."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports.office.fonts import named_fonts
from reports.office.names import cell_text
from reports.office.origin import KEY_PROPERTY, Origin
from reports.office.packed_text import packed_pieces
from reports.office.plan import Cell, DataColumn
from survey_schema.workbook.write.written_workbook import new_workbook
from words.language import Language, translator


def data_sheet_name(language: Language) -> str:
    """The name of the sheet; the same in every wave, for charts are refreshed by it."""
    return translator(language)("Data")


def data_book(data: Sequence[DataColumn], origin: Origin) -> bytes:
    """The workbook without a picture: what is embedded in slides and documents."""
    target = io.BytesIO()
    book = new_book(target, origin)
    write_data(book, data_sheet_name(origin.language), data, origin.language)
    write_source(book, origin)
    book.close()
    return target.getvalue()


def new_book(target: io.BytesIO, origin: Origin) -> xlsxwriter.Workbook:
    """A workbook with the key of what it shows; the same origin and data make the same bytes."""
    book = new_workbook(target)
    book.set_properties({"created": origin.made})
    book.set_custom_property(KEY_PROPERTY, cell_text(origin.mark))
    for name, piece in packed_pieces(origin.recipe).items() if origin.recipe else ():
        book.set_custom_property(name, piece)
    book.formats[0].set_font_name(named_fonts(origin.language).latin)
    return book


def write_data(book: xlsxwriter.Workbook, name: str, data: Sequence[DataColumn], language: Language) -> Worksheet:
    """A sheet of plain columns, headings in the first row. A figure that is not there is an empty cell; a text is never a formula."""
    sheet = book.add_worksheet(name)
    font = {"font_name": named_fonts(language).latin}
    heading = book.add_format({**font, "bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(data):
        sheet.write_string(0, place, cell_text(column.header), heading)
        shown = book.add_format({**font, "num_format": column.form})
        for row, value in enumerate(column.values, start=1):
            write_cell(sheet, row, place, value, shown)
    sheet.set_default_row(18)
    sheet.set_row(0, 36)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(len(data) - 1, 1), 14)
    sheet.freeze_panes(1, 1)
    return sheet


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, shown: object = None) -> None:
    """One cell; nothing for what is missing."""
    if isinstance(value, str):
        sheet.write_string(row, column, cell_text(value), shown)
    elif value is not None and math.isfinite(value):
        sheet.write_number(row, column, value, shown)


def write_source(book: xlsxwriter.Workbook, origin: Origin) -> None:
    """The sheet that says where the figures come from, a line a fact."""
    sheet = book.add_worksheet(translator(origin.language)("Source"))
    font = {"font_name": named_fonts(origin.language).latin, "valign": "top"}
    name, text = book.add_format({**font, "bold": True}), book.add_format({**font, "text_wrap": True})
    for row, (title, told) in enumerate(origin.rows):
        sheet.write_string(row, 0, cell_text(title), name)
        sheet.write_string(row, 1, cell_text(told), text)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
