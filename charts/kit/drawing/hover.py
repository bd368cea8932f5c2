"""What is said of a mark on hovering."""

from __future__ import annotations

from dataclasses import replace

from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Rows
from charts.kit.description.texts import series_name, with_margin
from charts.kit.layout import Canvas
from words.shown_text import plotly_text as plain


def hover_text(column: Column, rows: Rows, place: int, number: Number, on: Canvas) -> str:
    """Name of the row, the figure with its margin, and what is to be said of it: its verdict, on how many questions it stands."""
    lines = [f"<b>{plain(rows.rows[place].name)}</b>"]
    text = with_margin(number, replace(column.form, margin=True), on)
    several = len(rows.series) > 1
    lines.append(f"{plain(series_name(column))} {text}" if several else text)
    lines += [plain(str(other.cells[place])) for other in rows.columns if other.reads and other.cells[place]]
    if number.note:
        lines.append(plain(number.note))
    return "<br>".join(lines)
