"""One sentence each on coefficients, on penalty and reward, and on drivers by group: the largest with its interval, and the base."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drivers.drivers_by_group import DriversByGroup, GroupImportance
from analysis.drivers.penalty_reward import PenaltyReward
from analysis.drivers.regression import Regression
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from analysis.results.sentences import Segment
from analysis.sums.tallies import WAVE
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.periods import wave_text


def coefficient_sentence(found: Regression, outcome: str, schema: SurveySchema, language: Language) -> list[Segment]:
    """What one more point of the driver with the largest coefficient goes with; the reason where there are no coefficients."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    drivers = found.coefficients[1:]
    first = max(drivers, key=lambda each: each.value or 0.0)
    told = _("One more point of {driver} goes with {points} points of {outcome}, the most among {count} drivers; {n} respondents.").format(
        driver=schema.title_of(first.code, language), points=_figure(first, language, 2), outcome=schema.title_of(outcome, language),
        count=len(drivers), n=number_text(found.n, 0, language),
    )  # fmt: skip
    return [Segment(told, "neutral" if interval_verdict(first) == "higher" else "unclear")]


def penalty_reward_sentence(found: PenaltyReward, schema: SurveySchema, language: Language) -> list[Segment]:
    """The largest certain loss where a driver is bad, and the largest certain gain where one is good; the reason where there are none."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    hurts = min((each.penalty for each in found.contrasts if interval_verdict(each.penalty) == "lower"), key=_value, default=None)
    pleases = max((each.reward for each in found.contrasts if interval_verdict(each.reward) == "higher"), key=_value, default=None)
    parts = [
        text.format(driver=schema.title_of(each.code, language), points=_figure(each, language, 1))
        for text, each in (
            (_("{driver} hurts most when it is bad: {points} points"), hurts),
            (_("{driver} pleases most when it is good: {points} points"), pleases),
        )
        if each is not None
    ]
    if not parts:
        parts = [_("No driver certainly hurts when it is bad, or pleases when it is good")]
    base = _("; {n} respondents").format(n=number_text(found.n, 0, language))
    return [Segment(_("; ").join(parts)), Segment(base), Segment(_("."))]


def groups_sentence(found: DriversByGroup, schema: SurveySchema, language: Language) -> list[Segment]:
    """How many shares differ from the rest beyond chance, and the one that differs most."""
    _ = translator(language)
    shown = [group for group in found.groups if group.against_rest]
    pairs = [(group, place, each) for group in shown for place, each in enumerate(group.against_rest) if each.value is not None]
    base = _("; {n} respondents").format(n=number_text(sum(group.n for group in shown), 0, language))
    apart = [pair for pair in pairs if pair[2].verdict in ("higher", "lower")]
    if not pairs:
        return [Segment(_("No group has enough answers to compare what matters in it."), "unclear")]
    if not apart:
        none = _("No driver certainly matters more or less in one group than in the rest")
        return [Segment(none, "unclear"), Segment(base), Segment(_("."))]
    group, place, gap = max(apart, key=lambda pair: abs(pair[2].value or 0.0))
    told = _("{apart} of {count} shares certainly differ from the rest, most {driver} in {group}: {share} %, {gap} points").format(
        apart=len(apart), count=len(pairs), driver=schema.title_of(gap.code, language), group=_group_name(group, schema, language),
        share=number_text(group.shares[place].value or 0.0, 1, language), gap=_figure(gap, language, 1),
    )  # fmt: skip
    return [Segment(told), Segment(base), Segment(_("."))]


def _group_name(group: GroupImportance, schema: SurveySchema, language: Language) -> str:
    names: Sequence[str] = [
        wave_text(value, language) if name == WAVE else schema.value_title(name, value, language)
        for name, value in group.keys.items()
        if value is not None
    ]
    return " · ".join(names)


def _value(estimate: Estimate) -> float:
    return estimate.value or 0.0


def _figure(estimate: Estimate, language: Language, decimals: int) -> str:
    """``+1.38 (±0.31)``; without interval the value alone."""
    value = number_text(estimate.value or 0.0, decimals, language, signed=True)
    if estimate.low is None or estimate.high is None:
        return value
    return translator(language)("{value} (±{half})").format(
        value=value, half=number_text((estimate.high - estimate.low) / 2, decimals, language)
    )
