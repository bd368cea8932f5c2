"""The table behind a chart for each place it goes to: figures for sheets, texts for slides and documents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from charts.kit.description.description import Description, TableColumn
from charts.kit.description.table import table_columns
from charts.kit.layout import Canvas
from charts.kit.words import heads_p, heads_whole_numbers
from reports.office.plan import Cell
from reports.office.sheets import SheetColumn
from reports.office.tables import TextTable
from words.language import p_number_text

#: How a spreadsheet shows figures, whole numbers, and p values.
FIGURES, WHOLE, TESTS = "#,##0.00", "#,##0", '[<0.001]"< 0.001";0.000'
_DASH = "—"


def sheet_columns(table: pd.DataFrame, on: Canvas) -> tuple[SheetColumn, ...]:
    """The columns at full precision; a figure that is missing is an empty cell."""
    return tuple(_sheet_column(str(name), [_cell(value) for value in table[name]], on) for name in table.columns)


def sheet_columns_of(columns: Sequence[TableColumn], on: Canvas) -> tuple[SheetColumn, ...]:
    """The same of a described table."""
    return tuple(_sheet_column(column.header, [_cell(value) for value in column.values], on) for column in columns)


def matrix_columns(described: Description, on: Canvas) -> tuple[TableColumn, ...]:
    """The table as it is drawn, names down and headings across, also where the table that is shown with it is a long one."""
    return table_columns(replace(described, table=None), on)


def text_table(table: pd.DataFrame, on: Canvas) -> TextTable:
    """The table as texts, written as on the screen: figures with two decimals, p with three, counts whole, a dash for what is missing."""
    columns = sheet_columns(table, on)
    rows = tuple(zip(*(_texts(column, on) for column in columns), strict=True)) if columns else ()
    figures = frozenset(place for place, column in enumerate(columns) if column.right)
    return TextTable(tuple(column.header for column in columns), rows, figures)


def _texts(column: SheetColumn, on: Canvas) -> list[str]:
    return [_text(value, column.form, on) for value in column.values]


def _text(value: Cell, form: str, on: Canvas) -> str:
    if isinstance(value, str) or value is None:
        return value or _DASH
    return p_number_text(value, on.language) if form == TESTS else on.number(value, 0 if form == WHOLE else 2)


def _sheet_column(name: str, values: Sequence[Cell], on: Canvas) -> SheetColumn:
    numbers = [value for value in values if isinstance(value, int | float)]
    whole = all(isinstance(value, int) for value in numbers) or heads_whole_numbers(name, on.language)
    form = TESTS if heads_p(name, on.language) else WHOLE if whole else FIGURES
    return SheetColumn(name, tuple(values), form, right=bool(numbers))


def _cell(value: object) -> Cell:
    """A value of a table as a cell; infinite and missing figures are none."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or pd.isna(value):
        return str(value) if isinstance(value, bool) else None
    if isinstance(value, int) or (hasattr(value, "dtype") and pd.api.types.is_integer(value)):
        return int(value)  # type: ignore[call-overload, no-any-return]
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None
