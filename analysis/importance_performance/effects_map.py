"""The map of a path model: importance is the unstandardised total effect on satisfaction, performance the construct's or item's index.

Effects and indices have intervals of their own (replicate groups); the cross-hair at the means of the points is taken as known beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.importance_performance.estimate_map import priorities
from analysis.importance_performance.importance_map import Cross, ImportanceMap, MapPoint, field_of, fields_of
from analysis.measurement.path_model_result import ImportancePoint
from analysis.results.estimates import Estimate
from analysis.results.provenance import Fact, Provenance
from words.errors import ManyiError
from words.language import message

METHOD = message(
    "Importance is the unstandardised total effect on satisfaction in the path model, performance the index; intervals by delete-a-group "
    "jackknife, the cross-hair taken as known."
)


def effects_map(points: Sequence[ImportancePoint], cross: Cross = "mean", targets: Mapping[str, float] | None = None) -> ImportanceMap:
    """The map of a model's constructs or items. Raises ManyiError for a competitor's cross-hair and for questions without a target."""
    shown = [point for point in points if point.importance.value is not None and point.performance.value is not None]
    empty = ImportanceMap(
        "effects", cross, (), None, None, {}, (), Provenance(METHOD, facts=(Fact("importance", "effects"), Fact("cross", cross)))
    )
    if not shown:
        return replace(empty, reason=message("The path model has no importance to show."))
    if cross == "competitor":
        raise ManyiError(message("A path model's map has no competitor; choose another cross-hair."))
    known = targets or {}
    if cross == "target" and any(point.code not in known for point in shown):
        code = next(point.code for point in shown if point.code not in known)
        raise ManyiError(message("{item} has no target; give every question of the map one.", item=code))
    across, along = (np.array([getattr(point, axis).value for point in shown]) for axis in ("importance", "performance"))
    middle = float(across.mean())
    centre = 50.0 if cross == "centre" else float(along.mean())
    levels = np.array([known[point.code] if cross == "target" else centre for point in shown])
    urgency = priorities(np.concatenate([across, along, across - middle, along - levels]), len(shown))
    place = np.argsort(np.argsort(-urgency, kind="stable"), kind="stable") + 1
    made = []
    for point, level, value, rank in zip(shown, levels.tolist(), urgency.tolist(), place.tolist(), strict=True):
        distances = _shifted(point.importance, middle), _shifted(point.performance, level)
        field = field_of(*((each.value or 0.0) >= 0 for each in distances))
        priority = Estimate(point.importance.keys, point.code, value, n=point.importance.n, n_eff=point.importance.n_eff)
        fields = fields_of(*distances)
        made.append(MapPoint(point.code, point.importance, point.performance, *distances, field, fields, priority, rank, (1, len(shown))))
    ranked = tuple(sorted(made, key=lambda each: each.rank))
    by_code = dict(zip((point.code for point in shown), levels.tolist(), strict=True))
    return ImportanceMap("effects", cross, ranked, middle, float(levels.mean()), by_code, (), empty.provenance)


def _shifted(entry: Estimate, level: float) -> Estimate:
    """The distance of an estimate from a known level."""
    ends = [None if end is None else end - level for end in (entry.low, entry.high)]
    return entry._replace(value=(entry.value or 0.0) - level, low=ends[0], high=ends[1], p=None)
