"""Silent unhappy customers: complaints times a ratio from the schema, set against what the survey itself says.

A published rule of thumb has 25 unhappy customers behind one complaint. The survey estimates the unhappy directly: dissatisfied share times
customers. Both have intervals (Garwood's of the complaints, the survey's of the share), and the ratio that the survey implies is what
the rule should be here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.inference.poisson_rates import count_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.errors import ManyiError
from words.language import Message, message

#: Unhappy customers behind one complaint, as the rule of thumb has it.
RATIO = 25.0


@dataclass(frozen=True)
class SilentUnhappy:
    """``by_rule`` = complaints × ratio; ``by_survey`` = dissatisfied share × customers; ``implied`` unhappy per complaint by the survey,
    with the interval that both allow.

    ``verdict``: higher or lower where the rule's whole interval lies above or below the survey's, else unclear; None without a survey.
    """

    complaints: int
    ratio: float
    by_rule: Estimate
    by_survey: Estimate
    implied: Estimate
    verdict: str | None


def silent_unhappy(
    complaints: int, customers: float, dissatisfied: Estimate | None, *, ratio: float = RATIO, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> SilentUnhappy:
    """``dissatisfied`` is the survey's share on 0-1 with its interval, for the same customers and period; hidden, it keeps its reason.

    Raises ManyiError for a ratio or customers not above zero.
    """
    if not (ratio > 0 and customers > 0):
        raise ManyiError(message("The ratio of unhappy customers to complaints and the number of customers must be above zero."))
    keys: Mapping[str, str | None] = dissatisfied.keys if dissatisfied else {}
    low, high = count_interval(complaints, thresholds.confidence)
    rule = Estimate(keys, "unhappy by rule", complaints * ratio, low=low * ratio, high=high * ratio, n=complaints, n_eff=customers)
    if dissatisfied is None or dissatisfied.value is None:
        reason = (dissatisfied.reason if dissatisfied else None) or message("No survey of these customers and this period.")
        return SilentUnhappy(complaints, ratio, rule, _none(keys, reason), _none(keys, reason), None)
    ends = [None if end is None else end * customers for end in (dissatisfied.low, dissatisfied.high)]
    unhappy = dissatisfied.value * customers
    survey = Estimate(keys, "unhappy by survey", unhappy, low=ends[0], high=ends[1], n=dissatisfied.n, n_eff=dissatisfied.n_eff)
    if not complaints:
        reason = message("There is no complaint, so there is no ratio.")
        return SilentUnhappy(complaints, ratio, rule, survey, _none(keys, reason), _verdict(rule, survey))
    apart = [None if end is None else end / count for end, count in zip(ends, (high, low), strict=True)]
    implied = Estimate(keys, "unhappy per complaint", unhappy / complaints, low=apart[0], high=apart[1], n=complaints)
    return SilentUnhappy(complaints, ratio, rule, survey, implied, _verdict(rule, survey))


def _none(keys: Mapping[str, str | None], reason: Message) -> Estimate:
    return Estimate(keys, "unhappy by survey", None, reason=reason)


def _verdict(rule: Estimate, survey: Estimate) -> str:
    if survey.low is None or survey.high is None or rule.low is None or rule.high is None:
        return "unclear"
    return "higher" if rule.low > survey.high else "lower" if rule.high < survey.low else "unclear"
