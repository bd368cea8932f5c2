"""Words of the map: what its axes, fields and marks mean, and what it shows in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.sentence import field_name, first_improve_sentence
from analysis.results.sentences import plain_text
from charts.kit.layout import Canvas
from words.language import translator
from words.lists import listed


@dataclass(frozen=True)
class MapWords:
    """What a map is called, what the importance of its points is for (None where it was asked), and the competitor beside them."""

    title: str
    outcome: str | None = None
    competitor: str | None = None
    before: str | None = None


def importance_title(found: ImportanceMap, words: MapWords, on: Canvas) -> str:
    """What stands along the axis of importance."""
    _ = translator(on.language)
    if found.importance == "stated":
        return _("Importance as stated, 0–100")
    if found.importance == "derived":
        return _("Importance: share of what moves {outcome}, %").format(outcome=words.outcome)
    return _("Importance: points of {outcome} per point").format(outcome=words.outcome)


def fields_text(point: MapPoint, on: Canvas) -> str:
    """The field of a point, and the others it may lie in."""
    _ = translator(on.language)
    own, *others = (field_name(field, on.language) for field in point.fields)
    return _("{field} (or {others})").format(field=own, others=listed(others, on.language)) if others else own


def short_fields_text(point: MapPoint, on: Canvas) -> str:
    """The field of a point, and whether it is certain as far as there is room for that."""
    _ = translator(on.language)
    own = field_name(point.field, on.language)
    return own if point.sure or on.narrow else _("{field} (not certain)").format(field=own)


def first_sentence(found: ImportanceMap, on: Canvas, rival: str | None) -> str:
    """What to improve first."""
    return plain_text(first_improve_sentence(found, on.schema, on.language, rival=rival or ""))


def map_caption(found: ImportanceMap, words: MapWords, moved: bool, on: Canvas) -> str:
    """How to read the map: cross-hair, marks, arrows."""
    _ = translator(on.language)
    crosses = {
        "mean": _("Up: performance, 0–100. Cross-hair: the means of all points."),
        "centre": _("Up: performance, 0–100. Cross-hair: the middle of the scale."),
        "target": _("Up: performance, 0–100. Cross-hair: each question’s target."),
        "competitor": _("Up: performance, 0–100. Each question is set against the competitor’s performance."),
    }
    told = [crosses[found.cross], _("Dark: important and low; teal: the others. Bars: intervals on both axes.")]
    if on.narrow:
        told.append(_("Numbers: ranks in the order of improving; the table names them."))
    if found.one_level:
        told.append(_("Solid line: alike urgent along it, more urgent below."))
    if any(not point.sure for point in found.points):
        told.append(_("Pale dot: it may lie in another field too."))
    if words.competitor and any(point.theirs is not None for point in found.points):
        told.append(_("Diamond: {competitor}.").format(competitor=words.competitor))
    if moved and words.before:
        told.append(
            _("Arrow: from {wave}; red where performance fell, blue where it rose for certain, else grey.").format(wave=words.before)
        )
    if any(point.performance.marked or point.importance.marked for point in found.points):
        told.append(_("Hollow dot: small base, read with care."))
    return (" " if on.language == "en" else "").join(told)
