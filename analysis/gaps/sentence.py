"""What a gap analysis says: its total, and a sentence for each weak spot with how far short it falls."""

from __future__ import annotations

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind
from analysis.results.sentences import Segment, Tone, p_equals_text
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator

#: Weak spots told one by one.
MOST = 3


def gap_sentence(found: GapAnalysis, derived: SurveySchema, language: Language) -> list[Segment]:
    """How many of the items fall short and which most, or why nothing can be said. Of several groups all items count together."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    items = frozenset(item.code for item in derived.items)
    tested = [each for each in found.gaps if each.gap.code in items and each.falls_short is not None]
    if not tested:
        return [Segment(_("No gap can be tested: too few answers on both sides."), "unclear")]
    short = found.short(items)
    if not short:
        return [Segment(_("None of {count} gaps falls short beyond chance.").format(count=len(tested)), "unclear")]
    head = _("{short} of {count} gaps fall short beyond chance").format(short=len(short), count=len(tested))
    segments = [Segment(head, "worse")]
    for each in short[:MOST]:
        segments += [Segment(_(". ")), *_spot(found.kind, each, derived, language)]
    return [*segments, Segment(_("."))]


def weak_spot_sentence(kind: GapKind, each: Gap, derived: SurveySchema, language: Language) -> list[Segment]:
    """One gap in words: which two levels, how far apart, with interval and adjusted p; or why there is none."""
    if each.gap.value is None:
        return [Segment(each.gap.reason.text(language) if each.gap.reason else "", "unclear")]
    return [*_spot(kind, each, derived, language), Segment(translator(language)("."))]


def _spot(kind: GapKind, each: Gap, derived: SurveySchema, language: Language) -> list[Segment]:
    _ = translator(language)
    texts = {
        "understanding": _("{name}: customers rate its importance {plus}, managers believe {minus}"),
        "standards": _("{name}: customers rate its importance {plus}, the standard is {minus}"),
        "delivery": _("{name}: the standard is {plus}, inspections find {minus}"),
        "communication": _("{name}: promised {plus}, delivered {minus}"),
        "service": _("{name}: perceived {plus}, expected {minus}"),
    }
    plus, minus = (number_text(side.value or 0.0, 1, language) for side in (each.plus, each.minus))
    head = texts[kind].format(name=_group_name(each, derived, language), plus=plus, minus=minus)
    values = {"gap": number_text(each.gap.value or 0.0, 1, language, signed=True), "p": _p(each, language)}
    tone: Tone = "unclear" if each.falls_short is None else "worse" if each.falls_short else "neutral"
    if each.gap.low is None or each.gap.high is None:
        return [Segment(head), Segment(_("; gap {gap}").format(**values), tone)]
    ends = {name: number_text(end, 1, language, signed=True) for name, end in (("low", each.gap.low), ("high", each.gap.high))}
    return [Segment(head), Segment(_("; gap {gap} ({low} to {high}, {p})").format(**values, **ends), tone)]


def _p(each: Gap, language: Language) -> str:
    return p_equals_text(each.gap.p if each.gap.p_adjusted is None else each.gap.p_adjusted, language)


def _group_name(each: Gap, derived: SurveySchema, language: Language) -> str:
    """The item, and its group where there is one."""
    named = [derived.value_title(name, value, language) for name, value in each.gap.keys.items() if value is not None]
    return " · ".join([*named, derived.title_of(each.gap.code, language)])
