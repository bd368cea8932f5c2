"""A chart's workbook as the export menu makes it, for tests of what is in it."""

from __future__ import annotations

from charts.kit.layout import Canvas, Chart
from reports.chart_files import Leaving, workbook_of
from tests.reports.example_plans import origin


def data_workbook(chart: Chart, on: Canvas) -> bytes:
    """The file; where the figures come from is made up."""
    return workbook_of(Leaving(chart, on, origin(on.language), "chart"))
