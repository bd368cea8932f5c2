"""The figures of complaints as flat records, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.complaints.handling import PromiseKept
from analysis.complaints.silent_unhappy import SilentUnhappy
from analysis.inference.poisson_rates import count_interval
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.sentences import Segment
from answers.flat import collected, tagged
from answers.kind_columns import NOT_STATED
from answers.topic import Asked
from words.counts import complaints_text
from words.language import Language, message, number_text, translator
from words.periods import span_text

METHOD = message(
    "Complaints per 10,000 and per million customers with the exact interval of a Poisson count; ratios to the rest by Holm; shares with "
    "Wilson's interval; times of resolved tickets."
)
WITHOUT_CUSTOMERS = message("The number of customers is not known, so there are numbers but no rates; a population sheet brings it.")
COMPLAINT_WORDS = {
    "count": message("number"),
    "share_percent": message("share of all in %"),
    "per_ten_thousand": message("per 10,000 customers"),
    "per_million": message("per million customers"),
    "ratio": message("ratio to the rest"),
    "handling": message("handling (in %, hand-overs as a mean)"),
    "promise": message("against a promise"),
    "silent": message("unhappy customers"),
}


@dataclass(frozen=True)
class Complaints:
    """What was found for each group of the question.

    ``counts`` are numbers of complaints, ``shares`` their shares in per cent, ``rates`` those per 10,000 and ``per_million`` those per
    million customers, ``ratios`` each group against the rest, ``handling`` and ``promises`` what became of tickets, ``silent`` the
    unhappy, for everybody together only. ``customers_known``: whether any group has customers, so a rate.
    """

    counts: Result
    shares: Result
    rates: Result
    per_million: Result
    ratios: Result
    handling: Result | None
    promises: tuple[PromiseKept, ...]
    silent: SilentUnhappy | None
    total: int
    customers_known: bool


def numbers(counts: Mapping[str | None, float], name: str, thresholds: Thresholds) -> list[Estimate]:
    """Numbers of complaints as figures with the interval of a Poisson count."""
    found = []
    for group, count in counts.items():
        low, high = count_interval(count, thresholds.confidence)
        found.append(Estimate({name: group}, "complaints", count, low=low, high=high, n=round(count), n_eff=count))
    return found


def complaint_figures(asked: Asked[Any], found: Complaints) -> Result:
    """A record a figure: numbers, shares, rates, ratios, handling, promises, the unhappy."""
    rows = [
        *tagged("count", found.counts.estimates), *tagged("share_percent", found.shares.estimates),
        *tagged("per_ten_thousand", found.rates.estimates), *tagged("per_million", found.per_million.estimates),
        *tagged("ratio", found.ratios.estimates), *tagged("handling", found.handling.estimates if found.handling else ()),
    ]  # fmt: skip
    for kept in found.promises:
        rows += _promise(kept)
    if found.silent:
        rows += tagged("silent", _silent(found.silent))
    named = [entry._replace(keys={name: _told(name, value, asked.by) for name, value in entry.keys.items()}) for entry in rows]
    return collected(named, found.ratios.provenance)


def total_sentence(total: int, rates: Sequence[Estimate], periods: Sequence[str], language: Language) -> list[Segment]:
    """All complaints of the periods, and per ten thousand customers where these are known."""
    _ = translator(language)
    head = _("{complaints} ({when})").format(complaints=complaints_text(total, language), when=span_text(periods, language))
    rate = rates[0] if len(rates) == 1 else None
    if rate is None or rate.value is None or rate.low is None or rate.high is None:
        return [Segment(head), Segment(_("."))]
    value, low, high = (number_text(each, 1 if rate.value >= 10 else 2, language) for each in (rate.value, rate.low, rate.high))
    told = _(", in all {value} per 10,000 customers ({low} to {high})").format(value=value, low=low, high=high)
    return [Segment(head), Segment(told), Segment(_("."))]


def _told(name: str, value: str | None, by: Sequence[str]) -> str | None:
    """A group without a class is a group of its own, not everybody."""
    return NOT_STATED if value is None and name in by else value


def _promise(kept: PromiseKept) -> list[Estimate]:
    keys = {"figure": "promise", "promise": kept.promise.name, **kept.keys}
    n = kept.tickets

    def bare(code: str, value: float | None) -> Estimate:
        return Estimate(keys, code, value, n=n, n_eff=float(n))

    found = [kept.mean._replace(keys=keys, code="mean_hours"), kept.within._replace(keys=keys, code="within_percent")]
    counted = {
        "longest_hours": kept.longest_hours, "promised_mean_hours": kept.promise.mean_hours,
        "promised_longest_hours": kept.promise.longest_hours, "open": float(kept.open), "overdue": float(kept.overdue),
    }  # fmt: skip
    return [*found, *(bare(code, value) for code, value in counted.items() if value is not None)]


def _silent(found: SilentUnhappy) -> list[Estimate]:
    named = {"unhappy_by_rule": found.by_rule, "unhappy_by_survey": found.by_survey, "unhappy_per_complaint": found.implied}
    rows = [entry._replace(keys={}, code=code) for code, entry in named.items()]
    return [rows[0]._replace(verdict=found.verdict), *rows[1:]]
