"""Charts of rows as native charts: marks with intervals, bars, stacked bars, Pareto charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Rows
from charts.kit.description.texts import series_name
from charts.kit.drawing.rows import axis_ends
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT, blend
from charts.kit.tones import SOFT
from reports.native.groups import groups_of, numbers_in, tells
from reports.native.parts import (
    MUTED,
    Arms,
    add_arms,
    colour,
    gap_for,
    ink_on,
    least_of,
    names_axis,
    number_form,
    reference_lines,
    right_column,
    room_for,
    round_axis,
    texts_of,
    values_of,
)
from reports.native.row_names import row_names, with_reference_rows
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Labels, Marker, MarkerShape, Plot, Series, Stroke, Whiskers
from words.language import translator

_LABELLED = 14
_MARKS: dict[str, MarkerShape] = {"dot": "circle", "diamond": "diamond", "tick": "long_dash", "ring": "circle", "flag": "triangle"}
_LEAST_PART = 0.05
_ABOVE = 1.06


def marks_upright(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """Points with bars of their intervals above their names; what they are compared with lies below them."""
    sheet = DataSheet()
    names = row_names(rows, places)
    across = sheet.add(rows.name_header, names)
    series = reference_lines(sheet, across, len(names), rows.references)
    columns = sorted(rows.series, key=lambda column: column.drawn is not None and column.drawn.shape == "dot")
    labelled = next((column for column in columns if column.drawn and column.drawn.shape == "dot"), None)
    for column in columns:
        series += _marks(sheet, across, column, rows, places, on, labelled=column is labelled and len(places) <= _LABELLED)
    axis = _axis(rows, places)
    return ChartPlan(sheet.columns, (Plot("line", tuple(series)),), names_axis(names, upright=True), axis, legend=len(series) > 1)


def _marks(
    sheet: DataSheet, across: int, column: Column, rows: Rows, places: Sequence[int], on: Canvas, *, labelled: bool
) -> list[Series]:  # fmt: skip
    if column.drawn is None:
        return []
    form, shape = number_form(column.form), _MARKS.get(column.drawn.shape, "circle")
    made = list[Series]()
    groups = groups_of(column, rows, places, on)
    for group in groups:
        ink, title = colour(group.tone), _titled(group.name, column, rows)
        place = sheet.add(title, values_of(group.numbers), form)
        arms = arms_of(sheet, title, group.numbers, column, on)
        hollow = group.small or column.drawn.shape in ("ring", "diamond")
        whiskers = Whiskers(arms.plus, arms.minus, ink) if arms else None
        labels = Labels("right", form=form, size=9) if labelled else None
        made.append(Series(place, across, marker=Marker(shape, ink, 8, hollow), whiskers=whiskers, labels=labels, in_legend=group.told))
    return made


def arms_of(sheet: DataSheet, name: str, numbers: Sequence[Number | None], column: Column, on: Canvas) -> Arms | None:
    """The arms of a column's intervals, where they are drawn."""
    drawn = column.drawn is None or column.drawn.whiskers
    return add_arms(sheet, name, numbers, column.form, on) if drawn else None


def _axis(rows: Rows, places: Sequence[int]) -> AxisPlan:
    """The axis of figures."""
    numbers = [number for column in rows.series for number in numbers_in(column, places)]
    least = min([least_of(numbers), *(each.at for each in rows.references)])
    form = number_form(rows.series[0].form)
    return round_axis(*axis_ends(rows, places), form, title=rows.heading, exact=rows.axis.ends is not None, least=least)


def _titled(name: str, column: Column, rows: Rows) -> str:
    """The name of a series; where it stands in one of several plots, with the name of that plot."""
    panel = rows.panels[column.drawn.panel] if column.drawn is not None and len(rows.panels) > 1 else ""
    return f"{panel}: {name}" if panel and panel != name else name


