"""Where names of points stand so that they cover neither each other, nor points, nor a line, nor leave the plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.kit.description.planes import Spot

Box = tuple[float, float, float, float]
#: The name of Plotly, how far across and how far up.
Side = tuple[str, int, int]
#: Sides of a point, best first.
SIDES: tuple[Side, ...] = (
    ("middle right", 1, 0), ("top right", 1, 1), ("bottom right", 1, -1), ("middle left", -1, 0), ("top left", -1, 1),
    ("bottom left", -1, -1), ("top center", 0, 1), ("bottom center", 0, -1),
)  # fmt: skip
#: The sides on which an Office chart can write a name.
PLAIN_SIDES: tuple[Side, ...] = tuple(side for side in SIDES if 0 in side)
#: Width of a Latin letter by its size: a little more than usual, since in a short name one wide letter counts; and the usual one.
_LATIN, _USUAL = 0.64, 0.56
#: Pixels to which names are cut that have no room in full.
_CUT = (90, 66)


@dataclass(frozen=True)
class Plane:
    """Ends of both axes, and the pixels of the plot."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    def pixels(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies, in pixels from the bottom left."""
        left, bottom = self.x[0], self.y[0]
        return (x - left) / (self.x[1] - left) * self.width, (y - bottom) / (self.y[1] - bottom) * self.height


def label_places(
    spots: Sequence[Spot],
    plane: Plane,
    most: int,
    level: Sequence[float] = (),
    corners: Sequence[str] = ("",) * 4,
    narrow: bool = False,
    sides: Sequence[Side] = SIDES,
) -> list[tuple[str, float]]:
    """On which of the ``sides`` of its point each name stands, and the pixels it has; ("", 0) without room. Names that matter most first.

    ``most`` pixels are what a name may take; ``level`` are lines across the plot and ``corners``
    words in its corners that names keep off; ``narrow`` writes marks in the place of names. A name that has no room
    off the lines and intervals stands on them, and one that still has none is cut: a point without a name says nothing.
    """  # fmt: skip
    centres = [plane.pixels(spot.x.value or 0.0, spot.y.value or 0.0) for spot in spots]
    taken: list[Box] = [(x - 6, x + 6, y - 6, y + 6) for x, y in centres]
    corner_words = _corner_boxes(corners, plane)
    heights = [plane.pixels(plane.x[0], at)[1] for at in level]
    lines: list[Box] = [(0.0, plane.width, at - 1, at + 1) for at in heights]
    places: list[tuple[str, float]] = [("", 0.0)] * len(spots)
    for strict, longest in ((True, most), (False, most), *((False, cut) for cut in _CUT if cut < most)):
        for at in sorted(range(len(spots)), key=lambda place: -spots[place].first):
            if places[at][0]:
                continue
            size = min(_width(spots[at].label(narrow)), longest * _LATIN / _USUAL)
            avoided = [*corner_words, *(other for place, other in enumerate(taken) if place != at)]
            avoided += [*lines, *_bars(spots[at], plane)] if strict else []
            found = _free(centres[at], size, plane, sides, avoided)
            if found:
                side, box = found
                places[at] = side, longest
                taken.append(box)
    return places


def _free(centre: tuple[float, float], size: float, plane: Plane, sides: Sequence[Side], avoided: Sequence[Box]) -> tuple[str, Box] | None:
    """The first of the sides on which a name lies in the plot and on nothing it avoids."""
    for side, across, up in sides:
        box = _box(centre, size, across, up)
        inside = box[0] >= 0 and box[1] <= plane.width and box[2] >= 0 and box[3] <= plane.height
        if inside and not any(_overlap(box, other) for other in avoided):
            return side, box
    return None


def _width(text: str) -> float:
    """Pixels a name takes at most, at the size of names."""
    return sum(12 if ord(character) > 0x2E80 else 12 * _LATIN for character in text)


def _corner_boxes(corners: Sequence[str], plane: Plane) -> list[Box]:
    """Top left, top right, bottom left, bottom right."""
    boxes: list[Box] = []
    for place, word in enumerate(corners):
        wide, low = _width(word) + 6, 0.0 if place > 1 else plane.height - 20
        left = plane.width - wide if place % 2 else 0.0
        boxes += [(left, left + wide, low, low + 20)] if word else []
    return boxes


def _box(centre: tuple[float, float], size: float, across: int, up: int) -> Box:
    middle = centre[0] + across * (size / 2 + 9)
    return middle - size / 2, middle + size / 2, centre[1] + up * 15 - 7, centre[1] + up * 15 + 7


def _bars(spot: Spot, plane: Plane) -> list[Box]:
    """The intervals of a point, which its own name must not be struck through by."""
    boxes: list[Box] = []
    if spot.x.low is not None and spot.x.high is not None:
        (left, y), (right, _y) = plane.pixels(spot.x.low, spot.y.value or 0.0), plane.pixels(spot.x.high, spot.y.value or 0.0)
        boxes.append((left, right, y - 2, y + 2))
    if spot.y.low is not None and spot.y.high is not None:
        (x, bottom), (_x, top) = plane.pixels(spot.x.value or 0.0, spot.y.low), plane.pixels(spot.x.value or 0.0, spot.y.high)
        boxes.append((x - 2, x + 2, bottom, top))
    return boxes


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
