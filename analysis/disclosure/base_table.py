"""A table of effective bases: what suppression decides on, whatever the figures are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.results.estimates import Thresholds
from analysis.sums.batch_rows import Flags
from analysis.sums.tallies import Array
from survey_schema.models import SurveySchema


@dataclass(frozen=True, eq=False)
class BaseTable:
    """G cells and their figures: first j indicators (none where the figures are no means of a tree), then k items, whose sums add up.

    ``keys`` the value of each dimension, None for respondents without one; ``bases`` (G, j + k) effective bases, 0 where nobody is;
    ``weights`` (G, k) Σw of the items; ``suppressed`` (G, j + k) what is not shown. ``schema`` says how indicators are made of items; it is
    not looked at without indicators.
    """

    keys: tuple[Mapping[str, str | None], ...]
    indicators: tuple[str, ...]
    items: tuple[str, ...]
    bases: Array
    weights: Array
    suppressed: Flags
    schema: SurveySchema | None = None

    @classmethod
    def of_items(cls, keys: Sequence[Mapping[str, str | None]], items: Sequence[str], bases: Array) -> BaseTable:
        """A table of figures that are made of no others, nothing suppressed yet; ``bases`` (G, k)."""
        return cls(tuple(keys), (), tuple(items), bases, bases, np.zeros(bases.shape, dtype=bool))

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def nodes(self) -> int:
        """Number of indicators, j."""
        return len(self.indicators)

    @property
    def figures(self) -> tuple[str, ...]:
        """Codes of all columns, indicators first."""
        return (*self.indicators, *self.items)

    def part(self, groups: Sequence[int]) -> BaseTable:
        """Some of the cells, by their numbers."""
        chosen = np.array(groups, dtype=np.intp)
        keys = tuple(self.keys[g] for g in groups)
        return replace(self, keys=keys, bases=self.bases[chosen], weights=self.weights[chosen], suppressed=self.suppressed[chosen])

    def suppressing(self, places: Sequence[tuple[int, int]]) -> BaseTable:
        """The same table with these places (cell, column) suppressed too."""
        flags = self.suppressed.copy()
        flags[tuple(np.transpose(places))] = True
        return replace(self, suppressed=flags)

    def all_suppressed(self) -> BaseTable:
        """The same table with nothing shown."""
        return replace(self, suppressed=np.ones_like(self.suppressed))

    def primary(self, thresholds: Thresholds) -> Flags:
        """Which figures (G, j + k) are suppressed for their own base."""
        small: Flags = self.suppressed & (self.bases > 0) & (self.bases < thresholds.hidden_below)
        return small
