"""Cases of the problem with a cause and without it, each against its base: does the problem come more often with the cause, and how much
of it would be gone if it came everywhere as seldom as without?

Test: Pearson's χ² without continuity correction, or Fisher's exact test where an expected count is below 5. The difference of shares has
Newcombe's hybrid score interval (1998, *Statistics in Medicine* 17:873-890), the ratio Koopman's score interval (1984, *Biometrics*
40:513-517). Influence is the population attributable share (p − p₀)/p of all cases, p₀ the share without the cause (Levin 1953); with q the
part of the base that has the cause and R the ratio it is q(R − 1)/(1 + q(R − 1)), which rises with R, so its interval is that of R carried
over. The base's part q is taken as known: in records it is, in samples it adds little. Simulated, 95 % intervals covered 93–95 %.
Agrees with R ``prop.test``, ``fisher.test`` and ``epiR::epi.2by2``.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.results.estimates import Estimate
from analysis.root_causes.cause_test import CauseRules, CauseTest, figure, refused_test
from words.errors import ManyiError
from words.language import Message, message

CHI_SQUARED, FISHER = message("χ² test"), message("Fisher’s exact test")
#: With a smaller expected count the χ² distribution is no longer near enough.
_LEAST_EXPECTED = 5.0


@dataclass(frozen=True)
class Strata:
    """Counts: ``problem_with`` of ``base_with`` cases with the cause have the problem, ``problem_without`` of ``base_without`` without it.

    Effective counts of weighted responses need not be whole. Raises ManyiError where a base does not hold its cases.
    """

    problem_with: float
    base_with: float
    problem_without: float
    base_without: float

    def __post_init__(self) -> None:
        for problem, base in ((self.problem_with, self.base_with), (self.problem_without, self.base_without)):
            if not 0 <= problem <= base:
                told = message(
                    "{problem} cases of the problem among {base} is not possible: the base must hold the cases. Give all that could have "
                    "had the problem, not those without it.",
                    problem=f"{problem:g}", base=f"{base:g}",
                )  # fmt: skip
                raise ManyiError(told)

    @property
    def cases(self) -> float:
        """Cases of the problem."""
        return self.problem_with + self.problem_without

    def times(self, factor: float) -> Strata:
        """``factor`` times as many of everything."""
        return Strata(*(factor * count for count in (self.problem_with, self.base_with, self.problem_without, self.base_without)))

    def tested(self, rules: CauseRules) -> CauseTest:
        """The comparison: difference in points, influence in per cent; shares and ratio beside."""
        if why := self._nothing():
            return refused_test("stratified", "difference", self.cases, why, rules, CHI_SQUARED)
        with_it, without = self.problem_with / self.base_with, self.problem_without / self.base_without
        p, test = self._test()
        low, high = (100 * float(end) for end in self._interval("diff", "newcomb", rules))
        difference = figure("difference", 100 * (with_it - without), self.cases, rules, low=low, high=high, p=p)
        ratio_low, ratio_high = self.ratio_interval(rules)
        ratio = figure(
            "risk_ratio", with_it / without if without else None, self.cases, rules, low=ratio_low if without else None,
            high=ratio_high if without else None, reason=None if without else message("Without the cause there was no case."),
        )  # fmt: skip
        shares = (self._share("share_with", self.problem_with, self.base_with, rules),
                  self._share("share_without", self.problem_without, self.base_without, rules))  # fmt: skip
        return CauseTest("stratified", difference, self._influence(rules), test, (*shares, ratio))

    def ratio_interval(self, rules: CauseRules) -> tuple[float, float]:
        """Koopman's interval of the ratio of the shares; ``inf`` where there is no case without the cause."""
        if not self.problem_with:
            return 0.0, self._interval("ratio", "score", rules)[1]
        low, high = self._interval("ratio", "score", rules)
        return low, high if self.problem_without else float("inf")

    def _nothing(self) -> Message | None:
        if self.cases == 0:
            return message("There are no cases of the problem.")
        if not self.base_with:
            return message("Nobody in the base has the cause, so there is nothing to compare.")
        return None if self.base_without else message("Everybody in the base has the cause, so there is nothing to compare.")

    def _test(self) -> tuple[float, Message]:
        table = np.array(
            [[self.problem_with, self.base_with - self.problem_with], [self.problem_without, self.base_without - self.problem_without]]
        )
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        if not expected.all():  # everybody has the problem, so nobody has it more
            return 1.0, CHI_SQUARED
        whole = bool((table == np.round(table)).all())
        if whole and expected.min() < _LEAST_EXPECTED:
            return float(stats.fisher_exact(table.astype(np.int64)).pvalue), FISHER
        return float(stats.chi2.sf(((table - expected) ** 2 / expected).sum(), 1)), CHI_SQUARED

    def _interval(self, compare: str, method: str, rules: CauseRules) -> tuple[float, float]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):  # no case without the cause: the ratio has no upper end
            warnings.simplefilter("ignore", RuntimeWarning)
            low, high = confint_proportions_2indep(
                self.problem_with, self.base_with, self.problem_without, self.base_without, compare=compare, method=method,
                alpha=1 - rules.confidence, correction=False,
            )  # fmt: skip
        return float(low), float(high)

    def _share(self, name: str, problem: float, base: float, rules: CauseRules) -> Estimate:
        low, high = proportion_confint(problem, base, 1 - rules.confidence, method="wilson")
        return figure(name, 100 * problem / base, base, rules, low=100 * float(low), high=100 * float(high))

    def _influence(self, rules: CauseRules) -> Estimate:
        part = self.base_with / (self.base_with + self.base_without)
        everybody = self.cases / (self.base_with + self.base_without)
        value = 1 - self.problem_without / self.base_without / everybody
        low, high = (attributable_share(ratio, part) for ratio in self.ratio_interval(rules))
        return figure("influence", 100 * value, self.cases, rules, low=100 * low, high=100 * high)


def attributable_share(ratio: float, part: float) -> float:
    """The share of all cases that would be gone at the rate without the cause; ``part`` of the base has it, ``ratio`` times as often.

    >>> attributable_share(3.0, 0.25)
    0.3333333333333333
    """
    if ratio == float("inf"):
        return 1.0
    excess = part * (ratio - 1)
    return excess / (1 + excess)
