"""What the map says: "first improve …", why, and how sure that is."""

from __future__ import annotations

from analysis.importance_performance.importance_map import Field, ImportanceMap, MapPoint
from analysis.results.sentences import Segment
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

#: Questions named one by one that may be as urgent as the first.
_MOST = 2


def first_improve_sentence(found: ImportanceMap, schema: SurveySchema, language: Language, *, rival: str = "") -> list[Segment]:
    """The most urgent question that is important and low, how sure that is, the lead over ``rival`` and the base.

    Or that there is no such question, or why there is no map. Red only what is certainly low, or certainly behind.
    """
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    if not found.first_improve:
        return _nothing_first(found, schema, language)
    first = found.first_improve[0]
    important, low = _why(first, found, language)
    half = None if first.performance.low is None or first.performance.high is None else (first.performance.high - first.performance.low) / 2
    score = number_text(first.performance.value or 0.0, 1, language)
    if half is not None:
        score = f"{score} ±{number_text(half, 1, language)}"
    segments = [
        Segment(_("First improve {name}: {important}, and ").format(name=_title(first, schema, language), important=important)),
        Segment(_("{low} ({score})").format(low=low, score=score), "worse" if first.sure else "unclear"),
        _how_sure(first, found, schema, language),
    ]
    if first.lead is not None and first.lead.verdict in ("higher", "lower"):
        points = number_text(abs(first.lead.value or 0.0), 1, language)
        ahead = first.lead.verdict == "higher"
        text = _("ahead of {rival} by {points} points") if ahead else _("behind {rival} by {points} points")
        named = rival or _("the competitor")
        segments += [Segment(_("; ")), Segment(text.format(rival=named, points=points), "better" if ahead else "worse")]
    base = _("; {n} respondents").format(n=number_text(first.performance.n, 0, language))
    return [*segments, Segment(base), Segment(_("."))]


def _how_sure(first: MapPoint, found: ImportanceMap, schema: SurveySchema, language: Language) -> Segment:
    """Whether it certainly comes first, which others may be as urgent, or that this cannot be told."""
    _ = translator(language)
    pairs = [pair for pair in found.indistinct if first.code in pair]
    alike = [point for point in found.points if point is not first and any(point.code in pair for pair in pairs)]
    if alike:
        names = listed([_title(point, schema, language) for point in alike], language, _MOST)
        return Segment(_("; perhaps as urgent: {names}").format(names=names), "unclear")
    if first.ranks[1] > 1:
        return Segment(_("; whether it certainly comes first is not tested"), "unclear")
    if not first.sure:
        return Segment(_("; whether it is both important and low is not certain"), "unclear")
    return Segment(_("; certain to come first"))


def uncertain_fields(found: ImportanceMap, language: Language) -> str:
    """In which other fields the first question may lie; empty where there is one only."""
    first = next(iter(found.first_improve), None)
    if found.reason is not None or first is None or first.sure:
        return ""
    names = listed([field_name(field, language) for field in first.fields[1:]], language)
    return translator(language)("By its intervals the first question may also lie in: {fields}.").format(fields=names)


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


def _why(point: MapPoint, found: ImportanceMap, language: Language) -> tuple[str, str]:
    """Its place on both axes in words."""
    _ = translator(language)
    most = all((other.importance.value or 0.0) <= (point.importance.value or 0.0) for other in found.points)
    lowest = all((other.performance.value or 0.0) >= (point.performance.value or 0.0) for other in found.points)
    return _("most important") if most else _("important"), _("lowest") if lowest else _("low")


def _title(point: MapPoint, schema: SurveySchema, language: Language) -> str:
    return schema.title_of(point.code, language)
