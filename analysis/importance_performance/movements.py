"""How points of two maps moved from one wave to the next: an arrow a point, with the change on both axes."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.importance_performance.importance_map import Field, ImportanceMap, MapPoint
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.independent_difference import independent_difference
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class Movement:
    """One question on both maps: change of both axes, now minus before, where it stood, and the fields it lay and lies in."""

    code: str
    importance: Estimate
    performance: Estimate
    importance_before: float
    performance_before: float
    before: Field
    now: Field


def movements(
    now: ImportanceMap, before: ImportanceMap, *, smallest: float = 0.0, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> tuple[Movement, ...]:
    """Movements of the questions on both maps, in the order of ``now``; waves are independent samples.

    p by Benjamini and Hochberg along each axis; performance changes below ``smallest`` points are unclear. Raises ManyiError for maps of
    two kinds of importance.
    """
    if now.importance != before.importance:
        raise ManyiError(message("The two maps measure importance in two ways; compare maps of one kind."))
    pairs = [(point, other) for point in now.points if (other := before.find(point.code)) is not None]
    axes = [
        with_verdicts([_change(point, other, axis, thresholds) for point, other in pairs], "fdr_bh", thresholds, least)
        for axis, least in (("importance", 0.0), ("performance", smallest))
    ]
    return tuple(
        Movement(
            point.code, importance, performance, other.importance.value or 0.0, other.performance.value or 0.0, other.field, point.field
        )
        for (point, other), importance, performance in zip(pairs, *axes, strict=True)
    )


def _change(point: MapPoint, other: MapPoint, axis: str, thresholds: Thresholds) -> Estimate:
    one, two = getattr(point, axis), getattr(other, axis)
    plain = Estimate(one.keys, point.code, None, n=one.n, n_eff=min(one.n_eff, two.n_eff), marked=one.marked or two.marked)
    return independent_difference(one, two, plain, thresholds)
