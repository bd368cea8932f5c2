"""The cause was taken away on trial: how much of the problem went with it?

Shares: cases of the base before and during the trial, compared as in :mod:`analysis.root_causes.stratified`; influence is (p − p₁)/p, the
part of the problem that was gone. Means: Welch's interval of the change (1947, *Biometrika* 34:28-35); influence is the change as a part of
what is to be gained, which is taken as known (the target less the baseline, in the same unit). Nothing says what else changed meanwhile: an
effect check against untouched branches does (:mod:`analysis.effects`). Agrees with R ``prop.test`` and ``t.test``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.results.estimates import Estimate
from analysis.root_causes.cause_test import CauseRules, CauseTest, figure, refused_test
from analysis.root_causes.stratified import Strata
from words.errors import ManyiError
from words.language import message

WELCH = message("Welch’s t test")


@dataclass(frozen=True)
class TrialShares:
    """Cases of the problem of a base, ``before`` the cause was taken away and ``after``. Raises ManyiError where a base lacks its cases."""

    before: float
    base_before: float
    after: float
    base_after: float

    def __post_init__(self) -> None:
        self._as_strata()

    def _as_strata(self) -> Strata:
        return Strata(self.before, self.base_before, self.after, self.base_after)

    @property
    def cases(self) -> float:
        """Cases of the problem before and after."""
        return self.before + self.after

    def times(self, factor: float) -> TrialShares:
        """``factor`` times as many of everything."""
        return TrialShares(*(factor * count for count in (self.before, self.base_before, self.after, self.base_after)))

    def tested(self, rules: CauseRules) -> CauseTest:
        """The change of the share in points (after − before), influence in per cent of the problem before."""
        strata = self._as_strata()
        found = strata.tested(rules)
        if found.reason is not None:
            return refused_test("before_after", "change", self.cases, found.reason, rules, found.test)
        if not self.before:
            why = message("Before the trial there was no case, so none can be gone.")
            return refused_test("before_after", "change", self.cases, why, rules, found.test)
        low, high = strata.ratio_interval(rules)
        influence = figure(
            "influence", 100 * (1 - self.after / self.base_after / (self.before / self.base_before)), self.cases, rules,
            low=100 * (1 - 1 / low) if low else None, high=100 * (1 - 1 / high),
        )  # fmt: skip
        shares = (found.beside[0]._replace(keys={"figure": "share_before"}), found.beside[1]._replace(keys={"figure": "share_after"}))
        return CauseTest("before_after", _turned(found.effect), influence, found.test, shares)


def _turned(difference: Estimate) -> Estimate:
    """After less before."""
    value, low, high = (None if end is None else -end for end in (difference.value, difference.high, difference.low))
    return difference._replace(keys={"figure": "change"}, value=value, low=low, high=high)


@dataclass(frozen=True)
class Mean:
    """A mean of ``n`` figures with their standard deviation."""

    value: float
    deviation: float
    n: float


@dataclass(frozen=True)
class TrialMeans:
    """Means before and after, and what is to be gained altogether (target − baseline), in the same unit and with its sign."""

    before: Mean
    after: Mean
    to_gain: float

    def __post_init__(self) -> None:
        if not self.to_gain:
            raise ManyiError(message("What is to be gained is 0, so no part of it can be; give the target less the baseline."))

    @property
    def cases(self) -> float:
        """Figures before and after."""
        return self.before.n + self.after.n

    def times(self, factor: float) -> TrialMeans:
        """The same means on ``factor`` times as many figures."""
        before, after = (Mean(each.value, each.deviation, factor * each.n) for each in (self.before, self.after))
        return TrialMeans(before, after, self.to_gain)

    def tested(self, rules: CauseRules) -> CauseTest:
        """The change (after − before) in its unit, influence in per cent of what is to be gained."""
        parts = [each.deviation**2 / each.n if each.n > 1 else math.nan for each in (self.before, self.after)]
        variance = sum(parts)
        if not variance > 0:
            why = message("Two figures that differ, before and after, are the least an interval needs.")
            return refused_test("before_after", "change", self.cases, why, rules, WELCH)
        df = variance**2 / sum(part**2 / (each.n - 1) for part, each in zip(parts, (self.before, self.after), strict=True))
        change, se = self.after.value - self.before.value, math.sqrt(variance)
        half = float(stats.t.ppf((1 + rules.confidence) / 2, df)) * se
        p = float(2 * stats.t.sf(abs(change) / se, df))
        effect = figure("change", change, self.cases, rules, se=se, low=change - half, high=change + half, p=p, df=df)
        low, high = sorted(100 * end / self.to_gain for end in (change - half, change + half))
        influence = figure("influence", 100 * change / self.to_gain, self.cases, rules, low=low, high=high)
        means = tuple(figure(name, each.value, each.n, rules) for name, each in (("mean_before", self.before), ("mean_after", self.after)))
        return CauseTest("before_after", effect, influence, WELCH, means)
