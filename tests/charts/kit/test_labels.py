"""Names of points: beside their points, on none of the others, and none left out where a shorter one has room."""

from __future__ import annotations

from charts.kit.description.numbers import Number
from charts.kit.description.planes import Spot
from charts.kit.drawing.labels import PLAIN_SIDES, Plane, label_places

PLANE = Plane((0, 400), (0, 200), 400, 200)


def _spot(name: str, x: float, y: float, half: float = 0.0) -> Spot:
    return Spot(name, Number(x), Number(y, y - half, y + half) if half else Number(y))


def test_a_name_with_room_stands_right_of_its_point() -> None:
    assert label_places([_spot("Tariff", 100, 100)], PLANE, 200) == [("middle right", 200)]


def test_a_name_without_room_off_the_lines_stands_on_them() -> None:
    levels = list(range(0, 201, 10))
    assert label_places([_spot("Tariff", 100, 100)], PLANE, 200, levels) == [("middle right", 200)]


def test_a_name_without_room_in_full_is_cut() -> None:
    spots = [_spot("A long name of a service", 60, 100), _spot("", 120, 104), _spot("", 20, 100)]
    [(side, room), *_others] = label_places(spots, PLANE, 200, sides=PLAIN_SIDES)
    assert (side, room) == ("top center", 90)


def test_a_name_without_any_room_is_left_out() -> None:
    crowd = [_spot("", x, y) for x in range(90, 200, 10) for y in range(70, 140, 10)]
    assert label_places([_spot("Tariff", 100, 100), *crowd], PLANE, 200, sides=PLAIN_SIDES)[0] == ("", 0.0)
