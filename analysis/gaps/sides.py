"""One side of a gap between two sources: a sample of persons, levels that were set, or measured levels.

Every side gives the level of an item or indicator on named questions, so that both sides of a gap stand on the same ones. Levels are on
0–100 unless a gap is between figures of another unit, such as hours promised and hours taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from analysis.disclosure.protected_domains import protected_domains
from analysis.gaps.gap_schema import gap_codes
from analysis.gaps.gap_sums import GapTallies, Where
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import estimate, figures_of, hide_small
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.reasons import not_asked

Keys = Mapping[str, str | None]
Group = frozenset[tuple[str, str | None]]


class Wanted(NamedTuple):
    """A level to estimate: its group, its code, and the weights (summing to 1) of the questions it is made of."""

    keys: Keys
    code: str
    weights: Mapping[str, float]


class GapSide(Protocol):
    """What both kinds of sides can do."""

    def groups(self) -> tuple[Keys, ...] | None:
        """The groups it has levels of; None where it has some for any group."""

    def items(self, keys: Keys) -> frozenset[str]:
        """The questions it has a level of in a group."""

    def levels(self, wanted: Sequence[Wanted]) -> list[Estimate]:
        """The levels, one by one; each with the reason where there is none."""


class SampleSide:
    """Means of a sample of persons, such as the importance customers state or managers believe in: suppressed as every other figure."""

    def __init__(
        self,
        side: GapTallies,
        by: Sequence[str] = (),
        where: Where | None = None,
        thresholds: Thresholds = DEFAULT_THRESHOLDS,
    ) -> None:
        self._thresholds = thresholds
        self._over, self._suppression = protected_domains(side.tallies, side.schema, by, where, thresholds)
        self._comparable = Comparable(self._over, side.schema, thresholds, self._suppression.reason)
        found = hide_small(figures_of(self._over, side.schema, gap_codes(side.schema)), self._suppression)
        self._figures = {(_group(figure.keys), figure.code): figure for figure in found}

    def groups(self) -> tuple[Keys, ...]:
        """The groups with respondents."""
        return self._over.keys

    def items(self, keys: Keys) -> frozenset[str]:
        """The questions somebody of the group answered."""
        g = self._over.find(**keys)
        if g is None:
            return frozenset()
        return frozenset(item for item, n in zip(self._over.tallies.items, self._over.answered[g], strict=True) if n > 0)

    def levels(self, wanted: Sequence[Wanted]) -> list[Estimate]:
        """Weighted means with their linearised variance, on the questions named."""
        return estimate(self._over, [self._figure(each) for each in wanted], self._thresholds)

    def _figure(self, wanted: Wanted) -> Figure:
        figure = self._figures.get((_group(wanted.keys), wanted.code))
        if figure is None:
            return Figure(wanted.keys, wanted.code, {}, 0, 0.0, not_asked())
        (levelled,) = self._comparable.level([figure], wanted.weights)
        few = self._comparable.too_few_answers(levelled)
        return levelled if few is None else levelled._replace(reason=few)


class FixedSide:
    """Levels that were set, such as standards and promises: known, without sampling error.

    ``levels`` are pairs of the group they are for and the level of each question; of several that are for a group the most specific counts
    ({} is for everybody, {"branch": "north"} for that branch).
    """

    def __init__(self, levels: Sequence[tuple[Keys, Mapping[str, float]]]) -> None:
        self._levels = sorted(levels, key=lambda each: len(each[0]))

    def groups(self) -> None:
        """Any group may have the level of everybody."""

    def items(self, keys: Keys) -> frozenset[str]:
        """The questions with a level that is for the group."""
        return frozenset(self._of(keys))

    def levels(self, wanted: Sequence[Wanted]) -> list[Estimate]:
        """Weighted levels; their ``se`` is 0."""
        found = []
        for keys, code, weights in wanted:
            known = self._of(keys)
            if weights and set(weights) <= set(known):
                value = sum(weight * known[item] for item, weight in weights.items())
                found.append(Estimate(keys, code, value, 0.0, value, value))
            else:
                found.append(Estimate(keys, code, None, reason=not_asked()))
        return found

    def _of(self, keys: Keys) -> dict[str, float]:
        known: dict[str, float] = {}
        for own, levels in self._levels:
            if all(keys.get(name) == value for name, value in own.items()):
                known |= levels
        return known


class MeasuredSide:
    """Levels measured otherwise, such as scores of inspections or hours to resolve.

    ``available`` says what each group has, ``combined`` gives the weighted level of some questions of a group, with the covariance of what
    was measured together.
    """

    def __init__(
        self, available: Mapping[frozenset[tuple[str, str | None]], Collection[str]], combined: Callable[[Wanted], Estimate]
    ) -> None:
        self._available, self._combined = available, combined

    def groups(self) -> tuple[Keys, ...]:
        """The groups measured."""
        return tuple(dict(group) for group in self._available)

    def items(self, keys: Keys) -> frozenset[str]:
        """The questions measured in a group."""
        return frozenset(self._available.get(_group(keys), ()))

    def levels(self, wanted: Sequence[Wanted]) -> list[Estimate]:
        """What was measured."""
        return [self._combined(each) for each in wanted]


def _group(keys: Keys) -> Group:
    return frozenset(keys.items())
