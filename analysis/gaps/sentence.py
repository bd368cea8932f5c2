"""What a gap analysis says: how many services fall short, the gap of all together, and a sentence for each weak spot."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind, widest
from analysis.results.sentences import Segment, Tone, p_equals_text
from analysis.sums.tallies import WAVE
from words.language import Language, Message, message, number_text, translator
from words.periods import wave_text

#: Weak spots of one gap told one by one.
MOST = 10
GAP_NAMES: Mapping[GapKind, Message] = {
    "understanding": message("Gap 1 (understanding)"),
    "standards": message("Gap 2 (standards)"),
    "delivery": message("Gap 3 (delivery)"),
    "communication": message("Gap 4 (communication)"),
    "service": message("Gap 5 (service)"),
}


def name_of(found: GapAnalysis, code: str, language: Language) -> str:
    """A service, a promise or an indicator as a gap calls it: the top of the tree is all services together, not an index."""
    return translator(language)("All services together") if code == found.survey.tree.code else found.survey.title_of(code, language)


def gap_sentence(found: GapAnalysis, language: Language) -> list[Segment]:
    """How many of the gaps that are there fall short, and the widest of them; of several groups all count together.

    Services are counted, and indicators where there are no services. A gap that there is none of says why.
    """
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    counted = found.counted
    tested = [each for each in found.gaps if each.gap.code in counted and each.falls_short is not None]
    name = GAP_NAMES[found.kind].text(language)
    if not tested:
        return [Segment(_("{name}: nothing can be tested, the bases are too small.").format(name=name), "unclear")]
    short = found.short(counted)
    if not short:
        return [Segment(_("{name}: none of {count} gaps falls short beyond chance.").format(name=name, count=len(tested)))]
    values = {"name": name, "short": len(short), "count": len(tested)}
    told = (
        _("{short} of {count} services fall short of what customers expect, most of all ")
        if found.kind == "service"
        else _("{name}: {short} of {count} fall short beyond chance, most of all ")
    )
    return [Segment(told.format(**values)), Segment(_widest(found, short[0], language), "worse"), *_whole(found, language), Segment(_("."))]


def _widest(found: GapAnalysis, each: Gap, language: Language) -> str:
    """A service with its gap and half the interval of it."""
    return translator(language)("{name}: {gap}").format(name=_group_name(found, each, language), gap=_size(each, language))


def _whole(found: GapAnalysis, language: Language) -> list[Segment]:
    """The gap of all services together, and its base; nothing where it is not known or not of everybody."""
    _ = translator(language)
    whole = found.find(found.survey.tree.code)
    if whole is None or whole.gap.value is None or any(whole.gap.keys.values()) or found.counted == {whole.gap.code}:
        return []
    told = _("; all together {gap}").format(gap=_size(whole, language))
    base = _("; {n} respondents").format(n=number_text(whole.gap.n, 0, language)) if found.kind == "service" else ""
    return [Segment(told), Segment(base)]


def _size(each: Gap, language: Language) -> str:
    value = number_text(each.gap.value or 0.0, 1, language, signed=True)
    if each.gap.low is None or each.gap.high is None:
        return value
    half = number_text((each.gap.high - each.gap.low) / 2, 1, language)
    return translator(language)("{value} (±{half})").format(value=value, half=half)


def total_sentence(found: GapAnalysis, language: Language) -> list[Segment]:
    """The gap of all services together; nothing where it is not known or not of everybody."""
    whole = found.find(found.survey.tree.code)
    if whole is None or whole.gap.value is None or any(whole.gap.keys.values()):
        return []
    return weak_spot_sentence(found, whole, language)


def spots_of(found: GapAnalysis) -> tuple[Gap, ...]:
    """The weak spots told one by one: services that fall short, the widest first."""
    return widest(found.short(found.counted))[:MOST]


def weak_spot_sentence(found: GapAnalysis, each: Gap, language: Language) -> list[Segment]:
    """One gap in words: which two levels, how far apart, with interval and adjusted p; or why there is none."""
    if each.gap.value is None:
        return [Segment(each.gap.reason.text(language) if each.gap.reason else "", "unclear")]
    return [*_spot(found, each, language), Segment(translator(language)("."))]


def _spot(found: GapAnalysis, each: Gap, language: Language) -> list[Segment]:
    _ = translator(language)
    texts = {
        "understanding": _("{name}: customers rate its importance {plus}, staff believe {minus}"),
        "standards": _("{name}: customers rate its importance {plus}, the standard is {minus}"),
        "delivery": _("{name}: the standard is {plus}, delivered are {minus}"),
        "communication": _("{name}: promised are {plus} hours, taken {minus}"),
        "service": _("{name}: perceived {plus}, expected {minus}"),
    }
    plus, minus = (number_text(side.value or 0.0, 1, language) for side in (each.plus, each.minus))
    head = texts[found.kind].format(name=_group_name(found, each, language), plus=plus, minus=minus)
    values = {"gap": number_text(each.gap.value or 0.0, 1, language, signed=True), "p": _p(each, language)}
    tone: Tone = "unclear" if each.falls_short is None else "worse" if each.falls_short else "neutral"
    if each.gap.low is None or each.gap.high is None:
        return [Segment(head), Segment(_("; gap {gap}").format(**values), tone)]
    ends = {name: number_text(end, 1, language, signed=True) for name, end in (("low", each.gap.low), ("high", each.gap.high))}
    return [Segment(head), Segment(_("; gap {gap} ({low} to {high}, {p})").format(**values, **ends), tone)]


def _p(each: Gap, language: Language) -> str:
    return p_equals_text(each.gap.p if each.gap.p_adjusted is None else each.gap.p_adjusted, language)


def _group_name(found: GapAnalysis, each: Gap, language: Language) -> str:
    """The service, and its group where there is one."""
    named = [
        wave_text(value, language) if name == WAVE else found.survey.value_title(name, value, language)
        for name, value in each.gap.keys.items()
        if value is not None
    ]
    return " · ".join([*named, name_of(found, each.gap.code, language)])
