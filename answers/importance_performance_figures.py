"""A map of importance and performance as flat records, what its figures are called, and its chapters of *Methods*."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from analysis.results.estimates import Estimate, Result
from answers.figure_words import VERDICT_WORDS
from answers.flat import bare, collected, refused, tagged
from answers.topic import Chapter
from words.language import Message, message
from words.lists import Listed

IMPORTANCE_WORDS = {
    "importance": message("importance"),
    "performance": message("performance, 0–100"),
    "importance_distance": message("importance from the cross-hair"),
    "performance_distance": message("performance from the cross-hair"),
    "priority": message("priority (distance from the iso-priority line)"),
    "first_rank": message("first rank it may hold"),
    "last_rank": message("last rank it may hold"),
    "level": message("what performance is set against"),
    "theirs": message("performance of the competitor, 0–100"),
    "lead": message("ours minus the competitor's, points"),
    "cross_hair": message("cross-hair"),
    "importance_change": message("change of importance"),
    "performance_change": message("change of performance, points"),
    "importance_before": message("importance before"),
    "performance_before": message("performance before"),
}
IMPORTANCE_CHAPTERS = (
    Chapter(
        "importance_performance.estimate_map",
        message("Importance and performance"),
        message(
            "Performance is the mean of a question (0–100), importance what respondents said of it, its LMG share, or its total "
            "effect in the path model. The cross-hair stands at the mean of the points, at the middle of the scale, at each "
            "question's target or at the competitor's performance. Points, cross-hair and distances are one statistic with one "
            "delete-a-group jackknife, so a point near a line says in which fields it may lie. Order of improving: distance from the "
            "iso-priority line, in standard deviations of the points, with the ranks each may hold (all pairs, Holm). Martilla and "
            "James (1977), Slack (1994), Bacon (2003)."
        ),
        r"q_i = \frac{I_i - I_0}{s_I} - \frac{P_i - P_0}{s_P}",
    ),
    Chapter(
        "importance_performance.movements",
        message("Movement on the map"),
        message(
            "Where a question stood in the wave before, and its change along both axes; waves are independent samples, p by Benjamini and "
            "Hochberg along each axis. Only questions that both waves were asked; derived importance only where all of them were."
        ),
    ),
)


def map_figures(found: ImportanceMap, moved: Sequence[Movement], codes: Sequence[str]) -> Result:
    """Every figure of every point, most urgent first, then the cross-hair and the movements; the reason where there is no map."""
    if found.reason is not None or not found.points:
        reason = found.reason or message("The path model has no importance to show.")
        return collected([refused(code, reason, 0, 0.0, figure="importance") for code in codes[:1]], found.provenance)
    estimates = [entry for point in found.points for entry in _of_point(point, found)]
    base = found.points[0].performance
    middle = {"importance": found.cross_importance, "performance": found.cross_performance}
    estimates += [*bare("cross_hair", middle, base), *(entry for each in moved for entry in _of_movement(each))]
    return collected(
        estimates,
        found.provenance,
        fields={point.code: point.fields for point in found.points},
        rank_ranges={point.code: point.ranks for point in found.points},
        indistinct=found.indistinct,
    )


def _of_point(point: MapPoint, found: ImportanceMap) -> list[Estimate]:
    """The priority with rank and field, and in a note what else they may be; then the ends of the ranks, and both axes."""
    priority = point.priority._replace(rank=point.rank, verdict=point.field, note=_perhaps(point))
    ends = {"first_rank": point.ranks[0], "last_rank": point.ranks[1]}
    return [
        *tagged("priority", [priority], tested=False),
        *(entry for name, rank in ends.items() for entry in bare(name, {point.code: float(rank)}, point.priority)),
        *tagged("importance", [point.importance], tested=False),
        *tagged("performance", [point.performance], tested=False),
        *tagged("importance_distance", [point.importance_distance]),
        *tagged("performance_distance", [point.performance_distance]),
        *bare("level", {point.code: found.levels[point.code]}, point.performance),
        *tagged("theirs", [point.theirs], tested=False),
        *tagged("lead", [point.lead]),
    ]


def _perhaps(point: MapPoint) -> Message | None:
    """The fields and ranks a point may have; nothing where there is one of each."""
    first, last = point.ranks
    fields = None if point.sure else Listed([VERDICT_WORDS[field] for field in point.fields])
    if fields is not None and first != last:
        return message("May lie in: {fields}; may rank from {first} to {last}.", fields=fields, first=first, last=last)
    if fields is not None:
        return message("May lie in: {fields}.", fields=fields)
    return message("May rank from {first} to {last}.", first=first, last=last) if first != last else None


def _of_movement(each: Movement) -> list[Estimate]:
    return [
        *tagged("importance_change", [each.importance]),
        *tagged("performance_change", [each.performance]),
        *bare("importance_before", {each.code: each.importance_before}, each.importance),
        *bare("performance_before", {each.code: each.performance_before}, each.performance),
    ]
