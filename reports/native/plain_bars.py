"""A table of a chart that has no description: bars of its first column of figures, where its first column names the rows."""

from __future__ import annotations

from reports.native.parts import names_axis
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Labels, Plot, Series
from reports.office.sheets import SheetColumn

_MOST_BARS = 60
_OURS = "#0B5C7A"


def plain_bars(columns: tuple[SheetColumn, ...]) -> tuple[ChartPlan, ...]:
    """The chart; none where names stand twice, there are too many, or nothing is measured."""
    if not columns or not 1 < len(columns[0].values) <= _MOST_BARS or len(set(columns[0].values)) < len(columns[0].values):
        return ()
    measured = next((column for column in columns[1:] if any(isinstance(value, float) for value in column.values)), None)
    if measured is None:
        return ()
    sheet, names = DataSheet(), [str(value) for value in columns[0].values]
    across = sheet.add(columns[0].header, names)
    values = sheet.add(measured.header, measured.values)
    series = Series(values, across, fill=_OURS, labels=Labels("outside_end"))
    return (ChartPlan(sheet.columns, (Plot("bar", (series,)),), names_axis(names, upright=False), AxisPlan(shown=False), legend=False),)
