"""The importance–performance map: how important a question or construct is against how good it is now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from analysis.importance_performance.sentence import field_name
from charts.importance_performance.map_words import (
    MapWords,
    fields_text,
    first_sentence,
    importance_title,
    map_caption,
)  # fmt: skip
from charts.importance_performance.priority_rows import map_table, point_tone
from charts.kit.description.description import Description
from charts.kit.description.numbers import Axis, Form, Number, Reference, number_of, verdict_tone
from charts.kit.description.planes import Before, Curve, Points, Spot
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, value_and_margin
from words.language import translator

_HEIGHT = 430


def importance_map_chart(found: ImportanceMap, on: Canvas, *, words: MapWords, moved: Sequence[Movement] = ()) -> Chart:
    """The map with both intervals, cross-hair and iso-priority line. Bottom right: important and low, dark, with their figures.

    A pale dot may lie in another field too, a hollow one has a small base. Diamonds are the competitor, ticks what each question is set
    against, arrows start where a question stood the wave before. The map must have points.
    """
    _ = translator(on.language)
    ways = {each.code: each for each in moved}
    across, along = found.cross_importance or 0.0, found.cross_performance or 0.0
    overkill, keep, low, improve = (field_name(field, on.language) for field in ("overkill", "keep", "low", "improve"))
    described = Description(
        title=words.title,
        caption=map_caption(found, words, bool(moved), on),
        findings=first_sentence(found, on, words.competitor),
        body=Points(
            Axis(importance_title(found, words, on), numbered=True),
            Axis(_("Performance, 0–100"), numbered=True),
            tuple(_spot(place, point, found, ways.get(point.code), on) for place, point in enumerate(found.points)),
            upright=(Reference(across, _("Cross-hair")),),
            level=(Reference(along, _("Cross-hair")),) if found.one_level else (),
            curves=_alike_urgent(found, on),
            corners=(overkill, keep, low, improve) if found.one_level else ("", "", "", ""),
            forms=(Form(2), Form(1)),
            height=_HEIGHT,
        ),
        table=map_table(found, moved, on),
    )
    return draw(described, on)


def _spot(place: int, point: MapPoint, found: ImportanceMap, way: Movement | None, on: Canvas) -> Spot:
    """A point; those first in the order of urgency keep their names."""
    before = None
    if way is not None and way.importance_before is not None and way.performance_before is not None:
        before = Before(way.importance_before, way.performance_before, verdict_tone(way.performance.verdict))
    own_level = not found.one_level and found.cross == "target"
    return Spot(
        on.title(point.code),
        number_of(point.importance, on.language) or Number(None),
        number_of(point.performance, on.language) or Number(None),
        point_tone(point),
        first=float(-place),
        note=fields_text(point, on),
        sure=point.sure,
        rival=number_of(point.theirs, on.language),
        level=found.levels[point.code] if own_level else None,
        before=before,
        mark=str(point.rank),
        figure=value_and_margin(point.performance, on) if point.field == "improve" else "",
    )


def _alike_urgent(found: ImportanceMap, on: Canvas) -> tuple[Curve, ...]:
    """The line through the cross-hair along which a standard deviation of importance is worth one of performance; none without one."""
    if not found.one_level:
        return ()
    spread = [float(np.std([getattr(p, axis).value for p in found.points])) for axis in ("importance", "performance")]
    if min(spread) <= 0:
        return ()
    across, along, slope = found.cross_importance or 0.0, found.cross_performance or 0.0, spread[1] / spread[0]
    xs, ys = ([end for p in found.points for end in _ends(p, axis)] for axis in ("importance", "performance"))
    ends = sorted([min(xs), max(xs), across + (min(ys) - along) / slope, across + (max(ys) - along) / slope])[1:3]
    name = translator(on.language)("alike urgent")
    return (Curve(name, tuple(ends), tuple(along + slope * (end - across) for end in ends), named=False, role="reference"),)


def _ends(point: MapPoint, axis: str) -> list[float]:
    e = getattr(point, axis)
    return [end for end in (e.low, e.high, e.value) if end is not None]
