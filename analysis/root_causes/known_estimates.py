"""A test made elsewhere, such as a driver's slope and its part of the outcome's variance: taken over as it is.

Influence of a driver is its part of the variance of the outcome (LMG, :mod:`analysis.drivers.relative_importance`) times the variance that
all drivers explain, or the points that its realistic shift would bring as a part of what is to be gained.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.results.estimates import Estimate
from analysis.root_causes.cause_test import CauseRules, CauseTest, Kind, refused_test
from words.language import Message, message

REGRESSION, PANEL = message("t test of the slope"), message("t test of the slope within branches")


@dataclass(frozen=True)
class KnownEstimates:
    """``effect`` with interval, standard error and p; ``influence`` in per cent of the problem with its interval."""

    effect: Estimate
    influence: Estimate
    kind: Kind = "regression"
    test: Message = REGRESSION
    factor: float = 1.0

    @property
    def cases(self) -> float:
        """Effective respondents."""
        return self.factor * self.effect.n_eff

    def times(self, factor: float) -> KnownEstimates:
        """The same figures with intervals as much narrower as ``factor`` times as many respondents make them."""
        return KnownEstimates(self.effect, self.influence, self.kind, self.test, factor * self.factor)

    def tested(self, rules: CauseRules) -> CauseTest:
        """The estimates, with the names of their figures."""
        missing = next((each for each in (self.effect, self.influence) if each.value is None), None)
        if missing is not None:
            why = missing.reason or message("This figure cannot be computed from these answers.")
            return refused_test(self.kind, "slope", self.effect.n, why, rules, self.test)
        effect, influence = self._narrowed(self.effect), self._narrowed(self.influence)
        if self.factor != 1 and effect.se:
            z = (effect.value or 0.0) / effect.se
            effect = effect._replace(p=float(2 * stats.norm.sf(abs(z))))
        return CauseTest(
            self.kind, effect._replace(keys={"figure": "slope"}, code="cause", verdict=None),
            influence._replace(keys={"figure": "influence"}, code="cause", p=None, rank=None, letters=None), self.test,
        )  # fmt: skip

    def _narrowed(self, entry: Estimate) -> Estimate:
        """With its interval drawn towards the value."""
        if self.factor == 1 or entry.value is None:
            return entry
        shrink, value = 1 / math.sqrt(self.factor), entry.value
        low, high = (None if end is None else value + shrink * (end - value) for end in (entry.low, entry.high))
        se = None if entry.se is None else shrink * entry.se
        return entry._replace(se=se, low=low, high=high, n_eff=self.factor * entry.n_eff)
