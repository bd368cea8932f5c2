"""Where things stand on the map: the ranges of the axes, and on which side of its dot a name has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from charts.kit.layout import Canvas
from charts.kit.rows import text_width

HEIGHT = 460
#: Pixels between the axes on a desk and on a phone, about; only used to keep labels apart.
_WIDE, _NARROW = 860, 270
#: Beside the dot and off its height, so that the bar of the interval does not strike the name through.
_SIDES = (("top right", 1, 1), ("bottom right", 1, -1), ("top left", -1, 1), ("bottom left", -1, -1))
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """Ranges of both axes."""

    x: tuple[float, float]
    y: tuple[float, float]


def frame_of(found: ImportanceMap, moved: Sequence[Movement]) -> Frame:
    """Ranges that hold every interval, competitor, level and place before."""
    xs = [end for p in found.points for end in (p.importance.low, p.importance.high, p.importance.value)]
    ys = [end for p in found.points for end in (p.performance.low, p.performance.high, p.performance.value)]
    ys += [p.theirs.value for p in found.points if p.theirs is not None]
    xs += [found.cross_importance, *(each.importance_before for each in moved)]
    ys += [*found.levels.values(), *(each.performance_before for each in moved)]
    return Frame(_padded([x for x in xs if x is not None], 0.08), _padded([y for y in ys if y is not None], 0.1))


def _padded(values: Sequence[float], share: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    pad = (high - low) * share or 1.0
    return low - pad, high + pad


def name_sides(points: Sequence[MapPoint], names: Sequence[str], frame: Frame, on: Canvas) -> list[str]:
    """On which side of its dot each name stands; empty where there is no room, most urgent points first."""
    width, height = (_NARROW if on.narrow else _WIDE), HEIGHT - 58
    centres = [
        (_place(p.importance.value, frame.x) * width, _place(p.performance.value, frame.y) * height) for p in points
    ]  # fmt: skip
    taken: list[_Box] = [(x - 7, x + 7, y - 7, y + 7) for x, y in centres]
    # The corners name the fields.
    taken += [(0, 110, height - 20, height), (width - 90, width, height - 20, height), (width - 90, width, 0, 20), (0, 110, 0, 20)]
    sides = [""] * len(points)
    for k, (x, y) in enumerate(centres):
        size = min(text_width(names[k], 12), longest_name(on))
        for side, right, up in _SIDES:
            middle = x + right * (size / 2 + 6)
            box = (middle - size / 2, middle + size / 2, y + up * 14 - 8, y + up * 14 + 8)
            inside = box[0] >= 0 and box[1] <= width and box[2] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken if other != taken[k]):
                sides[k] = side
                taken.append(box)
                break
    return sides


def longest_name(on: Canvas) -> int:
    """Pixels after which a name is cut."""
    return 120 if on.narrow else 200


def _place(value: float | None, span: tuple[float, float]) -> float:
    return ((value or 0.0) - span[0]) / (span[1] - span[0])


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
