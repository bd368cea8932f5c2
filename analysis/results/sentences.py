"""The answer of a page as one sentence, in parts that know whether they are good or bad news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result
from analysis.results.reasons import has_too_few_answers, kind_of
from survey_schema.models import SurveySchema
from words.language import Language, number_text, p_number_text, translator
from words.lengths import is_short
from words.lists import listed

Tone = Literal["neutral", "better", "worse", "unclear"]


@dataclass(frozen=True)
class Segment:
    """A piece of a sentence and its tone; pages colour it, reports may embolden it."""

    text: str
    tone: Tone = "neutral"


def plain_text(segments: Sequence[Segment]) -> str:
    """The sentence without its tones."""
    return "".join(segment.text for segment in segments)


def at_a_glance(tell: Callable[[int], list[Segment]], most: int, language: Language, least: int = 1) -> list[Segment]:
    """A sentence that names as many things as leave it short enough to be read at a glance, ``most`` at most and never under ``least``.

    ``tell`` words it with so many named; it counts the others, so that nothing is kept back.
    """
    for named in range(most, least, -1):
        told = tell(named)
        if is_short(plain_text(told), language):
            return told
    return tell(least)


def margin_text(estimate: Estimate, language: Language) -> str:
    """``±`` half the interval that agrees with the verdict, to stand behind its figure; nothing without one."""
    low, high = estimate.ends
    return "" if low is None or high is None else f"±{number_text((high - low) / 2, 1, language)}"


def on_questions(estimate: Estimate, language: Language) -> str:
    """``, on 16 of 19 questions`` where a figure is on fewer than its indicator has; else nothing."""
    return f"{translator(language)(', ')}{estimate.questions.told.text(language)}" if estimate.questions else ""


def headline(
    index: Estimate | None,
    schema: SurveySchema,
    language: Language,
    *,
    change: Estimate | None = None,
    compared_with: str = "",
    causes: Sequence[str] = (),
    lead: Estimate | None = None,
    rival: str = "",
    alpha: float = DEFAULT_THRESHOLDS.alpha,
) -> list[Segment]:
    """The index with its interval and base, what changed against ``compared_with``, through what and whether it is real, and the lead.

    ``causes`` are codes of indicators, the main one first; as many are named as leave the sentence short enough to be read at a glance.
    """

    def tell(named: int) -> list[Segment]:
        return _headline(index, schema, language, change, compared_with, causes[:named], lead, rival, alpha)

    return at_a_glance(tell, len(causes), language, least=0)


def _headline(
    index: Estimate | None,
    schema: SurveySchema,
    language: Language,
    change: Estimate | None,
    compared_with: str,
    causes: Sequence[str],
    lead: Estimate | None,
    rival: str,
    alpha: float,
) -> list[Segment]:
    _ = translator(language)
    if index is None or index.value is None:
        reason = index.reason.text(language) if index and index.reason else _("There are no answers in this selection.")
        return [Segment(_("No satisfaction index for this selection. {reason}").format(reason=reason))]
    name = schema.title_of(index.code, language)
    value = number_text(index.value, 1, language)
    if index.low is None or index.high is None:
        segments = [Segment(_("{name} {value} (too few answers for an interval)").format(name=name, value=value))]
    else:
        half = number_text((index.high - index.low) / 2, 1, language)
        base = number_text(index.n, 0, language)
        segments = [Segment(_("{name} {value} (±{half}, base {base})").format(name=name, value=value, half=half, base=base))]
    if has_too_few_answers(index.note):
        segments.append(Segment(_(" (unreliable: too few answered some of its questions)"), "unclear"))
    if change is not None and change.value is not None:
        named = [schema.title_of(code, language) for code in causes]
        segments += [*_change(change, compared_with, named, alpha, language), Segment(on_questions(change, language))]
    elif change is not None and kind_of(change.reason) == "not comparable":
        segments.append(
            Segment(
                _(", not comparable with {wave}: too few questions in common or too few answers to them").format(wave=compared_with),
                "unclear",
            )
        )
    if lead is not None and lead.value is not None:
        segments += [*_lead(lead, rival, language), Segment(on_questions(lead, language))]
    elif lead is not None and kind_of(lead.reason) == "not comparable":
        segments.append(
            Segment(
                _("; not comparable with {rival}: too few questions in common or too few answers to them").format(rival=rival), "unclear"
            )
        )
    return [*segments, Segment(_("."))]


def _change(change: Estimate, compared_with: str, causes: Sequence[str], alpha: float, language: Language) -> list[Segment]:
    _ = translator(language)
    points = number_text(abs(change.value or 0.0), 1, language)
    if change.verdict == "higher":
        moved = Segment(_("up {points} points").format(points=points), "better")
    elif change.verdict == "lower":
        moved = Segment(_("down {points} points").format(points=points), "worse")
    else:
        certain = change.p_adjusted is not None and change.p_adjusted < alpha
        small = _("a change from {wave} that is certain but small ({points} points)").format(wave=compared_with, points=points)
        chance = _("no change from {wave} that could be told from chance").format(wave=compared_with)
        return [Segment(_(", ")), Segment(small if certain else chance, "unclear")]
    segments = [Segment(_(", from {wave} ").format(wave=compared_with)), moved, Segment(_(", more than chance"))]
    if causes:
        first, *others = causes
        through = _("{first} and {second}").format(first=first, second=others[0]) if others else first
        segments += [Segment(_(", mainly through ")), Segment(through, moved.tone)]
    return segments


def _lead(lead: Estimate, rival: str, language: Language) -> list[Segment]:
    _ = translator(language)
    points = number_text(abs(lead.value or 0.0), 1, language)
    if lead.verdict == "higher":
        return [Segment(_("; ")), Segment(_("leading {rival} by {points} points").format(rival=rival, points=points), "better")]
    if lead.verdict == "lower":
        return [Segment(_("; ")), Segment(_("trailing {rival} by {points} points").format(rival=rival, points=points), "worse")]
    if lead.verdict == "small":
        small = _("{points} points from {rival}: certain, but small").format(rival=rival, points=points)
        return [Segment(_("; ")), Segment(small, "unclear")]
    return [Segment(_("; ")), Segment(_("not distinguishable from {rival}").format(rival=rival), "unclear")]


def league_sentence(league: Result, schema: SurveySchema, language: Language, *, dimension: str = "branch") -> list[Segment]:
    """Who is above the rest and who below, with their figures; how many differ by little, or perhaps by chance; of how many answers."""
    _ = translator(language)
    apart = [entry for entry in league.estimates if entry.value is not None and entry.note is not None]
    shown = [entry for entry in league.estimates if entry.value is not None and entry.note is None]
    aside = unranked(apart, schema, language, dimension)
    if len(shown) < 2:
        return aside or [Segment(_("There are not two groups with enough answers to compare."))]
    above = sorted((entry for entry in shown if entry.verdict == "higher"), key=lambda entry: -(entry.value or 0.0))
    below = sorted((entry for entry in shown if entry.verdict == "lower"), key=lambda entry: entry.value or 0.0)
    small = sum(entry.verdict == "small" for entry in shown)
    middle = len(shown) - len(above) - len(below) - small
    told: tuple[tuple[str, list[Estimate], Tone], ...] = (
        (_("{names} above the rest"), above, "better"),
        (_("{names} below the rest"), below, "worse"),
    )
    parts = [
        Segment(template.format(names=_with_figures(those, schema, language, dimension)), tone) for template, those, tone in told if those
    ]
    if small:
        parts.append(Segment(_("{count} differ for certain, but by little").format(count=small)))
    if not parts:
        return [Segment(_("None of the {count} groups can be told from the rest.").format(count=middle), "unclear"), *aside]
    if middle:
        parts.append(Segment(_("the other {count} may differ by chance").format(count=middle)))
    parts.append(Segment(_("{count} respondents").format(count=number_text(sum(entry.n for entry in shown), 0, language))))
    joined = [each for part in parts for each in (Segment(_("; ")), part)][1:]
    return [*joined, Segment(_(".")), *aside]


def _with_figures(entries: Sequence[Estimate], schema: SurveySchema, language: Language, dimension: str) -> str:
    """The first two groups by name with their figures, and how many more."""
    told = []
    for entry in entries:
        value = number_text(entry.value or 0.0, 1, language)
        told.append(f"{schema.value_title(dimension, entry.keys.get(dimension), language)} {value}{margin_text(entry, language)}")
    return listed(told, language, 2)


def unranked(entries: Sequence[Estimate], schema: SurveySchema, language: Language, dimension: str) -> list[Segment]:
    """Sentences on groups that may not be ranked, for the questions they were asked or for the answers they gave; nothing without any."""
    _ = translator(language)
    few = [entry for entry in entries if has_too_few_answers(entry.note)]
    parts = (
        (_(" Without rank, for the questions they were asked: {names}."), [entry for entry in entries if entry not in few]),
        (_(" Without rank, since too few answered some of the questions: {names}."), few),
    )
    return [Segment(told.format(names=names(those, schema, language, dimension)), "unclear") for told, those in parts if those]


def names(entries: Sequence[Estimate], schema: SurveySchema, language: Language, dimension: str, most: int = 3) -> str:
    """Names of groups in one list, the first few and how many more."""
    return listed([schema.value_title(dimension, entry.keys.get(dimension), language) for entry in entries], language, most)


def p_equals_text(p: float | None, language: Language) -> str:
    """A p value as reports print it."""
    if p is None:
        return translator(language)("not tested")
    return f"p {'' if p < 0.001 else '= '}{p_number_text(p, language)}"
