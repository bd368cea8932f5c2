"""What a test of an end cause gives, whatever its kind: its effect with a p, and its influence on the problem with an interval."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Literal, Protocol

from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.language import Message

#: How a cause was tested: cases and base with and without it; cases in which it was seen; pairs of figures; a driver's part of an outcome;
#: a trial without it.
Kind = Literal["stratified", "share", "correlation", "regression", "before_after"]
KINDS: tuple[Kind, ...] = ("stratified", "share", "correlation", "regression", "before_after")
#: Per cent of the problem that a cause must at least account for, unless another share is named.
LEAST_INFLUENCE = 10.0


@dataclass(frozen=True)
class CauseRules:
    """``least_influence``: per cent of the problem below which a cause is no root cause; levels are those of ``thresholds``."""

    least_influence: float = LEAST_INFLUENCE
    thresholds: Thresholds = field(default=DEFAULT_THRESHOLDS)

    @property
    def confidence(self) -> float:
        """Level of the intervals."""
        return self.thresholds.confidence

    @property
    def z(self) -> float:
        """Half-width of an interval in standard errors."""
        return NormalDist().inv_cdf((1 + self.confidence) / 2)


@dataclass(frozen=True)
class CauseTest:
    """One cause, tested.

    ``effect`` is what the test is about (keys: ``figure``), in the unit of the kind, with its two-sided ``p``; ``influence`` the per cent
    of the problem that goes with the cause; ``beside`` the figures both follow from. Where nothing can be told, both have the same reason.
    ``test`` names the test that was used.
    """

    kind: Kind
    effect: Estimate
    influence: Estimate
    test: Message
    beside: tuple[Estimate, ...] = ()

    @property
    def reason(self) -> Message | None:
        """Why nothing can be told."""
        return self.influence.reason


class Evidence(Protocol):
    """What a cause is tested by."""

    @property
    def cases(self) -> float:
        """How many cases (pairs, respondents) it stands on."""

    def times(self, factor: float) -> Evidence:
        """The same shares on ``factor`` times as many cases: what more data of the same kind would look like."""

    def tested(self, rules: CauseRules) -> CauseTest:
        """The test."""


def figure(name: str, value: float | None, n: float, rules: CauseRules, **rest: object) -> Estimate:
    """A figure of a test on ``n`` cases; marked where they are few."""
    few = n < rules.thresholds.marked_below
    return Estimate({"figure": name}, "cause", value, n=math.ceil(n), n_eff=float(n), marked=few, **rest)  # type: ignore[arg-type]


def refused_test(kind: Kind, effect: str, n: float, reason: Message, rules: CauseRules, test: Message) -> CauseTest:
    """The test of a cause about which nothing can be told."""
    return CauseTest(kind, figure(effect, None, n, rules, reason=reason), figure("influence", None, n, rules, reason=reason), test)
