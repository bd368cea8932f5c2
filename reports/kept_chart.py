"""A chart kept as it was: what it shows in every form, its table, and where its figures come from, in the language it was kept in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from reports.native.native_form import Native, native_form
from reports.office.origin import Origin
from survey_schema.loading import schema_hash


@dataclass(frozen=True)
class KeptChart:
    """``figure`` is Plotly's JSON for a page ``width`` pixels wide; ``native`` what it is in Office; ``table`` headings and columns.

    ``schema_hash`` is of the survey it is about. Hidden figures are in none of them.
    """

    title: str
    caption: str
    alt_text: str
    figure: str
    width: int
    native: Native
    table: tuple[tuple[str, tuple[float | int | str | None, ...]], ...]
    origin: Origin
    schema_hash: str

    @property
    def chart(self) -> Chart:
        """It as a chart, which has no description any more."""
        columns = dict(self.table)
        return Chart(self.title, self.caption, self.alt_text, PlainFigure.of_json(self.figure), pd.DataFrame(columns), None)


def kept_chart(chart: Chart, on: Canvas, origin: Origin) -> KeptChart:
    """Keeps a chart as it is now."""
    native = native_form(chart.described, on) if chart.described is not None else Native()
    table = tuple((str(name), tuple(_plain(value) for value in chart.table[name])) for name in chart.table.columns)
    figure = str(chart.figure.to_json())
    return KeptChart(chart.title, chart.caption, chart.alt_text, figure, on.room, native, table, origin, schema_hash(on.schema))


def _plain(value: object) -> float | int | str | None:
    """A cell as JSON has it; what is missing is None."""
    if value is None or isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    number = value.item() if hasattr(value, "item") else value
    return number if isinstance(number, int | float) else str(number)
