"""What the map says: "first improve …", why, and how sure that is."""

from __future__ import annotations

from analysis.importance_performance.importance_map import Field, ImportanceMap, MapPoint
from analysis.results.sentences import Segment
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed


def first_improve_sentence(found: ImportanceMap, schema: SurveySchema, language: Language) -> list[Segment]:
    """The most urgent question that is important and low, or that there is none, or why there is no map."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    if not found.first_improve:
        return _nothing_first(found, schema, language)
    first = found.first_improve[0]
    segments = [
        Segment(_("First improve {name}: {why}").format(name=_title(first, schema, language), why=_why(first, found, language)), "worse")
    ]
    alike = [code for pair in found.indistinct if first.code in pair for code in pair if code != first.code]
    rivals = [point for point in found.first_improve[1:] if point.code in alike]
    if rivals:
        names = listed([_title(point, schema, language) for point in rivals], language, 3)
        segments.append(Segment(_("; as urgent as far as can be told: {names}").format(names=names), "unclear"))
    if not first.sure:
        names = listed([field_name(field, language) for field in first.fields], language)
        segments.append(Segment(_("; it may lie in several fields: {names}").format(names=names), "unclear"))
    if first.lead is not None and first.lead.verdict in ("higher", "lower"):
        points = number_text(abs(first.lead.value or 0.0), 1, language)
        ahead = first.lead.verdict == "higher"
        text = _("; ahead of the competitor by {points} points") if ahead else _("; behind the competitor by {points} points")
        segments.append(Segment(text.format(points=points), "better" if ahead else "worse"))
    return [*segments, Segment(_("."))]


def _nothing_first(found: ImportanceMap, schema: SurveySchema, language: Language) -> list[Segment]:
    """No point lies in the field; those that may are named."""
    _ = translator(language)
    if not found.perhaps_improve:
        return [Segment(_("No question is both important and low."), "better")]
    names = listed([_title(point, schema, language) for point in found.perhaps_improve], language, 3)
    return [Segment(_("No question comes out both important and low, but that cannot be ruled out for {names}.").format(names=names))]


def field_name(field: Field, language: Language) -> str:
    """What a field is called."""
    _ = translator(language)
    return {"improve": _("improve first"), "keep": _("keep up"), "low": _("low priority"), "overkill": _("perhaps too much")}[field]


def _why(point: MapPoint, found: ImportanceMap, language: Language) -> str:
    """Its places on both axes."""
    _ = translator(language)
    count = len(found.points)
    important = 1 + sum((other.importance.value or 0.0) > (point.importance.value or 0.0) for other in found.points)
    low = 1 + sum((other.performance.value or 0.0) < (point.performance.value or 0.0) for other in found.points)
    score = number_text(point.performance.value or 0.0, 1, language)
    if important == 1 and low == 1:
        return _("most important, and lowest ({score})").format(score=score)
    return _("importance place {important}, performance place {low} from below among {count} ({score})").format(
        important=important, low=low, count=count, score=score
    )


def _title(point: MapPoint, schema: SurveySchema, language: Language) -> str:
    return schema.title_of(point.code, language)
