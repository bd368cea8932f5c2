"""Complaints per ten thousand or per million customers, with exact Poisson intervals, and whether two rates differ.

rate = per · complaints / customers; Garwood's interval. A difference is told as the ratio of the rates with its exact interval, p values by
Holm over the family. A rate is marked where fewer than five complaints are there or expected: it says little whatever it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.inference.adjusted_tests import adjusted_p
from analysis.inference.poisson_rates import compare_rates, count_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from words.errors import ManyiError
from words.language import message

PER_TEN_THOUSAND, PER_MILLION = 10_000.0, 1_000_000.0
METHOD = message("Complaints per {per} customers, with the exact (Garwood) interval of a Poisson count.")
RATIO_METHOD = message("Ratio of two complaint rates with its exact interval (binomial, given the sum), p by Holm.")
#: Fewer complaints than this, counted or expected, mark a rate.
FEW = 5
Counts = Mapping[str | None, float]


def complaint_rates(
    counts: Counts,
    customers: Mapping[str | None, float],
    dimension: str,
    *,
    per: float = PER_TEN_THOUSAND,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """The rate of each group of ``counts``; groups with customers but without a complaint have a rate of 0.

    A group whose customers are not known has no rate, with the reason. ``n`` is the complaints, ``n_eff`` the customers. Shares of all
    complaints are those of a Pareto chart. Raises ManyiError for negative counts.
    """
    groups = list(dict.fromkeys([*counts, *customers]))
    if any(count < 0 for count in counts.values()):
        raise ManyiError(message("There is a negative number of complaints; correct the counts."))
    known = [name for name in groups if customers.get(name, 0) > 0]
    everybody = sum(customers[name] for name in known)
    overall = sum(counts.get(name, 0) for name in known) / everybody if known else 0.0
    found = []
    for name in groups:
        count, base = counts.get(name, 0.0), customers.get(name, 0.0)
        if not base > 0:
            reason = message("The number of customers is not known; without it there is no rate.")
            found.append(Estimate({dimension: name}, "complaints", None, n=round(count), reason=reason))
            continue
        low, high = count_interval(count, thresholds.confidence)
        scale = per / base
        se = float(np.sqrt(count)) * scale if count else None
        marked = min(count, overall * base) < FEW
        found.append(
            Estimate({dimension: name}, "complaints", count * scale, se, low * scale, high * scale, round(count), base, marked=marked)
        )
    return Result(tuple(found), Provenance(message(METHOD.template, per=f"{per:,.0f}"), thresholds, facts=(Fact("per", per),)))


def compare_complaint_rates(
    counts: Counts,
    customers: Mapping[str | None, float],
    dimension: str,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Ratios of rates: of each pair (first against second), or of each group against the rest together where none are named.

    ``value`` is the ratio with its interval (``high`` None: without bound), ``verdict`` by the adjusted p. Groups without customers, and a
    ratio to a rate of 0, have a reason.
    """
    known = [name for name in dict.fromkeys([*counts, *customers]) if customers.get(name, 0) > 0 and name is not None]
    sides: list[tuple[str, str | None]] = [*pairs] if pairs is not None else [(name, None) for name in known]
    found = []
    for first, second in sides:
        keys = {dimension: first, "against": second}
        others = [second] if second is not None else [name for name in known if name != first]
        if first not in known or not others or any(name not in known for name in others):
            reason = message("The number of customers is not known; without it there is no rate.")
            found.append(Estimate(keys, "complaint ratio", None, reason=reason))
            continue
        count, other = round(counts.get(first, 0.0)), round(sum(counts.get(name, 0.0) for name in others))
        base, rest = customers[first], sum(customers[name] for name in others)
        ratio = compare_rates(count, base, other, rest, thresholds.confidence)
        without = message("The rate it is compared with is 0; there is no ratio.") if ratio.ratio is None else None
        marked = min(count, other) < FEW
        found.append(
            Estimate(
                keys, "complaint ratio", ratio.ratio, low=ratio.low, high=ratio.high, n=count, n_eff=base, p=ratio.p,
                reason=without, marked=marked,
                verdict="higher" if count * rest > other * base else "lower",
            )
        )  # fmt: skip
    return Result(tuple(_judged(found, thresholds)), Provenance(RATIO_METHOD, thresholds))


def _judged(found: Sequence[Estimate], thresholds: Thresholds) -> list[Estimate]:
    """Adjusted p values; what is not certain by them is unclear."""
    tested = [place for place, entry in enumerate(found) if entry.p is not None]
    judged = list(found)
    if not tested:
        return judged
    adjusted = adjusted_p(np.array([found[place].p for place in tested], dtype=np.float64), "holm")
    for place, p in zip(tested, adjusted, strict=True):
        verdict = found[place].verdict if p < thresholds.alpha else "unclear"
        judged[place] = found[place]._replace(p_adjusted=float(p), verdict=verdict)
    return judged
