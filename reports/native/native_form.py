"""From the description of a chart to its native form: an Office chart, a table of colours, or, where Office has nothing, a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from charts.kit.description.description import Description
from charts.kit.description.grid import Diagram, Grid
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Bins, Lines, Points
from charts.kit.description.rows import Rows
from charts.kit.description.schedule import Schedule
from charts.kit.layout import Canvas
from charts.kit.rows import text_width
from reports.native.heat_table import heat_table
from reports.native.planes_forms import histogram, lines_chart
from reports.native.row_names import row_names
from reports.native.rows_forms import bars, grouped_bars, marks_level, marks_upright, pareto, stacked_bars, waterfall
from reports.native.scatter_forms import control_chart, points_chart
from reports.native.schedule_form import schedule_chart
from reports.office.plan import ChartPlan
from reports.office.tables import TextTable

Form = Literal["chart", "table", "picture", "nothing"]
_ROW_FORMS: Mapping[str, Callable[[Rows, Sequence[int], Canvas], ChartPlan]] = {
    "bars": bars,
    "grouped bars": grouped_bars,
    "stacked bars": stacked_bars,
    "pareto": pareto,
    "waterfall": waterfall,
}
#: Rows that one slide or page shows; more go on the next one.
MOST_ROWS = 24
#: Names that stand upright below columns, and how wide they may be, in pixels.
_MOST_UPRIGHT, _WIDEST_UPRIGHT = 16, 150


@dataclass(frozen=True)
class Native:
    """What a chart is in Office: ``plans`` of charts, more than one where its rows are many, or a ``table``.

    With neither it is a picture, or nothing where there is nothing ``to_draw``.
    """

    plans: tuple[ChartPlan, ...] = ()
    table: TextTable | None = None
    to_draw: bool = True

    @property
    def form(self) -> Form:
        """Which it is."""
        if self.plans or self.table is not None:
            return "chart" if self.plans else "table"
        return "picture" if self.to_draw else "nothing"


def native_form(described: Description, on: Canvas) -> Native:
    """The native form of a description; a chart that has nothing to show, such as one of hidden figures alone, is none."""
    found = _form(described, on)
    plans = tuple(plan for plan in found.plans if plan.series)
    return found if len(plans) == len(found.plans) else Native(plans, found.table, to_draw=False)


def _form(described: Description, on: Canvas) -> Native:
    match described.body:
        case Rows() as rows:
            places = [place for place in rows.drawn_rows if rows.rows[place].kind != "heading"]
            return Native(tuple(_rows_plan(rows, part, on) for part in in_parts(places)), to_draw=False)
        case Lines() as lines if lines.positions:
            return Native((control_chart(lines, on) if lines.kind == "control chart" else lines_chart(lines, on),))
        case Panels() as panels:
            return Native(tuple(control_chart(lines, on) for lines in panels.panels if lines.positions), to_draw=False)
        case Points() as points if points.spots:
            return Native((points_chart(points, on),))
        case Bins() as bins if any(bins.counts):
            return Native((histogram(bins, on),))
        case Schedule() as schedule if schedule.ends is not None:
            parts = in_parts(range(len(schedule.tasks)), MOST_ROWS // 2)
            return Native(tuple(schedule_chart(schedule, [schedule.tasks[place] for place in part], on) for part in parts), to_draw=False)
        case Grid() as grid if grid.rows:
            return Native(table=heat_table(grid, on))
    return Native(to_draw=isinstance(described.body, Diagram))


def _rows_plan(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    if form := _ROW_FORMS.get(rows.kind):
        return form(rows, places, on)
    names = row_names(rows, places)
    widest = max(map(text_width, names), default=0)
    upright = len(names) <= _MOST_UPRIGHT and widest <= _WIDEST_UPRIGHT
    return marks_upright(rows, places, on) if upright or len(rows.series) > 1 else marks_level(rows, places, on)


def in_parts(places: Sequence[int], most: int = MOST_ROWS) -> list[Sequence[int]]:
    """The rows in parts of about the same length, none longer than ``most``."""
    if not places:
        return []
    count = -(-len(places) // most)
    size = -(-len(places) // count)
    return [places[start : start + size] for start in range(0, len(places), size)]


def has_chart(described: Description) -> bool:
    """Whether Office has a chart or a table for it, so that no picture has to be drawn."""
    return not isinstance(described.body, Diagram)
