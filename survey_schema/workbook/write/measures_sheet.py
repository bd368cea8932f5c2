"""The sheet of measures to choose from, blank with an example or filled with those that are being worked on."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from survey_schema.columns import Role
from survey_schema.measure_candidates import MOST_CANDIDATES
from survey_schema.measure_rows import MEASURE_COLUMNS, MeasureRow
from survey_schema.models import SurveySchema
from survey_schema.workbook.write.template_book import EXAMPLE_MARKS
from survey_schema.workbook.write.written_workbook import new_workbook
from words.language import Language, translator

_WIDTHS = {"name": 30, "driver": 24, "needs": 22, "excludes": 22}
_PER_CENT = "0.##%"


def write_measures(rows: Sequence[MeasureRow], drivers: Sequence[str], schema: SurveySchema, language: Language) -> bytes:
    """A workbook (.xlsx) of one sheet: a row a measure; ``drivers`` are the codes offered. Without rows an example stands in the first."""
    _ = translator(language)
    target = io.BytesIO()
    book = new_workbook(target)
    sheet = book.add_worksheet(_("Measures to choose"))
    titles = [schema.title_of(code, language) for code in drivers]
    branches = [choice.text(language) for choice in schema.choices(Role.BRANCH)]
    _write_headings(book, sheet, language)
    last = MOST_CANDIDATES + 1
    for code, names in (("driver", titles), ("branch", branches)):
        if names and len(",".join(names)) <= 255:
            at = _at(code)
            sheet.data_validation(1, at, last, at, {"validate": "list", "source": names, "show_error": False})
    per_cent = book.add_format({"num_format": _PER_CENT})
    money = book.add_format({"num_format": "#,##0.##"})
    sheet.set_column(_at("reach"), _at("reach"), 14, per_cent)
    sheet.set_column(_at("cost"), _at("cost"), 14, money)
    if rows:
        for place, row in enumerate(rows, 1):
            _write_row(sheet, place, row)
    else:
        example = MeasureRow(f"{EXAMPLE_MARKS[language]} {_('faster repairs')}", titles[0] if titles else "", 5.0, 0.4, 200_000.0)
        _write_row(sheet, 1, example)
    book.close()
    return target.getvalue()


def _at(code: str) -> int:
    return next(place for place, column in enumerate(MEASURE_COLUMNS) if column.code == code)


def _write_headings(book: xlsxwriter.Workbook, sheet: Worksheet, language: Language) -> None:
    title = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#DFE4E8"}
    usual = book.add_format(title | {"bg_color": "#F6F8F9"})
    required = book.add_format(title | {"bg_color": "#0B5C7A", "font_color": "#FFFFFF"})
    for place, column in enumerate(MEASURE_COLUMNS):
        sheet.set_column(place, place, _WIDTHS.get(column.code, 14))
        sheet.write_string(0, place, column.title.text(language), required if column.required else usual)
        sheet.write_comment(0, place, column.explained.text(language), {"x_scale": 1.6, "author": ""})
    sheet.freeze_panes(1, 1)


def _write_row(sheet: Worksheet, place: int, row: MeasureRow) -> None:
    for at, column in enumerate(MEASURE_COLUMNS):
        value = getattr(row, column.code)
        if isinstance(value, float):
            sheet.write_number(place, at, value)
        elif value:
            sheet.write_string(place, at, value)
