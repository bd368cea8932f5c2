"""What an importance–performance map consists of: points with intervals on both axes, the cross-hair, and the fields a point may lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from words.language import Message

Importance = Literal["stated", "derived", "effects"]
Cross = Literal["mean", "centre", "target", "competitor"]
#: Martilla and James (1977): concentrate here, keep up the good work, low priority, possible overkill.
Field = Literal["improve", "keep", "low", "overkill"]


@dataclass(frozen=True)
class MapPoint:
    """One question: ``importance`` and ``performance`` (0–100), their distances from the cross-hair, and where it lies.

    ``field`` is where the point itself lies, ``fields`` all it may lie in by the intervals of the distances. ``priority`` is how far it
    lies below the iso-priority line through the cross-hair, in standard deviations of the points, ``rank`` 1 the first to improve, with
    the ``ranks`` it may hold. ``theirs`` is the competitor's performance and ``lead`` ours minus theirs.
    """

    code: str
    importance: Estimate
    performance: Estimate
    importance_distance: Estimate
    performance_distance: Estimate
    field: Field
    fields: tuple[Field, ...]
    priority: Estimate
    rank: int
    ranks: tuple[int, int]
    theirs: Estimate | None = None
    lead: Estimate | None = None

    @property
    def sure(self) -> bool:
        """Whether there is one field only that it may lie in."""
        return len(self.fields) == 1


@dataclass(frozen=True)
class ImportanceMap:
    """The map, most urgent first, or the ``reason`` why there is none.

    ``cross_importance`` and ``cross_performance`` are where the cross-hair is drawn; ``levels`` what each question's performance is set
    against, since targets and competitors differ by question. ``indistinct`` are pairs whose order of priority cannot be told.
    """

    importance: Importance
    cross: Cross
    points: tuple[MapPoint, ...]
    cross_importance: float | None
    cross_performance: float | None
    levels: Mapping[str, float]
    indistinct: tuple[tuple[str, str], ...]
    provenance: Provenance
    notes: tuple[Message, ...] = ()
    reason: Message | None = None

    def find(self, code: str) -> MapPoint | None:
        """The point of one question; None when there is none."""
        return next((point for point in self.points if point.code == code), None)

    @property
    def one_level(self) -> bool:
        """Whether the performance of all questions is set against one level."""
        return len(set(self.levels.values())) <= 1

    @property
    def perhaps_improve(self) -> tuple[MapPoint, ...]:
        """Points of other fields that may lie in "improve", most urgent first."""
        return tuple(point for point in self.points if point.field != "improve" and "improve" in point.fields)

    @property
    def first_improve(self) -> tuple[MapPoint, ...]:
        """Points in the field "improve", most urgent first."""
        return tuple(point for point in self.points if point.field == "improve")


def field_of(important: bool, good: bool) -> Field:
    """The field of a point by its sides of the cross-hair."""
    if important:
        return "keep" if good else "improve"
    return "overkill" if good else "low"


def fields_of(importance_distance: Estimate, performance_distance: Estimate) -> tuple[Field, ...]:
    """All fields the intervals of the distances reach into, that of the point first; only its own without intervals."""
    sides = [_sides(each) for each in (importance_distance, performance_distance)]
    return tuple(dict.fromkeys(field_of(important, good) for important in sides[0] for good in sides[1]))


def _sides(distance: Estimate) -> list[bool]:
    own = (distance.value or 0.0) >= 0
    if distance.low is None or distance.high is None:
        return [own]
    return [own, not own] if distance.low < 0 < distance.high else [own]
