"""Responses as a workbook: answers in one sheet with names over titles, as the blank workbook has them, and a code book in another."""

from __future__ import annotations

import io

import xlsxwriter

from reports.responses.response_table import ResponseColumn, ResponseTable
from survey_schema.workbook.write.written_workbook import new_workbook
from words.errors import ManyiError
from words.language import message, translator

#: Rows a sheet can hold, its two rows of headings taken off.
MOST_ROWS = 1_048_576 - 2
_WIDTHS = (22, 44, 26, 12, 34, 12)


def book_of(table: ResponseTable) -> bytes:
    """The workbook (.xlsx): values in words where they have some, grades as numbers, no answer as an empty cell; texts are never formulas.

    Raises ManyiError where a sheet cannot hold the rows.
    """
    if table.rows > MOST_ROWS:
        raise ManyiError(
            message(
                "A sheet holds {limit} rows and the wave has {found} responses. Take it as an SPSS file (.sav).",
                limit=f"{MOST_ROWS:,}", found=f"{table.rows:,}",
            )
        )  # fmt: skip
    _ = translator(table.language)
    target = io.BytesIO()
    book = new_workbook(target)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F6F8F9"})
    quiet = book.add_format({"font_color": "#66717C", "font_size": 9, "bg_color": "#F6F8F9"})
    sheet = book.add_worksheet(_("Answers"))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, quiet)
        sheet.write_string(1, place, column.title, head)
        _write_values(sheet, place, column)
    sheet.freeze_panes(2, 0)
    sheet.set_column(0, max(len(table.columns) - 1, 0), 15)
    _write_code_book(book, table, head)
    book.close()
    return target.getvalue()


def _write_values(sheet: xlsxwriter.worksheet.Worksheet, place: int, column: ResponseColumn) -> None:
    """Grades stay numbers: their words stand in the code book."""
    words = column.labels if column.in_words else {}
    for row, value in enumerate(column.values.to_pylist(), start=2):
        if value is None:
            continue
        if isinstance(value, str):
            sheet.write_string(row, place, value)
        elif value in words:
            sheet.write_string(row, place, words[value])
        else:
            sheet.write_number(row, place, value)


def _write_code_book(book: xlsxwriter.Workbook, table: ResponseTable, head: xlsxwriter.format.Format) -> None:
    """One line a variable, and one below it for each value that has words."""
    _ = translator(table.language)
    sheet = book.add_worksheet(_("Code book"))
    for place, (words, width) in enumerate(
        zip((_("Variable"), _("Title"), _("What it is"), _("Value"), _("Words"), _("Responses")), _WIDTHS, strict=True)
    ):
        sheet.write_string(0, place, words, head)
        sheet.set_column(place, place, width)
    row = 1
    for column in table.columns:
        sheet.write_string(row, 0, column.name)
        sheet.write_string(row, 1, column.title)
        sheet.write_string(row, 2, column.about)
        sheet.write_number(row, 5, table.rows - column.values.null_count)
        row += 1
        counts = {each["values"]: each["counts"] for each in column.values.value_counts().to_pylist()} if column.labels else {}
        for value, words in column.labels.items():
            sheet.write_number(row, 3, value)
            sheet.write_string(row, 4, words)
            sheet.write_number(row, 5, counts.get(value, 0))
            row += 1
    sheet.freeze_panes(1, 1)
