"""What stands beside points on a plane: the competitor's height, the height each is set against, the way from the wave before."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.planes import Points, Spot
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT
from reports.native.parts import GREY, colour, number_form
from reports.office.plan import Cell, DataSheet, Marker, MarkerShape, Series, Stroke
from words.language import translator


def spot_marks(sheet: DataSheet, points: Points, spots: Sequence[Spot], on: Canvas) -> list[Series]:
    """A series for competitors and one for levels, and a line for each way."""
    _ = translator(on.language)
    rivals = [(spot, spot.rival.value) for spot in spots if spot.rival is not None and spot.rival.value is not None]
    levels = [(spot, spot.level) for spot in spots if spot.level is not None]
    made = list[Series]()
    for name, marks, shape, ink in (
        (_("Competitor"), rivals, "diamond", LIGHT.competitor), (_("What it is set against"), levels, "long_dash", GREY),
    ):  # fmt: skip
        if marks:
            made.append(_marks(sheet, points, name, marks, shape, ink))  # type: ignore[arg-type]
    return [*made, *_ways(sheet, points, spots, _("From the wave before"))]


def _marks(
    sheet: DataSheet, points: Points, name: str, marks: Sequence[tuple[Spot, float]], shape: MarkerShape, ink: str
) -> Series:  # fmt: skip
    across = sheet.add(points.x.name, [spot.x.value for spot, _height in marks], number_form(points.forms[0]))
    place = sheet.add(name, [height for _spot, height in marks], number_form(points.forms[1]))
    return Series(place, across, marker=Marker(shape, ink, 8))


def _ways(sheet: DataSheet, points: Points, spots: Sequence[Spot], name: str) -> list[Series]:
    made = list[Series]()
    for spot in spots:
        if spot.before is None:
            continue
        xs: list[Cell] = [spot.before.x, spot.x.value]
        ys: list[Cell] = [spot.before.y, spot.y.value]
        across = sheet.add(points.x.name, xs, number_form(points.forms[0]))
        place = sheet.add(name, ys, number_form(points.forms[1]))
        made.append(Series(place, across, line=Stroke(colour(spot.before.tone), 1.25), in_legend=not made))
    return made