def marks_level(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """The same with the names at the left, for many or long ones: a bar that is not seen, and on its end a short one, which is the point.

    The bar that is not seen ends half a point before the figure and carries the interval; so the figures stand as plain columns beside.
    """
    _ = translator(on.language)
    rows, places = with_reference_rows(rows, places)
    column = rows.series[0]
    numbers = numbers_in(column, places)
    sheet, form = DataSheet(), number_form(column.form)
    across = sheet.add(rows.name_header, row_names(rows, places))
    sheet.add(series_name(column), values_of(numbers), form)
    sheet.add(_("Lower end"), [None if n is None else n.low for n in numbers], form)
    sheet.add(_("Upper end"), [None if n is None else n.high for n in numbers], form)
    low, high = axis_ends(rows, places)
    texts = texts_of(numbers, column.form, on)
    wide = high + room_for(texts, low, high)
    point = (wide - low) * 0.008
    starts = [None if n is None or n.value is None else _start(n.value, point) for n in numbers]
    plus, minus = _arms_from(starts, numbers)
    arms = sheet.add(_("Arm to the upper end"), plus, form), sheet.add(_("Arm to the lower end"), minus, form)
    base = sheet.add(_("Start of the point"), starts, form)
    whiskers = Whiskers(*arms, MUTED) if any(arm is not None for arm in plus) else None
    series = [Series(base, across, whiskers=whiskers, in_legend=False)]
    groups = groups_of(column, rows, places, on)
    for group in groups:
        lengths = [None if n is None or n.value is None else point if n.value >= 0 else -point for n in group.numbers]
        ink = colour(group.tone)
        series.append(Series(sheet.add(group.name, lengths, form), across, fill="#FFFFFF" if group.small else ink, edge=ink))
    rest = [None if n is None or n.value is None else wide - max(n.value + point / 2, 0.0) for n in numbers]
    series.append(right_column(sheet, across, rest, texts, on))
    return ChartPlan(
        sheet.columns, (Plot("stacked bar", tuple(series), gap=gap_for(len(numbers)) + 20),),
        names_axis(row_names(rows, places), upright=False),
        AxisPlan(low=low, high=wide, shown=False), legend=tells(groups),
    )  # fmt: skip


def _start(value: float, point: float) -> float:
    """Where the short bar starts that lies around a value; bars grow away from zero."""
    return max(value - point / 2, 0.0) if value >= 0 else min(value + point / 2, 0.0)


def _arms_from(starts: Sequence[float | None], numbers: Sequence[Number | None]) -> tuple[list[float | None], list[float | None]]:
    plus, minus = list[float | None](), list[float | None]()
    for start, number in zip(starts, numbers, strict=True):
        if start is None or number is None or number.low is None or number.high is None:
            plus.append(None)
            minus.append(None)
        else:
            plus.append(max(number.high - start, 0.0))
            minus.append(max(start - number.low, 0.0))
    return plus, minus


def bars(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """One column of bars from zero: a series for each colour, softly filled below whiskers, the figures in a column at the right."""
    rows, places = with_reference_rows(rows, places)
    column = next(each for each in rows.series if each.drawn is not None and each.drawn.shape == "bar")
    numbers = numbers_in(column, places)
    sheet, form = DataSheet(), number_form(column.form)
    across = sheet.add(rows.name_header, row_names(rows, places))
    groups = groups_of(column, rows, places, on)
    made = [
        (sheet.add(group.name, values_of(group.numbers), form), arms_of(sheet, group.name, group.numbers, column, on))
        for group in groups
    ]  # fmt: skip
    start = sheet.add(translator(on.language)("Zero"), [0.0] * len(numbers), form)
    series = [Series(start, across, in_legend=False)]  # first as the figures are last: readers count the legend from either end
    for group, (place, arms) in zip(groups, made, strict=True):
        ink = colour(group.tone)
        fill = "#FFFFFF" if group.small else blend(ink, LIGHT.surface, SOFT) if arms else ink
        whiskers = Whiskers(arms.plus, arms.minus, ink) if arms else None
        series.append(Series(place, across, fill=fill, edge=ink if group.small else None, whiskers=whiskers))
    low, high = axis_ends(rows, places)
    texts = texts_of(numbers, column.form, on)
    wide = high + room_for(texts, low, high)
    rest = [None if n is None else wide - max(n.value or 0.0, 0.0) for n in numbers]
    series.append(right_column(sheet, across, rest, texts, on))
    return ChartPlan(
        sheet.columns, (Plot("stacked bar", tuple(series), gap=gap_for(len(numbers))),), names_axis(row_names(rows, places), upright=False),
        AxisPlan(low=low, high=wide, shown=False), legend=tells(groups),
    )  # fmt: skip


def grouped_bars(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """Several bars a name, a series each, with the bars of their intervals."""
    sheet = DataSheet()
    across = sheet.add(rows.name_header, row_names(rows, places))
    series = list[Series]()
    columns = [column for column in rows.series if column.drawn is not None and column.drawn.shape == "bar"]
    few = len(columns) * len(places) <= 2 * _LABELLED
    for column in columns:
        numbers, form = numbers_in(column, places), number_form(column.form)
        ink = colour(column.drawn.tone(places[0])) if column.drawn and places else MUTED
        place = sheet.add(_titled(series_name(column), column, rows), values_of(numbers), form)
        arms = arms_of(sheet, series_name(column), numbers, column, on)
        whiskers = Whiskers(arms.plus, arms.minus, ink) if arms else None
        labels = Labels("inside_base" if arms else "outside_end", form=form, size=9) if few else None
        fill = blend(ink, LIGHT.surface, SOFT) if arms else ink
        series.append(Series(place, across, fill=fill, whiskers=whiskers, labels=labels))
    axis = _axis(rows, places)
    return ChartPlan(sheet.columns, (Plot("bar", tuple(series), gap=50),), names_axis(row_names(rows, places), upright=False), axis)


def stacked_bars(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """Segments of a whole, each with its text where it is wide enough."""
    sheet = DataSheet()
    across = sheet.add(rows.name_header, row_names(rows, places))
    low, high = axis_ends(rows, places)
    series = list[Series]()
    for column in rows.series:
        if column.drawn is None or column.drawn.shape != "part":
            continue
        numbers, form = numbers_in(column, places), number_form(column.form)
        told = [column.drawn.texts[place] for place in places] if column.drawn.texts else texts_of(numbers, column.form, on)
        for group in groups_of(column, rows, places, on):
            texts = tuple(
                text if number is not None and (number.value or 0.0) >= _LEAST_PART * (high - low) else ""
                for number, text in zip(group.numbers, told, strict=True)
            )
            fill = colour(group.tone)
            labels = Labels("center", texts, ink_on(fill), 9)
            place = sheet.add(group.name, values_of(group.numbers), form)
            series.append(Series(place, across, fill=fill, edge="#FFFFFF", labels=labels, in_legend=group.told))
    axis = AxisPlan(low=low, high=high, shown=False)
    return ChartPlan(
        sheet.columns,
        (Plot("stacked bar", tuple(series), gap=gap_for(len(places)) // 2),),
        names_axis(row_names(rows, places), upright=False),
        axis,
    )


def pareto(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """Columns from the largest to the smallest and the line of their running sum, on one scale."""
    sheet = DataSheet()
    names = row_names(rows, places)
    across = sheet.add(rows.name_header, names)
    few = len(names) <= _LABELLED
    columns, lines = list[Series](), reference_lines(sheet, across, len(names), rows.references)
    for column in rows.series:
        numbers, form = numbers_in(column, places), number_form(column.form)
        if column.drawn is not None and column.drawn.shape == "bar":
            for group in groups_of(column, rows, places, on):
                place, fill = sheet.add(group.name, values_of(group.numbers), form), colour(group.tone)
                arms = arms_of(sheet, group.name, group.numbers, column, on)
                whiskers = Whiskers(arms.plus, arms.minus, MUTED, 1.25) if arms else None
                labels = Labels("center", form=form, colour=ink_on(fill), size=9) if few else None
                columns.append(Series(place, across, fill=fill, labels=labels, whiskers=whiskers, in_legend=group.told))
        elif column.drawn is not None and places:
            ink = colour(column.drawn.tone(places[0]))
            place = sheet.add(series_name(column), values_of(numbers), form)
            labels = Labels("above", form=form, size=9) if few else None
            lines.append(Series(place, across, line=Stroke(ink, 1.75), marker=Marker("circle", ink, 6), labels=labels))
    low, high = axis_ends(rows, places)
    axis = round_axis(low, high, number_form(rows.series[0].form), title=rows.heading)
    axis = replace(axis, high=(axis.high or high) * _ABOVE)  # room for the label of the last point
    plots = Plot("column", tuple(columns), gap=35, overlap=100), Plot("line", tuple(lines))
    return ChartPlan(sheet.columns, plots, names_axis(names, upright=True), axis)


def waterfall(rows: Rows, places: Sequence[int], on: Canvas) -> ChartPlan:
    """Bars that start where the one before ended, on bars that are not seen; totals start at zero."""
    column = next(each for each in rows.series if each.drawn is not None and each.drawn.shape == "step")
    numbers = numbers_in(column, places)
    ends = _running(numbers, [rows.rows[place].kind == "total" for place in places])
    sheet, form = DataSheet(), number_form(column.form)
    across = sheet.add(rows.name_header, row_names(rows, places))
    sheet.add(series_name(column), values_of(numbers), form)
    start = sheet.add(translator(on.language)("Start of the step"), [None if pair is None else _below(*pair) for pair in ends], form)
    series = [Series(start, across, in_legend=False)]
    for group in groups_of(column, rows, places, on):
        for side in (1, -1):
            lengths = [None if n is None or pair is None else _part(pair, side) for n, pair in zip(group.numbers, ends, strict=True)]
            if any(lengths):
                series.append(Series(sheet.add(group.name, lengths, form), across, fill=colour(group.tone)))
    low, high = axis_ends(rows, places)
    texts = texts_of(numbers, column.form, on)
    wide = high + room_for(texts, low, high)
    rest = [None if pair is None else wide - max(*pair, 0.0) for pair in ends]
    series.append(right_column(sheet, across, rest, texts, on))
    return ChartPlan(
        sheet.columns, (Plot("stacked bar", tuple(series), gap=gap_for(len(numbers))),), names_axis(row_names(rows, places), upright=False),
        AxisPlan(low=low, high=wide, shown=False), legend=False,
    )  # fmt: skip


def _running(numbers: Sequence[Number | None], totals: Sequence[bool]) -> list[tuple[float, float] | None]:
    """Where each step starts and ends."""
    found, at = list[tuple[float, float] | None](), 0.0
    for number, total in zip(numbers, totals, strict=True):
        if number is None or number.value is None:
            found.append(None)
            continue
        start = 0.0 if total else at
        at = start + number.value
        found.append((start, at))
    return found


def _below(one: float, other: float) -> float:
    """What is not seen below a step: nothing where the step goes through zero."""
    low, high = min(one, other), max(one, other)
    return low if low > 0 else high if high < 0 else 0.0


def _part(pair: tuple[float, float], side: int) -> float | None:
    """The part of a step above zero (1) or below (-1); None where there is none."""
    low, high = sorted(pair)
    part = max(high, 0.0) - max(low, 0.0) if side > 0 else min(low, 0.0) - min(high, 0.0)
    return part or None
