"""What is drawn on two axes of figures: points with their names and a cross-hair, and control charts with stepped limits.

One reader leaves out a series that is shorter than a later one, so the longest stands first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from charts.kit.description.planes import Line, Lines, Points, Spot
from charts.kit.drawing.labels import PLAIN_SIDES, Plane, label_places
from charts.kit.drawing.points import axis_range
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT, blend
from charts.kit.rows import shortened
from reports.native.parts import HIGH, INK, MUTED, WIDE, add_arms, colour, least_of, name_of_small, number_form, round_axis, values_of
from reports.native.planes_forms import cut_stroke, marked, pieces_of, value_axis, value_ends
from reports.native.spot_marks import spot_marks
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Labels, Marker, Plot, Position, Series, Stroke, Whiskers
from words.language import translator

_MOST_NAMES = 12
#: Share of its colour a point has that may belong elsewhere by chance.
_PALE = 0.5
_PLOT_WIDE, _PLOT_HIGH, _MOST_NAME = WIDE - 60, HIGH - 70, 200


def points_chart(points: Points, on: Canvas) -> ChartPlan:
    """Points by colour, their names where there is room, lines of a cross-hair, curves of limits, words in the corners."""
    sheet = DataSheet()
    forms = [number_form(form) for form in points.forms]
    axes = [_axis(points, which, forms[which]) for which in (0, 1)]
    x, y = ((axis.low or 0.0, axis.high or 0.0) for axis in axes)
    series = [*_curves(sheet, points, y, on), *_cross(sheet, points, x, y), *_corners(sheet, points.corners, x, y, on)]
    spots = [spot for spot in points.spots if spot.x.value is not None and spot.y.value is not None]
    beside = spot_marks(sheet, points, spots, on)
    plane = Plane(x, y, _PLOT_WIDE, _PLOT_HIGH)
    levels = [each.at for each in points.level]
    places = label_places(spots, plane, _MOST_NAME, levels, points.corners, sides=PLAIN_SIDES) if points.named else [("", 0.0)] * len(spots)
    groups: dict[tuple[str, bool, Position | None], list[tuple[Spot, float]]] = {}
    for spot, (side, wide) in zip(spots, places, strict=True):
        ink = colour(spot.tone) if spot.sure else blend(colour(spot.tone), LIGHT.surface, _PALE)
        groups.setdefault((ink, spot.y.small, _position(side)), []).append((spot, wide))
    for (ink, small, position), members in groups.items():
        written = tuple(shortened(spot.name, round(wide)) for spot, wide in members) if position else ()
        series.append(_spots(sheet, points, [spot for spot, _wide in members], ink, on, small=small, labels=_names(position, written)))
    plot = Plot("scatter", tuple(_longest_first([*series, *beside], sheet)))
    return ChartPlan(sheet.columns, (plot,), replace(axes[0], grid=False), axes[1], legend=bool(points.curves or beside))


def _axis(points: Points, which: int, form: str) -> AxisPlan:
    """An axis that does not go below zero where nothing does."""
    axis, numbers = (points.x, points.y)[which], [(spot.x, spot.y)[which] for spot in points.spots]
    return round_axis(*axis_range(points, which), form, title=axis.name, exact=axis.ends is not None, least=least_of(numbers))


def _spots(
    sheet: DataSheet, points: Points, spots: Sequence[Spot], ink: str, on: Canvas, *, small: bool, labels: Labels | None
) -> Series:  # fmt: skip
    """One series; the column of names beside its figures is for whoever edits them."""
    form_x, form_y = points.forms
    if points.named:
        sheet.add(translator(on.language)("Name"), [spot.name for spot in spots])
    across = sheet.add(points.x.name, values_of([spot.x for spot in spots]), number_form(form_x))
    name = name_of_small(points.y.name, on) if small else points.y.name
    place = sheet.add(name, values_of([spot.y for spot in spots]), number_form(form_y))
    arms = add_arms(sheet, points.y.name, [spot.y for spot in spots], form_y, on)
    whiskers = Whiskers(arms.plus, arms.minus, ink, 1.0) if arms else None
    marker = Marker("circle", ink, 8 if points.named else 4, small)
    return Series(place, across, marker=marker, labels=labels, whiskers=whiskers, in_legend=False)


def _names(position: Position | None, written: tuple[str, ...]) -> Labels | None:
    return Labels(position, written, INK, 9) if position else None


def _position(side: str) -> Position | None:
    """What an Office chart calls that side of a point."""
    names: dict[str, Position] = {"middle right": "right", "middle left": "left", "top center": "above", "bottom center": "below"}
    return names.get(side)


def _curves(sheet: DataSheet, points: Points, ends: tuple[float, float], on: Canvas) -> list[Series]:
    made = list[Series]()
    named = set[str]()
    for curve in points.curves:
        name = curve.name or translator(on.language)("Limit")
        across = sheet.add(points.x.name, list(curve.xs), number_form(points.forms[0]))
        place = sheet.add(name, [min(max(at, ends[0]), ends[1]) for at in curve.ys], number_form(points.forms[1]))
        made.append(Series(place, across, line=cut_stroke(dashed=curve.dashed), in_legend=bool(curve.name) and name not in named))
        named.add(name)
    return made


def _cross(sheet: DataSheet, points: Points, x: tuple[float, float], y: tuple[float, float]) -> list[Series]:
    lines = [(each, [each.at, each.at], list(y)) for each in points.upright]
    lines += [(each, list(x), [each.at, each.at]) for each in points.level]
    made, named = list[Series](), set[str]()
    for reference, xs, ys in lines:
        across = sheet.add(points.x.name, list(xs), number_form(points.forms[0]))
        place = sheet.add(reference.name or points.y.name, list(ys), number_form(points.forms[1]))
        told = bool(reference.name) and reference.name not in named
        made.append(Series(place, across, line=cut_stroke(dashed=reference.dashed), in_legend=told))
        named.add(reference.name)
    return made


def _corners(sheet: DataSheet, words: Sequence[str], x: tuple[float, float], y: tuple[float, float], on: Canvas) -> list[Series]:
    """Words at points that are not seen, those of a side in a series."""
    _ = translator(on.language)
    top, bottom = y[1] - (y[1] - y[0]) * 0.04, y[0] + (y[1] - y[0]) * 0.04
    sides: tuple[tuple[float, Position, tuple[str, str]], ...] = (
        (x[0], "right", (words[0], words[2])), (x[1], "left", (words[1], words[3])),
    )  # fmt: skip
    made = list[Series]()
    for at, position, (above, below) in sides:
        if above or below:
            across = sheet.add(_("Corner"), [at, at])
            place = sheet.add(_("Words in the corners"), [top, bottom])
            made.append(Series(place, across, labels=Labels(position, (above, below), MUTED, 10), in_legend=False))
    return made


def control_chart(lines: Lines, on: Canvas) -> ChartPlan:
    """A line over its positions, limits as steps that hold for a position each, signals as points of their own."""
    sheet = DataSheet()
    form, names = number_form(lines.form), translator(on.language)
    sheet.add(lines.header, list(lines.positions))
    at = sheet.add(names("Place"), list(lines.at), "0.##")
    half = min((after - before for before, after in pairwise(lines.at)), default=1.0) / 2
    stepped = sheet.add(names("Ends of the steps"), [end for place in lines.at for end in (place - half, place + half)], "0.##")
    low, high = value_ends(lines)
    axis = value_axis(lines, low - (high - low) * 0.1, high)
    low, high = axis.low or 0.0, axis.high or 0.0
    beyond = (lines.at[-1] - lines.at[0]) * 0.05  # room for the names of the limits
    ends = lines.at[0] - half, lines.at[-1] + half + beyond
    series = list[Series]()
    for line in lines.lines:
        series += _steps(sheet, stepped, line, form) if line.course == "steps" else _course(sheet, at, line, lines, form, on)
    across = sheet.add(names("Place"), list(ends), "0.##")
    for each in lines.references:
        series.append(Series(sheet.add(each.name, [each.at, each.at], form), across, line=cut_stroke(dashed=each.dashed)))
    series += _moments(sheet, lines, (low, high), form, on)
    kept = max(1, -(-len(lines.positions) // _MOST_NAMES))
    texts = tuple(name if (len(lines.positions) - 1 - place) % kept == 0 else "" for place, name in enumerate(lines.positions))
    floor = sheet.add(names("Place of the names"), [low + (high - low) * 0.03] * len(lines.at), form)
    series.append(Series(floor, at, labels=Labels("center", texts, MUTED, 9), in_legend=False))
    return ChartPlan(
        sheet.columns, (Plot("scatter", tuple(_longest_first(series, sheet))),),
        AxisPlan(low=ends[0], high=ends[1], shown=False), axis,
    )  # fmt: skip


def _moments(sheet: DataSheet, lines: Lines, ends: tuple[float, float], form: str, on: Canvas) -> list[Series]:
    """Upright lines with their names at the top, a line each."""
    made = list[Series]()
    for each in lines.upright:
        across = sheet.add(translator(on.language)("Place"), [each.at, each.at], "0.##")
        place = sheet.add(each.name or lines.header, list(ends), form)
        named = Labels("left", ("", each.name), INK, 10, bold=True) if each.name else None
        made.append(Series(place, across, line=cut_stroke(dashed=each.dashed), labels=named, in_legend=False))
    return made


def _steps(sheet: DataSheet, across: int, line: Line, form: str) -> list[Series]:
    values = [value for value in values_of(line.numbers) for _side in range(2)]
    ink = colour(line.tone)
    last = max((place for place, value in enumerate(values) if value is not None), default=0)
    named = Labels("right", tuple(line.name if place == last else "" for place in range(len(values))), ink, 9)
    return [Series(sheet.add(line.name, values, form), across, line=Stroke(ink, 1.25), labels=named, in_legend=False)]


def _course(sheet: DataSheet, across: int, line: Line, lines: Lines, form: str, on: Canvas) -> list[Series]:
    ink = colour(line.tone)
    places = [sheet.add(line.name, piece, form) for piece in pieces_of(values_of(line.numbers), sorted(line.breaks))]
    arms = add_arms(sheet, line.name, line.numbers, lines.form, on) if line.course == "bars" else None
    whiskers = Whiskers(arms.plus, arms.minus, ink, 1.0) if arms else None
    marker = Marker("circle", ink, 6) if line.points else None
    stroke = Stroke(ink, 1.25 if line.role == "limit" else 2.0, dashed=line.course == "dashed")
    labels = Labels("above", line.labels, INK, 9) if any(line.labels) else None
    made = [
        Series(place, across, line=stroke, marker=marker, whiskers=whiskers, labels=labels, in_legend=place == places[0])
        for place in places
    ]  # fmt: skip
    return [*made, *marked(sheet, across, line, form, on)]


def _longest_first(series: Sequence[Series], sheet: DataSheet) -> list[Series]:
    return sorted(series, key=lambda each: -len(sheet.columns[each.values].values))
