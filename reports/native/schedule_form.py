"""A plan over time as a native chart: bars that are not seen up to the first day, and on them planned and actual days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from charts.kit.description.schedule import Schedule, Stretch, Task
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT, blend
from reports.native.parts import colour, gap_for, names_axis
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Plot, Series
from words.dates import day_text
from words.language import translator

#: The day before the first one a spreadsheet counts.
_NOUGHT = date(1899, 12, 30)
_DAY = "yyyy-mm-dd"


def schedule_chart(schedule: Schedule, tasks: Sequence[Task], on: Canvas) -> ChartPlan:
    """Two bars a task, the planned and the actual one; the axis is in days, those of the whole plan."""
    _ = translator(on.language)
    ends = schedule.ends
    if ends is None:
        return ChartPlan((), ())
    rows = [(task, kind) for task in tasks for kind in ("planned", "actual") if kind == "planned" or task.actual is not None]
    names = [task.name if kind == "planned" else f"({schedule.late_name if task.late else schedule.actual_name})" for task, kind in rows]
    stretches = [task.planned if kind == "planned" else task.actual for task, kind in rows]
    sheet = DataSheet()
    across = sheet.add(schedule.name_header, names)
    firsts = [None if each is None else float((each.first - _NOUGHT).days) for each in stretches]
    series = [Series(sheet.add(_("First day"), firsts, _DAY), across, in_legend=False)]
    planned = blend(LIGHT.unclear, LIGHT.surface, 0.55)
    kinds = [kind if kind == "planned" else "late" if task.late else "actual" for task, kind in rows]
    looks = (
        ("planned", schedule.planned_name, planned), ("actual", schedule.actual_name, colour(schedule.tone)),
        ("late", schedule.late_name, LIGHT.worse),
    )  # fmt: skip
    for kind, name, fill in looks:
        if kind in kinds:
            lengths = [_days(each) if is_kind == kind else None for each, is_kind in zip(stretches, kinds, strict=True)]
            series.append(Series(sheet.add(_("{name}, days").format(name=name), lengths, "0"), across, fill=fill))
    nothing = sheet.add(_("Zero"), [0.0] * len(names), "0")
    series.append(Series(nothing, across, in_legend=False))  # as the first is not seen either: readers count the legend from either end
    sheet.add(_("Last day"), [None if each is None else float((each.last - _NOUGHT).days) for each in stretches], _DAY)
    low, high = (float((day - _NOUGHT).days) for day in ends)
    today = schedule.marked_day
    title = "" if today is None else f"{schedule.today_name} {day_text(today, on.language)}"
    axis = AxisPlan(title, low, high, _DAY, grid=True, unit=max(round((high - low) / 6), 1), size=9)
    plot = Plot("stacked bar", tuple(series), gap=gap_for(len(names)) // 2)
    return ChartPlan(sheet.columns, (plot,), names_axis(names, upright=False), axis)


def _days(stretch: Stretch | None) -> float | None:
    return None if stretch is None else float(stretch.days)
