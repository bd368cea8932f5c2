"""Chart → XLSX: a sheet with its figures and, where one column of figures names the rows, a native Excel chart below them."""

from __future__ import annotations

import io
import math

import pandas as pd
import xlsxwriter

from charts.kit.layout import Canvas, Chart
from charts.kit.words import heads_p, heads_whole_numbers
from survey_schema.workbook.write.written_workbook import new_workbook
from words.language import translator
from words.shown_text import spreadsheet_text as harmless

_MOST_BARS = 60


def data_workbook(chart: Chart, on: Canvas) -> bytes:
    """The chart's table as a workbook: title, caption, headings, rows at full precision shown with two decimals, p with three.

    Texts are written as texts and never as formulas; those that a spreadsheet might take for one get a leading apostrophe, so
    that they stay texts when the file is saved as CSV too. Missing figures are empty cells.
    """
    _ = translator(on.language)
    target = io.BytesIO()
    book = new_workbook(target)
    sheet = book.add_worksheet(_("Data"))
    bold = {"bold": True, "bottom": 1, "text_wrap": True}
    headings = {"left": book.add_format({**bold, "indent": 1}), "right": book.add_format({**bold, "align": "right"})}
    apart = book.add_format({"indent": 1})
    sheet.write_string(0, 0, harmless(chart.title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, harmless(chart.caption), book.add_format({"font_color": "#66717C"}))
    first = 4
    figures, whole, tests = (book.add_format({"num_format": shown}) for shown in ("#,##0.00", "#,##0", '[<0.001]"< 0.001";0.000'))
    for column, name in enumerate(chart.table.columns):
        side = "right" if pd.api.types.is_numeric_dtype(chart.table[name]) else "left"
        sheet.write_string(first - 1, column, harmless(str(name)), headings[side])
        for row, value in enumerate(chart.table[name]):
            if isinstance(value, str):
                sheet.write_string(first + row, column, harmless(value), apart)
            elif value is not None and not (isinstance(value, float) and not math.isfinite(value)) and not pd.isna(value):
                counted = pd.api.types.is_integer_dtype(chart.table[name]) or heads_whole_numbers(str(name), on.language)
                shown = tests if heads_p(str(name), on.language) else whole if counted else figures
                sheet.write_number(first + row, column, float(value), shown)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, max(len(chart.table.columns) - 1, 1), 14)
    sheet.freeze_panes(first, 1)
    _fit_paper(sheet, first)
    _add_bars(book, sheet, chart, first)
    book.close()
    return target.getvalue()


def _fit_paper(sheet: xlsxwriter.worksheet.Worksheet, first: int) -> None:
    """All columns on one A4 page, the headings on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first - 1)


def _add_bars(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, chart: Chart, first: int) -> None:
    """A native bar chart of the first column of figures by the names in the first column."""
    table = chart.table
    if not 1 < len(table) <= _MOST_BARS or table.iloc[:, 0].duplicated().any():
        return
    column = next((i for i, name in enumerate(table.columns) if pd.api.types.is_float_dtype(table[name])), None)
    if column is None:
        return
    name, last = sheet.get_name(), first + len(table) - 1
    bars = book.add_chart({"type": "bar"})
    bars.add_series(
        {
            "name": [name, first - 1, column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
            "fill": {"color": "#0B5C7A"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0"},
        }
    )
    bars.set_y_axis({"reverse": True, "line": {"none": True}, "label_position": "low"})
    bars.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    bars.set_legend({"none": True})
    bars.set_title({"name": harmless(chart.title), "name_font": {"size": 12}})
    bars.set_size({"width": 640, "height": 120 + 24 * len(table)})
    sheet.insert_chart(last + 2, 0, bars)
