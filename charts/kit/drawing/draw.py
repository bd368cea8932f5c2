"""From a description to the chart: its figure for the width of the canvas, its table, its words."""

from __future__ import annotations

from functools import cache, partial

from charts.kit.description.alt_text import alt_text
from charts.kit.description.description import Description
from charts.kit.description.first_and_last import first_and_last, names_to_find
from charts.kit.description.grid import Diagram, Grid
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Bins, Lines, Points
from charts.kit.description.rows import Rows
from charts.kit.description.schedule import Schedule
from charts.kit.description.table import data_table
from charts.kit.drawing.bins import draw_bins
from charts.kit.drawing.grid import draw_grid
from charts.kit.drawing.lines import draw_lines
from charts.kit.drawing.points import draw_points
from charts.kit.drawing.rows import draw_rows
from charts.kit.drawing.schedule import draw_schedule
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure


def draw(described: Description, on: Canvas) -> Chart:
    """The chart on a canvas; its figure is drawn once, when somebody looks at it. Of very many rows it holds the first and the last."""
    shown, names = first_and_last(described, on), names_to_find(described)
    drawing = cache(partial(figure_of, shown, on))
    return Chart(shown.title, shown.caption, alt_text(shown, on), drawing, data_table(described, on), shown, names)


def figure_of(described: Description, on: Canvas) -> PlainFigure:
    """The figure alone, for the width of the canvas."""
    match described.body:
        case Rows() as rows:
            return draw_rows(rows, on)
        case Lines() as lines:
            return draw_lines(lines, on)
        case Panels() as panels:
            return panels.draw(on)
        case Points() as points:
            return draw_points(points, on)
        case Bins() as bins:
            return draw_bins(bins, on)
        case Grid() as grid:
            return draw_grid(grid, on)
        case Schedule() as schedule:
            return draw_schedule(schedule, on)
        case Diagram() as diagram:
            return diagram.draw(on)
