"""Draws a plan over time at the width of its canvas: two bars a row, months above, today as a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from charts.kit.description.schedule import Schedule, Stretch, Task
from charts.kit.drawing.widths import natural_width
from charts.kit.layout import Canvas
from charts.kit.palette import blend
from charts.kit.plain_figure import PlainFigure, Trace, bar
from charts.kit.rows import TextColumn, name_width, rows_figure
from charts.kit.tones import text_colour, tone_colour
from words.dates import day_text, month_text
from words.shown_text import plotly_text as plain

_NAME_MOST, _NAME_PHONE = 210, 116
#: Pixels a label of the time axis needs, and the least width of a plot beside a column of words.
_LABEL, _LEAST_PLOT = 46, 240
_THICK, _APART = 0.26, 0.17
#: Months from one line to the next, the first of which leaves room for labels.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
#: Plans of at most so many days have a line a week.
_WEEKS = 70


def draw_schedule(schedule: Schedule, on: Canvas) -> PlainFigure:
    """The figure; without any day an empty one."""
    ends = schedule.ends
    tasks, colours = schedule.tasks, on.colours
    names = [task.name for task in tasks]
    left = TextColumn(schedule.name_header, names, name_width(names, _NAME_PHONE if on.narrow else _NAME_MOST), strong=True)
    words = [task.word for task in tasks]
    width = natural_width(words, "")
    right = [TextColumn("", words, width, "left", [text_colour(task.ink, colours) for task in tasks])]
    beside = any(words) and on.room - left.width - width >= _LEAST_PLOT
    figure = rows_figure(len(tasks), [left], right if beside else [], on)
    if ends is None:
        return figure
    low, high = (float(day.toordinal()) for day in ends)
    plot = on.room - left.width - (width if beside else 0) - 16
    figure.update_xaxes(range=[low - 0.01 * (high - low), high + 0.01 * (high - low)])
    for day, name in _lines(ends, plot, on):
        _line(figure, day, len(tasks), colours.line, None)
        figure.add_annotation(
            x=day.toordinal(), y=1, yref="paper", yshift=2, xanchor="left", yanchor="bottom", align="left", showarrow=False,
            text=name, font={"size": 11, "color": colours.muted},
        )  # fmt: skip
    _bars(figure, schedule, on)
    if (today := schedule.marked_day) is not None:
        _line(figure, today, len(tasks), colours.ink, "4px,3px")
        extra = 18
        figure.update_layout(height=figure.height + extra, margin={"b": figure.margin["b"] + extra})
        right_half = today.toordinal() - low > 0.6 * (high - low)
        figure.add_annotation(
            x=today.toordinal(), y=0, yref="paper", yshift=-4, yanchor="top", xanchor="right" if right_half else "left", showarrow=False,
            text=plain(f"{schedule.today_name} {day_text(today, on.language)}"), font={"size": 12, "color": colours.ink},
        )  # fmt: skip
    return figure


def _bars(figure: PlainFigure, schedule: Schedule, on: Canvas) -> None:
    colours = on.colours
    solid, late = tone_colour(schedule.tone, colours), colours.worse
    planned = blend(colours.unclear, colours.surface, 0.55)
    for at, task in enumerate(schedule.tasks):
        for stretch, name, colour, lane in (
            (task.planned, schedule.planned_name, planned, -_APART),
            (task.actual, schedule.late_name if task.late else schedule.actual_name, late if task.late else solid, _APART),
        ):
            if stretch is not None:
                figure.add_trace(_bar(stretch, at + lane, colour, _told(task, name, stretch, on)))


def _bar(stretch: Stretch, y: float, colour: str, told: str) -> Trace:
    return bar(
        x=[stretch.days], base=[stretch.first.toordinal()], y=[y], orientation="h", width=_THICK, hovertext=[told], hoverinfo="text",
        marker={"color": colour, "cornerradius": 2, "line": {"width": 0}},
    )  # fmt: skip


def _told(task: Task, name: str, stretch: Stretch, on: Canvas) -> str:
    days = f"{day_text(stretch.first, on.language)} – {day_text(stretch.last, on.language)}"
    return "<br>".join(plain(part) for part in (task.name, f"{name}: {days}", task.word) if part)


def _line(figure: PlainFigure, day: date, count: int, colour: str, dash: str | None) -> None:
    pen = {"color": colour, "width": 1.5 if dash else 1, **({"dash": dash} if dash else {})}
    layer = "above" if dash else "below"
    figure.add_shape(type="line", x0=day.toordinal(), x1=day.toordinal(), y0=-0.5, y1=count - 0.5, line=pen, layer=layer)


def _lines(ends: tuple[date, date], plot: float, on: Canvas) -> Iterator[tuple[date, str]]:
    """The days that get a line, with their labels: Mondays of short plans, else beginnings of months so far apart that labels fit."""
    first, last = ends
    days = (last - first).days
    if days <= _WEEKS:
        week = max(1, -(-_LABEL * days // (7 * max(int(plot), 1))))
        day = first + timedelta(days=-first.weekday() % 7)
        while day < last:
            yield day, day_text(day, on.language, year=False)
            day += timedelta(days=7 * week)
        return
    step = next((each for each in _STEPS if plot * 30.4 * each / days >= _LABEL), _STEPS[-1])
    number, told = first.year * 12 + first.month - 1, False
    number += (first.day > 1) + (-(number + (first.day > 1)) % step)
    while (day := date(number // 12, number % 12 + 1, 1)) < last:
        yield day, month_text(day, on.language, year=not told or day.month == 1)
        number, told = number + step, True
