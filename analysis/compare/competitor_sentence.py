"""The answer of the competitors page as one sentence: whom we lead, whom we trail, where most."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.compare.compare_competitors import Duels
from analysis.results.estimates import Estimate
from analysis.results.reasons import kind_of
from analysis.results.sentences import Segment, on_questions
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


def competitors_sentence(found: Duels, schema: SurveySchema, language: Language) -> list[Segment]:
    """Lead or lag on the index against each competitor (and on the composite), then the item with the largest certain lag and lead.

    A gap that cannot be told from zero is said to be so; hidden gaps are left out.
    """
    _ = translator(language)
    top, items = schema.tree.code, set(schema.tree.items())
    overall = [duel.gap for duel in (*found.composite, *found.duels) if duel.gap.code == top and duel.gap.keys["brand"] is None]
    if overall and all(kind_of(gap.reason) == "not comparable" for gap in overall):
        return [Segment(_("Not comparable with the competition: too few questions in common or too few answers to them."), "unclear")]
    if overall and all(kind_of(gap.reason) == "not asked" for gap in overall):
        return [Segment(_("Not comparable with the competition: one of the two was not asked."), "unclear")]
    overall = [gap for gap in overall if gap.value is not None]
    if not overall:
        return [Segment(_("There is no competitor with enough answers to compare with."), "unclear")]
    segments: list[Segment] = []
    for gap in overall:
        segments += [Segment(_("; "))] if segments else []
        segments += [_against(gap, _name(gap, schema, language), language), Segment(on_questions(gap, language))]
    single = [duel.gap for duel in found.duels if duel.gap.code in items and duel.gap.keys["brand"] is None]
    behind, ahead = _("furthest behind {rival} on {item} ({points})"), _("furthest ahead of {rival} on {item} ({points})")
    for verdict, template in (("lower", behind), ("higher", ahead)):
        certain = [gap for gap in single if gap.verdict == verdict]
        if certain:
            furthest = max(certain, key=lambda gap: abs(gap.value or 0.0))
            points = number_text(furthest.value or 0.0, 1, language, signed=True)
            text = template.format(rival=_name(furthest, schema, language), item=schema.title_of(furthest.code, language), points=points)
            segments += [Segment(_("; ")), Segment(text, "worse" if verdict == "lower" else "better")]
    first = segments[0]
    return [Segment(first.text[:1].upper() + first.text[1:], first.tone), *segments[1:], Segment(_("."))]


def _against(gap: Estimate, name: str, language: Language) -> Segment:
    _ = translator(language)
    points = number_text(abs(gap.value or 0.0), 1, language)
    if gap.verdict == "higher":
        return Segment(_("we lead {rival} by {points} points").format(rival=name, points=points), "better")
    if gap.verdict == "lower":
        return Segment(_("we trail {rival} by {points} points").format(rival=name, points=points), "worse")
    return Segment(_("we cannot be told apart from {rival}").format(rival=name), "unclear")


def _name(gap: Estimate, schema: SurveySchema, language: Language) -> str:
    rival = gap.keys["operator"]
    return schema.value_title("operator", rival, language) if rival else translator(language)("the competition")


def rivals(found: Duels) -> Sequence[str]:
    """The competitors compared overall, in order."""
    return list(dict.fromkeys(str(duel.gap.keys["operator"]) for duel in found.duels if duel.gap.keys["brand"] is None))
