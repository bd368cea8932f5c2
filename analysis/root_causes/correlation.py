"""Pairs of figures, such as months or branches: does the problem go along with the cause?

Pearson's r with Fisher's interval (z = artanh r, standard error 1/√(n − 3)), t test of r = 0 with n − 2 degrees of freedom. Influence is
r², the share of the problem's ups and downs that go along with the cause's, its interval the squares of the ends of that of r (from 0 where
that holds 0). Two figures that both rise over the months go along without one being the cause of the other, and few pairs say little.
Agrees with R ``cor.test``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.root_causes.cause_test import CauseRules, CauseTest, figure, refused_test
from words.language import message

T_TEST = message("t test of Pearson’s r")
#: Pairs an interval needs, and below how many it is said that they are few.
FEWEST_PAIRS, FEW_PAIRS = 4, 10


@dataclass(frozen=True)
class Correlation:
    """Pearson's ``r`` of so many ``pairs``; None where one of the two figures never changes."""

    r: float | None
    pairs: float

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, float]]) -> Correlation:
        """Of pairs (cause, problem); a pair with a missing figure does not count."""
        known = np.array([pair for pair in pairs if all(math.isfinite(value) for value in pair)], dtype=np.float64).reshape(-1, 2)
        moves = len(known) > 1 and bool((np.ptp(known, axis=0) > 0).all())
        return cls(float(stats.pearsonr(known[:, 0], known[:, 1]).statistic) if moves else None, len(known))

    @property
    def cases(self) -> float:
        """Pairs."""
        return self.pairs

    def times(self, factor: float) -> Correlation:
        """The same r on ``factor`` times as many pairs."""
        return Correlation(self.r, factor * self.pairs)

    def tested(self, rules: CauseRules) -> CauseTest:
        """r as the effect, 100 r² as the influence."""
        if self.r is None:
            why = message("One of the two figures never changes, so nothing can go along with it.")
            return refused_test("correlation", "r", self.pairs, why, rules, T_TEST)
        if self.pairs < FEWEST_PAIRS:
            why = message("{found} pairs are too few; at least {needed} are needed.", found=f"{self.pairs:g}", needed=FEWEST_PAIRS)
            return refused_test("correlation", "r", self.pairs, why, rules, T_TEST)
        r = max(-1.0, min(1.0, self.r))
        if abs(r) == 1:
            low, high, p = r, r, 0.0
        else:
            half = rules.z / math.sqrt(self.pairs - 3)
            low, high = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
            p = float(2 * stats.t.sf(abs(r) * math.sqrt((self.pairs - 2) / (1 - r * r)), self.pairs - 2))
        few = self.pairs < FEW_PAIRS
        effect = figure("r", r, self.pairs, rules, low=low, high=high, p=p, df=self.pairs - 2)._replace(marked=few)
        ends = sorted((100 * low * low, 100 * high * high))
        least = 0.0 if low <= 0 <= high else ends[0]
        influence = figure("influence", 100 * r * r, self.pairs, rules, low=least, high=ends[1])._replace(marked=few)
        return CauseTest("correlation", effect, influence, T_TEST)
