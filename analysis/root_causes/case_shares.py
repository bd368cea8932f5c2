"""A check sheet of cases of the problem: in how many of them was the cause seen?

Influence is that share, with Wilson's interval; the exact binomial test asks whether it differs from the least influence a root cause must
have. A check sheet of cases alone cannot say whether the cause is as common where there is no problem; cases and base can
(:mod:`analysis.root_causes.stratified`). Agrees with R ``binom.test`` and ``prop.test``.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.root_causes.cause_test import CauseRules, CauseTest, figure, refused_test
from words.errors import ManyiError
from words.language import message

BINOMIAL = message("exact binomial test against the least influence")


@dataclass(frozen=True)
class CaseShare:
    """The cause was ``seen`` in so many of ``cases`` cases of the problem. Raises ManyiError where it was seen in more than there are."""

    seen: float
    cases: float

    def __post_init__(self) -> None:
        if not 0 <= self.seen <= self.cases:
            told = message("The cause cannot be seen in {seen} of {cases} cases.", seen=f"{self.seen:g}", cases=f"{self.cases:g}")
            raise ManyiError(told)

    def times(self, factor: float) -> CaseShare:
        """``factor`` times as many."""
        return CaseShare(factor * self.seen, factor * self.cases)

    def tested(self, rules: CauseRules) -> CauseTest:
        """The share in per cent, which is effect and influence."""
        if not self.cases:
            why = message("There are no cases of the problem.")
            return refused_test("share", "share_of_cases", 0, why, rules, BINOMIAL)
        low, high = proportion_confint(self.seen, self.cases, 1 - rules.confidence, method="wilson")
        p = float(stats.binomtest(round(self.seen), round(self.cases), rules.least_influence / 100).pvalue)
        share = figure("share_of_cases", 100 * self.seen / self.cases, self.cases, rules, low=100 * float(low), high=100 * float(high), p=p)
        return CauseTest("share", share, share._replace(keys={"figure": "influence"}, p=None), BINOMIAL)
