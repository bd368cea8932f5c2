"""Figures of a description as text."""

from __future__ import annotations

from charts.kit.description.numbers import Cell, Form, Number
from charts.kit.description.rows import Column
from charts.kit.layout import Canvas

#: What stands in the place of a figure that is not shown.
NO_FIGURE = "–"


def written(cell: Cell, form: Form, on: Canvas) -> str:
    """A cell as it is written beside a plot or read out: ``79.2 ±0.6``; nothing where there is no figure."""
    if isinstance(cell, str) or cell is None:
        return cell or ""
    return with_margin(cell if isinstance(cell, Number) else Number(float(cell)), form, on)


def with_margin(number: Number, form: Form, on: Canvas) -> str:
    """``79.2 ±0.6``, ``79.2 ±0.6 %``; the value alone where it has no interval or the form wants none; nothing when hidden."""
    if number.value is None:
        return ""
    margin = margin_text(number, form, on)
    text = on.number(number.value, form.decimals, signed=form.signed)
    return (f"{text} {margin}" if margin else text) + (on.percent_sign if form.percent else "")


def margin_text(number: Number, form: Form, on: Canvas) -> str:
    """``±0.6``; nothing where there is no interval or the form wants none."""
    return "" if number.half is None or not form.margin else f"±{on.number(number.half, form.decimals)}"


def beside_text(column: Column, row: int, on: Canvas) -> str:
    """What a column says beside the plot in a row; a dash where a figure may not or cannot be shown."""
    if column.texts is not None:
        return column.texts[row]
    cell = column.cells[row]
    return NO_FIGURE if isinstance(cell, Number) and cell.value is None else written(cell, column.form, on)


def series_name(column: Column) -> str:
    """What a drawn column is called."""
    return column.drawn.name if column.drawn is not None and column.drawn.name else column.header
