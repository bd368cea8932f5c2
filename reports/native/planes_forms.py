"""Lines over time, points on a plane and histograms as native charts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from charts.kit.description.planes import Bins, Line, Lines, Mark
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT, blend
from reports.native.parts import (
    GREY,
    add_arms,
    colour,
    ends_of,
    least_of,
    name_of_small,
    names_axis,
    number_form,
    parts_of,
    reference_lines,
    round_axis,
    values_of,
)
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Labels, Marker, MarkerShape, Plot, Position, Series, Stroke, Whiskers
from words.language import translator

_LABELLED = 14
_BAND = 0.2
MARKS: dict[Mark, tuple[MarkerShape, str]] = {
    "rise": ("triangle", LIGHT.better), "fall": ("triangle", LIGHT.worse), "signal": ("circle", LIGHT.ink),
}  # fmt: skip


def mark_name(mark: Mark, on: Canvas) -> str:
    """What a marked point says."""
    _ = translator(on.language)
    return {"rise": _("real rise"), "fall": _("real fall"), "signal": _("Signal")}.get(mark, "")


def lines_chart(lines: Lines, on: Canvas) -> ChartPlan:
    """Lines over their positions. One unbroken line has the band of its interval, any other the bar of each point."""
    sheet = DataSheet()
    across = sheet.add(lines.header, list(lines.positions))
    banded = _banded(lines)
    plots = [_band(sheet, across, banded, lines, on)] if banded is not None else []
    series = reference_lines(sheet, across, len(lines.positions), lines.references)
    for line in lines.lines:
        series += _line(sheet, across, line, lines, on, whiskers=line is not banded)
    axis = value_axis(lines, *value_ends(lines))
    return ChartPlan(sheet.columns, (*plots, Plot("line", tuple(series))), names_axis(lines.positions, upright=True), axis)


def value_axis(lines: Lines, low: float, high: float) -> AxisPlan:
    """The axis of values."""
    least = min([least_of(n for line in lines.lines for n in line.numbers), *(each.at for each in lines.references)])
    exact = lines.axis.ends is not None
    return round_axis(low, high, number_form(lines.form), title=lines.axis.name, exact=exact, least=least)


def value_ends(lines: Lines) -> tuple[float, float]:
    """The ends of the axis of values."""
    if lines.axis.ends is not None:
        return lines.axis.ends
    values = [end for line in lines.lines for end in parts_of(line.numbers)] + [each.at for each in lines.references]
    return ends_of(values, lines.axis.holds, 0.12)


def _banded(lines: Lines) -> Line | None:
    """The only line, where it is whole: an area knows no gaps."""
    shown = [line for line in lines.lines if any(parts_of(line.numbers))]
    if len(shown) != 1 or shown[0].course != "band" or shown[0].breaks or len(lines.positions) < 2:
        return None
    whole = all(number is not None and number.value is not None and number.low is not None for number in shown[0].numbers)
    return shown[0] if whole else None


def _band(sheet: DataSheet, across: int, line: Line, lines: Lines, on: Canvas) -> Plot:
    """Two areas on each other: one that is not seen up to the lower end, and the interval itself."""
    _ = translator(on.language)
    form, shown = number_form(lines.form), [number for number in line.numbers if number is not None]
    lower = sheet.add(_("{name}: lower end").format(name=line.name), [number.low for number in shown], form)
    width = [number.high - number.low for number in shown if number.high is not None and number.low is not None]
    band = sheet.add(_("{name}: interval").format(name=line.name), list(width), form)
    fill = blend(colour(line.tone), LIGHT.surface, _BAND)
    return Plot("stacked area", (Series(lower, across, in_legend=False), Series(band, across, fill=fill)))


def _line(sheet: DataSheet, across: int, line: Line, lines: Lines, on: Canvas, *, whiskers: bool) -> list[Series]:
    """The line, cut into several where it is broken; its points of small bases and its marked points as series of their own."""
    ink, form = colour(line.tone), number_form(lines.form)
    values = values_of(line.numbers)
    only = sum(other.points for other in lines.lines) == 1
    labels = _labels(line, form, ink, plain=only and len(values) <= _LABELLED, beside="right" if whiskers else "above")
    pieces = pieces_of(values, sorted(line.breaks))
    columns = [sheet.add(line.name, piece, form) for piece in pieces]
    arms = add_arms(sheet, line.name, line.numbers, lines.form, on) if whiskers and line.course != "plain" else None
    marker = Marker("circle", ink, 7) if line.points and not line.tones else None
    stroke = Stroke(ink, 1.25 if line.role == "limit" else 2.25, dashed=line.course == "dashed")
    bars = Whiskers(arms.plus, arms.minus, ink, 1.25) if arms else None
    made = [
        Series(column, across, line=stroke, marker=marker, labels=labels, whiskers=bars, in_legend=place == 0)
        for place, column in enumerate(columns)
    ]
    small = [value if number is not None and number.small else None for value, number in zip(values, line.numbers, strict=True)]
    if line.points and any(value is not None for value in small):
        made.append(Series(sheet.add(name_of_small(line.name, on), small, form), across, marker=Marker("circle", ink, 7, hollow=True)))
    return [*made, *_toned(sheet, across, line, form), *marked(sheet, across, line, form, on)]


def _toned(sheet: DataSheet, across: int, line: Line, form: str) -> list[Series]:
    """The points of a line whose points have colours of their own, a series a colour."""
    made = list[Series]()
    for tone in dict.fromkeys(line.tones):
        values = [value if line.tones[place] == tone else None for place, value in enumerate(values_of(line.numbers))]
        made.append(Series(sheet.add(line.name, values, form), across, marker=Marker("circle", colour(tone), 7), in_legend=False))
    return made


def marked(sheet: DataSheet, across: int, line: Line, form: str, on: Canvas) -> list[Series]:
    """A series for each kind of mark that is there."""
    made = list[Series]()
    for mark, (shape, ink) in MARKS.items():
        values = [
            None if number is None or line.marks[place] != mark else number.value for place, number in enumerate(line.numbers)
        ] if line.marks else []  # fmt: skip
        if any(value is not None for value in values):
            name = f"{line.name}: {mark_name(mark, on)}"
            made.append(Series(sheet.add(name, values, form), across, marker=Marker(shape, ink, 10)))
    return made


def _labels(line: Line, form: str, ink: str, *, plain: bool, beside: Position) -> Labels | None:
    """Texts above the points, or beside them where the bars of their intervals stand there."""
    if not line.points:
        return None
    if any(line.labels):
        return Labels(beside, tuple(label.replace("\n", " ") for label in line.labels), ink, 9)
    return Labels(beside, form=form, colour=ink, size=9) if plain else None


def pieces_of(values: Sequence[float | None], breaks: Sequence[int]) -> list[list[float | None]]:
    """The values in as many columns as there are unbroken pieces, each as long as all."""
    ends = [0, *breaks, len(values)]
    spans = [(start, end) for start, end in pairwise(ends) if any(v is not None for v in values[start:end])]
    return [[value if start <= place < end else None for place, value in enumerate(values)] for start, end in spans]


def histogram(bins: Bins, on: Canvas) -> ChartPlan:
    """Columns without gaps, named by the ends of their classes."""
    sheet = DataSheet()
    decimals = bins.form.decimals
    names = [f"{on.number(low, decimals)}–{on.number(high, decimals)}" for low, high in pairwise(bins.edges)]
    across = sheet.add(bins.axis.name or f"{bins.edge_headers[0]} – {bins.edge_headers[1]}", names)
    counts = sheet.add(bins.count_header, list(bins.counts), "0")
    labels = Labels("outside_end", form="0", size=9) if len(names) <= _LABELLED else None
    series = Series(counts, across, fill=colour(bins.tone), edge="#FFFFFF", labels=labels)
    axis = names_axis(names, upright=True)
    return ChartPlan(
        sheet.columns, (Plot("column", (series,), gap=4),),
        AxisPlan(bins.axis.name, size=axis.size, turned=axis.turned), AxisPlan(bins.count_header, 0.0, form="0", grid=True), legend=False,
    )  # fmt: skip


def cut_stroke(*, dashed: bool) -> Stroke:
    """The line of a limit or a cross-hair."""
    return Stroke(GREY, 1.25, dashed=dashed)
