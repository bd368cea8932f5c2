"""Which end causes are root causes: a verdict that follows from a test and an influence, never from a vote.

**confirmed**: the test rejects at α (p adjusted by Holm over all causes of the problem) and all of the influence's interval lies at or
above the least influence; **not confirmed**: all of it lies below; **not enough data**: anything else, with how many cases would tell. The
lower end decides, not the estimate: so a cause below the least influence is confirmed in at most 2.5 % of samples however few the cases
are, and the two verdicts are each other's mirror image. Where the estimate decided, a handful of cases would confirm half of all causes at
that edge.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analysis.inference.adjusted_tests import holm
from analysis.results.provenance import Fact, Provenance
from analysis.root_causes.cause_test import CauseRules, CauseTest, Evidence
from words.language import message

Verdict = Literal["confirmed", "not_confirmed", "not_enough_data"]
VERDICTS: tuple[Verdict, ...] = ("confirmed", "not_confirmed", "not_enough_data")
#: More than so many times the cases is no advice.
_MOST_TIMES = 1000.0
METHOD = message(
    "Confirmed: the test rejects (p by Holm over the causes) and the whole interval of the influence reaches the least influence; not "
    "confirmed: the whole interval lies below; else not enough data."
)


@dataclass(frozen=True)
class JudgedCause:
    """``cause`` is its id; ``needed`` how many cases would tell it, were they like these; None where it is told or no number would."""

    cause: str
    test: CauseTest
    verdict: Verdict
    needed: int | None = None


@dataclass(frozen=True)
class RootCauses:
    """The causes of one problem, in the order given."""

    causes: tuple[JudgedCause, ...]
    rules: CauseRules
    provenance: Provenance

    def of(self, verdict: Verdict) -> tuple[JudgedCause, ...]:
        """Those of a verdict, the most influential first."""
        return tuple(sorted((each for each in self.causes if each.verdict == verdict), key=lambda each: -_size(each.test)))

    @property
    def by_influence(self) -> tuple[JudgedCause, ...]:
        """All, the most influential first; those without a figure last."""
        return tuple(sorted(self.causes, key=lambda each: -_size(each.test)))


def judge_causes(evidence: Mapping[str, Evidence], rules: CauseRules) -> RootCauses:
    """The verdicts on the causes of one problem; ``evidence`` by the causes' ids."""
    tests = {cause: each.tested(rules) for cause, each in evidence.items()}
    tested = [cause for cause, test in tests.items() if test.effect.p is not None]
    adjusted = dict(zip(tested, holm(np.array([tests[cause].effect.p for cause in tested])).tolist(), strict=True))
    judged = []
    for cause, test in tests.items():
        p = adjusted.get(cause)
        verdict = _verdict(test, p, rules)
        needed = _needed(evidence[cause], len(tested), rules) if verdict == "not_enough_data" and p is not None else None
        shown = CauseTest(test.kind, test.effect._replace(p_adjusted=p), test.influence._replace(verdict=verdict), test.test, test.beside)
        judged.append(JudgedCause(cause, shown, verdict, needed))
    least = Fact("least_influence", rules.least_influence, message("Least influence of a root cause, % of the problem"))
    return RootCauses(tuple(judged), rules, Provenance(METHOD, replace(rules.thresholds, hidden_below=0), "holm", facts=(least,)))


def _verdict(test: CauseTest, p: float | None, rules: CauseRules) -> Verdict:
    low, high, least = test.influence.low, test.influence.high, rules.least_influence
    if test.reason is None and high is not None and high < least:
        return "not_confirmed"
    if test.reason is None and p is not None and p < rules.thresholds.alpha and low is not None and low >= least:
        return "confirmed"
    return "not_enough_data"


def _needed(evidence: Evidence, tests: int, rules: CauseRules) -> int | None:
    """The least number of cases with the same shares that would get a verdict, each test judged as strictly as the strictest of all."""

    def told(factor: float) -> bool:
        test = evidence.times(factor).tested(rules)
        p = None if test.effect.p is None else min(test.effect.p * tests, 1.0)
        return _verdict(test, p, rules) != "not_enough_data"

    if not told(_MOST_TIMES):
        return None
    low, high = 0.0, math.log(_MOST_TIMES)
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (low, middle) if told(math.exp(middle)) else (middle, high)
    return math.ceil(evidence.cases * math.exp(high))


def _size(test: CauseTest) -> float:
    return -math.inf if test.influence.value is None else test.influence.value
