"""The answer of the competitors page in three clauses: the index, the item furthest behind, the item furthest ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.compare_competitors import Duel, Duels
from analysis.results.estimates import Estimate
from analysis.results.reasons import kind_of
from analysis.results.sentences import Segment, margin_text, on_questions
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


@dataclass(frozen=True)
class Telling:
    """The comparison that matters most: the competitor and the indicator of the sentence's red clause, else of its blue one."""

    rival: str
    code: str


def competitors_sentence(found: Duels, schema: SurveySchema, language: Language) -> list[Segment]:
    """Lead or lag on the index, then the item with the largest certain lag and that with the largest certain lead.

    The index is against the composite of the competition, else against the strongest competitor; a gap that cannot be told from zero is
    said to be so; hidden gaps are left out. Every figure has half its interval, the first one its respondents.
    """
    _ = translator(language)
    overall = [
        duel.gap for duel in (*found.composite, *found.duels) if duel.gap.code == schema.tree.code and duel.gap.keys["brand"] is None
    ]
    if overall and all(kind_of(gap.reason) == "not comparable" for gap in overall):
        return [Segment(_("Not comparable with the competition: too few questions in common or too few answers to them."), "unclear")]
    if overall and all(kind_of(gap.reason) == "not asked" for gap in overall):
        return [Segment(_("Not comparable with the competition: one of the two was not asked."), "unclear")]
    main = found.main_duel(schema.tree.code)
    if main is None or main.gap.value is None:
        return [Segment(_("There is no competitor with enough answers to compare with."), "unclear")]
    segments = _against(main.gap, _name(main.gap, schema, language), _respondents(found, main), language)
    templates = {"lower": _("furthest behind {rival}: {item} ({points})"), "higher": _("furthest ahead of {rival}: {item} ({points})")}
    for verdict, gap in furthest(found, schema).items():
        points = f"{number_text(gap.value or 0.0, 1, language, signed=True)}{margin_text(gap, language)}"
        text = templates[verdict].format(rival=_name(gap, schema, language), item=schema.title_of(gap.code, language), points=points)
        segments += [Segment(_("; ")), Segment(text, "worse" if verdict == "lower" else "better")]
    first = segments[0]
    return [Segment(first.text[:1].upper() + first.text[1:], first.tone), *segments[1:], Segment(_("."))]


def furthest(found: Duels, schema: SurveySchema) -> dict[str, Estimate]:
    """The certain gap of an item that is largest, by its verdict: ``lower`` first, then ``higher``; only those there are."""
    items = set(schema.tree.items())
    single = [duel.gap for duel in found.duels if duel.gap.code in items and duel.gap.keys["brand"] is None]
    there = {verdict: [gap for gap in single if gap.verdict == verdict] for verdict in ("lower", "higher")}
    return {verdict: max(gaps, key=lambda gap: abs(gap.value or 0.0)) for verdict, gaps in there.items() if gaps}


def telling(found: Duels, schema: SurveySchema) -> Telling | None:
    """What the sentence points at: its red clause, else its blue one, else the index against the first competitor; None without any."""
    gap = next(iter(furthest(found, schema).values()), None)
    if gap is not None:
        return Telling(str(gap.keys["operator"]), gap.code)
    named = rivals(found)
    return Telling(named[0], schema.tree.code) if named else None


def _against(gap: Estimate, name: str, respondents: int, language: Language) -> list[Segment]:
    """The clause on the index: verdict and size in colour, interval and base in ink."""
    _ = translator(language)
    margin = margin_text(gap, language)
    beside = [
        part
        for part in (margin, _("{count} respondents").format(count=number_text(respondents, 0, language)) if respondents else "")
        if part
    ]
    told = _(" ({figures})").format(figures=_(", ").join(beside)) if beside else ""
    points = number_text(abs(gap.value or 0.0), 1, language)
    if gap.verdict == "higher":
        verdict = Segment(_("we lead {rival} by {points} points").format(rival=name, points=points), "better")
    elif gap.verdict == "lower":
        verdict = Segment(_("we trail {rival} by {points} points").format(rival=name, points=points), "worse")
    else:
        little, chance = (
            _("we differ from {rival} for certain, but by little: {points} points"),
            _("we cannot be told apart from {rival}: {points} points"),
        )
        signed = number_text(gap.value or 0.0, 1, language, signed=True)
        verdict = Segment((little if gap.verdict == "small" else chance).format(rival=name, points=signed), "unclear")
    return [verdict, Segment(told), Segment(on_questions(gap, language))]


def _respondents(found: Duels, main: Duel) -> int:
    """Ours and theirs; of a composite ours and those of every competitor."""
    if main.gap.keys["operator"] is not None:
        return main.ours.n + main.theirs.n
    overall = [duel for duel in found.duels if duel.gap.code == main.gap.code and duel.gap.keys["brand"] is None]
    return max((duel.ours.n for duel in overall), default=0) + sum(duel.theirs.n for duel in overall)


def _name(gap: Estimate, schema: SurveySchema, language: Language) -> str:
    rival = gap.keys["operator"]
    return schema.value_title("operator", rival, language) if rival else translator(language)("the competition")


def rivals(found: Duels) -> Sequence[str]:
    """The competitors compared overall, in order."""
    return list(dict.fromkeys(str(duel.gap.keys["operator"]) for duel in found.duels if duel.gap.keys["brand"] is None))
