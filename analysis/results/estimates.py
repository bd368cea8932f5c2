"""Frozen results: every figure with its interval, base, method and, where there is none, the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.results.provenance import Provenance
from words.language import Message, message


@dataclass(frozen=True)
class Thresholds:
    """When a base is marked or hidden, and at which level things are decided. Bases are effective bases (n_eff).

    Respondent weights whose efficiency (n_eff / n) is below the two shares are warned of or not recommended at all.
    """

    marked_below: float = 30
    hidden_below: float = 10
    confidence: float = 0.95
    alpha: float = 0.05
    efficiency_warned_below: float = 0.6
    efficiency_stopped_below: float = 0.4


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Questions:
    """The questions an indicator's figure is made of, where these are fewer than it has: ``asked`` by code, and how many it has."""

    asked: frozenset[str]
    of: int

    @property
    def told(self) -> Message:
        """``on 16 of 19 questions``."""
        return message("on {asked} of {of} questions", asked=len(self.asked), of=self.of)


class Estimate(NamedTuple):
    """One figure. ``value`` is None exactly when ``reason`` says why there is none.

    ``keys`` are the group-by columns (``wave``, ``branch``, ...; None for "all"), ``code`` the indicator or item.
    ``low`` and ``high`` are the ends of the confidence interval; ``n`` respondents who answered, ``n_eff`` their
    effective number; ``marked`` when the base is small. ``deff`` is the design effect of an item's mean or rate.
    ``verdict``: higher, lower, small (certain, and less than what matters), unclear (comparisons only); where it was adjusted for several
    comparisons, ``low_adjusted`` and ``high_adjusted`` are the ends of the interval that says the same.
    ``questions`` are those the figure is made of where these are not all of its indicator; ``note`` says why it has no rank, letter or
    verdict beside others.
    Where several questions are needed of everybody, ``dropped`` respondents are left out because they lack an answer to some,
    ``missing_cells`` answers altogether.
    """

    keys: Mapping[str, str | None]
    code: str
    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    n_eff: float = 0.0
    df: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    rank: int | None = None
    letters: str | None = None
    verdict: str | None = None
    marked: bool = False
    reason: Message | None = None
    deff: float | None = None
    questions: Questions | None = None
    note: Message | None = None
    dropped: int | None = None
    missing_cells: int | None = None
    low_adjusted: float | None = None
    high_adjusted: float | None = None

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The ends of the interval to show: of a difference that was judged among several, those that agree with its verdict."""
        return (self.low, self.high) if self.low_adjusted is None else (self.low_adjusted, self.high_adjusted)

    @property
    def widened(self) -> bool:
        """Whether that interval is wider than that of the figure by itself."""
        return self.low_adjusted is not None and self.low is not None and self.low_adjusted < self.low - 1e-9 * abs(self.low)


@dataclass(frozen=True)
class Result:
    """Estimates of one kind, with how they came about."""

    estimates: tuple[Estimate, ...]
    provenance: Provenance

    def find(self, code: str, **keys: str | None) -> Estimate | None:
        """The estimate of one code whose keys include the given ones; None when there is none."""
        return next((e for e in self.estimates if e.code == code and all(e.keys.get(name) == value for name, value in keys.items())), None)
