"""Workbooks: a table as people read it, the native chart beside it, the columns the chart is drawn from, and where all comes from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports.office.book import new_book, write_cell, write_data, write_source
from reports.office.fonts import named_fonts
from reports.office.formulas import Formulas
from reports.office.names import cell_text, numbered_sheet_name, sheet_name
from reports.office.origin import Origin
from reports.office.pen import finished, pen_chart
from reports.office.plan import Cell, ChartPlan
from reports.office.tables import length_of
from words.language import Language, translator

_CHART = re.compile(r"xl/charts/chart\d+\.xml")
_FIRST = 4
_WIDE, _ROW = 14, 24
#: Points of a row, with room for Chinese.
_TALL = 18


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table: heading, values and how figures are shown; ``right`` sets its heading over figures."""

    header: str
    values: tuple[Cell, ...]
    form: str = "#,##0.00"
    right: bool = True


@dataclass(frozen=True)
class TableSheet:
    """A sheet with a title, how to read it, a ``note`` below that, and a table; ``fills`` give (row, column) of a cell its fill.

    ``formulas`` compute a cell from others of the table; its value stands in the column too. ``widths`` of columns in letters, by place;
    the texts of those that have one may take several lines.
    """

    name: str
    title: str
    caption: str
    columns: tuple[SheetColumn, ...]
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    note: str = ""
    formulas: Formulas = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)


class Workbook:
    """A workbook that is being made; :meth:`saved` closes it."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._target = io.BytesIO()
        self._book = new_book(self._target, origin)
        self._sheets: dict[str, Worksheet] = {}
        self._next_row: dict[str, int] = {}

    def table(self, table: TableSheet) -> str:
        """A sheet with a table; returns its name, which is another one where that was taken.

        Missing figures are empty cells; texts are never formulas.
        """
        sheet = self._add(table.name)
        font = {"font_name": named_fonts(self._origin.language).latin}
        head = {**font, "bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        sheet.write_string(0, 0, cell_text(table.title), self._book.add_format({**font, "bold": True, "font_size": 14}))
        muted = self._book.add_format({**font, "font_color": "#66717C"})
        sheet.write_string(1, 0, cell_text(table.caption), muted)
        if table.note:
            sheet.write_string(2, 0, cell_text(table.note), muted)
        for place, column in enumerate(table.columns):
            side = {"align": "right"} if column.right else {"indent": 1}
            sheet.write_string(_FIRST - 1, place, cell_text(column.header), self._book.add_format({**head, **side}))
            self._write_values(sheet, table, place, font)
        sheet.set_default_row(_TALL)
        sheet.set_row(_FIRST - 1, 2 * _TALL)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max(len(table.columns) - 1, 1), _WIDE)
        for place, width in table.widths.items():
            sheet.set_column(place, place, width)
        for row, lines in enumerate(_lines(table)):
            sheet.set_row(_FIRST + row, _TALL * lines)
        sheet.freeze_panes(_FIRST, 1)
        _fit_paper(sheet)
        self._sheets[sheet.get_name()] = sheet
        return str(sheet.get_name())

    def _write_values(self, sheet: Worksheet, table: TableSheet, place: int, font: Mapping[str, object]) -> None:
        """One column below its heading."""
        column = table.columns[place]
        wrapped = {"text_wrap": True, "valign": "top"} if table.widths else {}
        shown = {**font, "num_format": column.form, **({} if column.right else {"indent": 1}), **wrapped}
        plain = self._book.add_format(shown)
        for row, value in enumerate(column.values):
            fill = table.fills.get((row, place))
            form = self._book.add_format({**shown, "bg_color": fill}) if fill else plain
            if formula := table.formulas.get((row, place)):
                sheet.write_formula(_FIRST + row, place, formula.text(_FIRST), form, value)
                continue
            write_cell(sheet, _FIRST + row, place, value, form)
            if fill and value is None:
                sheet.write_blank(_FIRST + row, place, None, form)

    def chart(self, plan: ChartPlan, beside: str, columns: int, *, title: str, alt_text: str, height: int = 420) -> None:
        """A native chart right of the ``columns`` of a sheet's table, below one that is there; its data lie on a sheet of their own."""
        name = self._free(translator(self._origin.language)("Chart data"))
        write_data(self._book, name, plan.data, self._origin.language)
        chart = pen_chart(self._book, plan, name)
        chart.set_title({"name": cell_text(title), "overlay": False, "name_font": {"size": 12, "bold": True}})
        chart.set_size({"width": 860, "height": height})
        place = {"description": alt_text[:2000], "object_position": 2}
        row = self._next_row.get(beside, _FIRST - 1)
        self._sheets[beside].insert_chart(row, columns + 1, chart, place)
        self._next_row[beside] = row + height // _ROW + 2

    def saved(self) -> bytes:
        """The file."""
        write_source(self._book, self._origin)
        self._book.close()
        return _with_finished_charts(self._target.getvalue(), self._origin.language)

    def _add(self, name: str) -> Worksheet:
        return self._book.add_worksheet(self._free(name))

    def _free(self, name: str) -> str:
        taken = {sheet.get_name().lower() for sheet in self._book.worksheets()}
        clean = sheet_name(name)
        numbered = (numbered_sheet_name(clean, number) for number in range(2, len(taken) + 3))
        return next(each for each in (clean, *numbered) if each.lower() not in taken)


def _lines(table: TableSheet) -> list[int]:
    """How many lines each row of a table with widths takes; nothing for others, whose rows are all of one."""
    texts = [(table.columns[place].values, width) for place, width in table.widths.items()]
    counts = [[-(-length_of(str(value or "")) // int(width)) for value in values] for values, width in texts]
    return [max(1, *each) for each in zip(*counts, strict=True)]


def _fit_paper(sheet: Any) -> None:
    """All columns on one A4 page, the headings on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)


def _with_finished_charts(book: bytes, language: Language) -> bytes:
    """The same file with its chart parts made explicit: only these are written again, for programs that keep workbooks lose parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            content = given.read(part)
            made.writestr(part, finished(content, named_fonts(language), language) if _CHART.fullmatch(part.filename) else content)
    return target.getvalue()
