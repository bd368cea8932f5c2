"""Where the boxes of an arrow diagram go: on a grid of steps and lanes, arrows forwards, as few crossings as possible.

The search is seeded, so a model always looks the same, and it is kept, since a model is drawn many times.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

Place = tuple[int, int]
Point = tuple[float, float]

ROUNDS = 2200
RESTARTS = 6
#: Centres nearer to an arrow than this (in grid units) count as lying under it.
_NEAR = 0.42


@lru_cache(maxsize=64)
def grid_places(
    boxes: tuple[str, ...], arrows: tuple[tuple[str, str], ...], steps: int, lanes: int, sideways: float = 3.0
) -> dict[str, Place]:
    """A place (step, lane) for every box; ``arrows`` name boxes and have no cycle.

    ``sideways`` is what an arrow within one step costs: more where boxes of a step lie too close for a label between them.
    """
    chance = random.Random(7)
    depth = _depths(boxes, arrows)
    deepest = max(depth.values(), default=0) or 1
    free = [(step, lane) for step in range(steps) for lane in range(lanes)]
    best: dict[str, Place] = {}
    best_cost = float("inf")
    for _ in range(RESTARTS):
        places = _start(boxes, depth, deepest, steps, lanes, chance)
        cost = _cost(places, arrows, sideways)
        for _ in range(ROUNDS // RESTARTS * 2):
            box = chance.choice(boxes)
            target = chance.choice(free)
            tried = dict(places)
            other = next((name for name, place in places.items() if place == target), None)
            tried[box] = target
            if other is not None:
                tried[other] = places[box]
            found = _cost(tried, arrows, sideways)
            if found <= cost:
                places, cost = tried, found
        if cost < best_cost:
            best, best_cost = places, cost
    return best


def crossing(first: tuple[Point, Point], second: tuple[Point, Point]) -> Point | None:
    """Where two segments cross strictly inside both; None where they do not."""
    (x1, y1), (x2, y2) = first
    (x3, y3), (x4, y4) = second
    bottom = (x1 - x2) * (y3 - y4) - (y1 - y2) * (x3 - x4)
    if abs(bottom) < 1e-9:
        return None
    t = ((x1 - x3) * (y3 - y4) - (y1 - y3) * (x3 - x4)) / bottom
    u = ((x1 - x3) * (y1 - y2) - (y1 - y3) * (x1 - x2)) / bottom
    inside = 0.02 < t < 0.98 and 0.02 < u < 0.98
    return (x1 + t * (x2 - x1), y1 + t * (y2 - y1)) if inside else None


def distance(point: Point, segment: tuple[Point, Point]) -> float:
    """How far a point is from a segment."""
    (x1, y1), (x2, y2) = segment
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / length))
    return float(((point[0] - x1 - t * (x2 - x1)) ** 2 + (point[1] - y1 - t * (y2 - y1)) ** 2) ** 0.5)


def _depths(boxes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> dict[str, int]:
    depth = dict.fromkeys(boxes, 0)
    for _ in boxes:
        for start, end in arrows:
            depth[end] = max(depth[end], depth[start] + 1)
    return depth


def _start(boxes: Sequence[str], depth: dict[str, int], deepest: int, steps: int, lanes: int, chance: random.Random) -> dict[str, Place]:
    taken: set[Place] = set()
    places = {}
    for box in sorted(boxes, key=lambda name: depth[name]):
        wanted = round(depth[box] / deepest * (steps - 1))
        open_places = sorted(
            ((step, lane) for step in range(steps) for lane in range(lanes) if (step, lane) not in taken),
            key=lambda place: (abs(place[0] - wanted), chance.random()),
        )
        places[box] = open_places[0]
        taken.add(open_places[0])
    return places


def _cost(places: dict[str, Place], arrows: Sequence[tuple[str, str]], sideways: float) -> float:
    """Arrows through boxes cost most, then arrows backwards, crossings, sideways arrows and length."""
    segments: list[tuple[Point, Point]] = [(places[start], places[end]) for start, end in arrows]
    cost = 0.0
    for (start, end), (one, other) in zip(arrows, segments, strict=True):
        forwards = other[0] - one[0]
        cost += 40 * max(0, -forwards) + (sideways if forwards == 0 else 0)
        cost += 0.5 * (abs(forwards) ** 2 + abs(other[1] - one[1]) ** 2)
        for box, place in places.items():
            if box not in (start, end) and distance(place, (one, other)) < _NEAR:
                cost += 30
    for pair in combinations(segments, 2):
        if crossing(*pair):
            cost += 8
    return cost
