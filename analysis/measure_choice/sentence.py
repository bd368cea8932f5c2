"""What to take for the budget, and what the choice hinges on, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measure_choice.choose import CandidateFound, MeasureChoice
from analysis.measure_choice.hinges import LEAST_GAIN
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from analysis.results.sentences import Segment, Tone
from words.language import Language, Message, message, number_text, translator
from words.lists import Listed, listed
from words.money import money

#: So many measures are named in the sentence; how many more there are is said.
MOST_NAMED = 6
MOST_IN_ANSWER = 3
_TONES: dict[str, Tone] = {"higher": "better", "lower": "worse"}
#: A measure in more than this share of the draws is said to be in the best set nearly always.
NEARLY_ALWAYS = 0.95


def budget_sentence(choice: MeasureChoice, outcome: str, language: Language) -> list[Segment]:
    """The chosen measures, the points they are expected to bring with the interval."""
    _ = translator(language)
    budget = money(choice.required.budget).text(language)
    if choice.best is None:
        return []
    if not choice.best.taken:
        return [Segment(_("For {budget}: none of the {count} measures is expected to bring anything.").format(
            budget=budget, count=len(choice.found)), "unclear")]  # fmt: skip
    names = listed([each.candidate.name for each in choice.taken], language, MOST_IN_ANSWER)
    head = _("For {budget}, {taken} of {count} measures: {names}. Expected for {outcome}: ").format(
        budget=budget, taken=len(choice.taken), count=len(choice.found), names=names, outcome=outcome
    )
    verdict = interval_verdict(choice.best.points)
    size = Segment(_("{points} points ({low} to {high})").format(**_ends(choice.best.points, language)), _TONES.get(verdict, "unclear"))
    doubt = [] if verdict != "unclear" else [Segment(_(", which cannot be told from nothing"), "unclear")]
    return [Segment(head), size, *doubt, Segment(_("."))]


def cost_sentence(choice: MeasureChoice, language: Language) -> str:
    """The chosen measures by name, and what they cost together; empty where none is chosen."""
    if choice.best is None or not choice.best.taken:
        return ""
    names = listed([each.candidate.name for each in choice.taken], language, MOST_NAMED)
    cost = money(choice.best.cost).text(language)
    return translator(language)("Chosen: {names}. They cost {cost}.").format(names=names, cost=cost)


def hinge_sentences(choice: MeasureChoice, language: Language) -> list[str]:
    """The next best set, the measure that is nearest to coming in and the one nearest to falling out, and how sure each is."""
    _ = translator(language)
    told = []
    if choice.next_best is not None and choice.difference is not None and choice.best is not None:
        told.append(_next_best(choice, choice.difference, language))
    entering = [each for each in choice.left if each.hinge.cost is not None]
    if entering:
        near = max(entering, key=lambda each: (each.hinge.cost or 0.0) / max(each.candidate.cost, 1e-9))
        told.append(
            _("Nearest to coming in is {name}: if it cost at most {limit} instead of {cost}{or_stronger}.").format(
                name=near.candidate.name, limit=money(near.hinge.cost or 0.0).text(language),
                cost=money(near.candidate.cost).text(language), or_stronger=_or_stronger(near, language),
            )
        )  # fmt: skip
    leaving = [each for each in choice.taken if not each.hinge.needed and each.hinge.cost is not None]
    if leaving:
        near = min(leaving, key=lambda each: (each.hinge.cost or 0.0) / max(each.candidate.cost, 1e-9))
        told.append(
            _("Nearest to falling out is {name}: if it cost more than {limit} instead of {cost}{or_weaker}.").format(
                name=near.candidate.name, limit=money(near.hinge.cost or 0.0).text(language),
                cost=money(near.candidate.cost).text(language), or_weaker=_or_weaker(near, language),
            )
        )  # fmt: skip
    sure = [each.candidate.name for each in choice.taken if each.share_of_draws >= NEARLY_ALWAYS]
    if sure:
        told.append(
            _("Whatever the coefficients within their uncertainty, in nearly every draw chosen: {names}.").format(
                names=listed(sure, language, MOST_NAMED)
            )
        )
    return told


def cautions(choice: MeasureChoice, titles: Sequence[object]) -> list[Message]:
    """What to mind: ``titles`` are the names of the drivers lifted to the end of their scale."""
    told = [message("This reads associations as effects: shifts and shares reached are assumed, coefficients come from the survey.")]
    if choice.best is not None and choice.best.taken and len(choice.found) > 1:
        told.append(message("A set picked because it looks best brings on average somewhat less than expected."))
    if titles:
        told.append(message("Lifted to the end of the scale, beyond which nothing counts: {drivers}.", drivers=Listed(titles)))
    return told


def _next_best(choice: MeasureChoice, difference: Estimate, language: Language) -> str:
    _ = translator(language)
    assert choice.next_best is not None
    names = [choice.found[place].candidate.name for place in choice.next_best.taken]
    said = listed(names, language, MOST_NAMED) if names else _("no measure at all")
    if abs(difference.value or 0.0) < LEAST_GAIN:
        cost = money(choice.next_best.cost).text(language)
        return _("The next best set, {names}, is expected to bring the same; it costs {cost}.").format(names=said, cost=cost)
    text = _("The next best set, {names}, is expected to bring {points} points less ({low} to {high}).")
    if interval_verdict(difference) == "unclear":
        text = _("The next best set, {names}, is expected to bring {points} points less ({low} to {high}): the two cannot be told apart.")
    return text.format(names=said, **_ends(difference, language, signed=False))


def _or_stronger(near: CandidateFound, language: Language) -> str:
    if near.hinge.shift is None:
        return ""
    words = translator(language)(", or shifted its driver by at least {limit} points instead of {shift}")
    return words.format(limit=number_text(near.hinge.shift, 1, language), shift=number_text(near.candidate.shift, 1, language))


def _or_weaker(near: CandidateFound, language: Language) -> str:
    if not near.hinge.shift or near.hinge.shift < 0.05:  # however weak, it stays
        return ""
    words = translator(language)(", or shifted its driver by less than {limit} points instead of {shift}")
    return words.format(limit=number_text(near.hinge.shift, 1, language), shift=number_text(near.candidate.shift, 1, language))


def _ends(estimate: Estimate, language: Language, *, signed: bool = True) -> dict[str, str]:
    """Value and interval, to hundredths where a tenth would say little."""
    decimals = 1 if abs(estimate.value or 0.0) >= 1 else 2
    ends = {"points": estimate.value, "low": estimate.low, "high": estimate.high}
    return {name: number_text(value or 0.0, decimals, language, signed=signed) for name, value in ends.items()}
