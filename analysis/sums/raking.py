"""Raking: factors per category that bring weighted margins to their targets (iterative proportional fitting).

Deming & Stephan 1940; with an upper bound on the weight it is the truncated raking of Deville, Särndal & Sautory 1993: a weight is
min(start × factors, cap), so the trimmed weights, too, follow from the factors. Works on classes of respondents that have the same
categories and starting weight, and on many sets of totals at once (the replicates), one row each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
#: Largest difference between a margin's share and its target at which weights count as fitted, and how often all margins are gone through.
TOLERANCE = 1e-8
MOST_ROUNDS = 1_000


@dataclass(frozen=True, eq=False)
class Margin:
    """One margin: the category (0 … J−1) of each class, and the share each category is to have."""

    category: Integers
    shares: Array


@dataclass(frozen=True, eq=False)
class Raked:
    """``weights`` (B, C) of one respondent of each class; ``factors`` one (B, J) per margin; ``difference`` (B) the largest
    difference between a margin's share and its target; ``rounds`` gone through. A set with an empty category has NaN."""

    weights: Array
    factors: tuple[Array, ...]
    difference: Array
    rounds: int

    @property
    def converged(self) -> npt.NDArray[np.bool_]:
        """Which sets meet all targets (B); never those with NaN."""
        return np.asarray(self.difference <= TOLERANCE)


def rake(start: Array, counts: Array, margins: Sequence[Margin], cap: float | None = None) -> Raked:
    """Rakes ``start`` (B, C), the weight of one respondent of each class, with ``counts`` (C) respondents, to a mean weight of 1.

    ``cap`` bounds the weights. Stops when every share of every set is within the tolerance **times its target**, so that the weights of
    a small category are as exact as those of a large one, or after 1,000 rounds; the caller looks at ``difference``. Targets that
    cannot be met together never converge; those a ``cap`` keeps out of reach are not tried.
    """
    total = counts.sum()
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        value = start * (total / (start @ counts))[:, None]
        factors = [np.ones((len(start), len(margin.shares))) for margin in margins]
        weights, rounds = _capped(value, cap), 0
        difference, relative = _differences(weights, counts, margins)
        most = MOST_ROUNDS if within_reach(counts, margins, cap) else 0
        while rounds < most and (relative > TOLERANCE).any():
            rounds += 1
            for place, margin in enumerate(margins):
                wanted = margin.shares * total / _by_category(weights * counts, margin)
                wanted[:, margin.shares == 0] = 0.0
                factors[place] *= wanted
                value = value * wanted[:, margin.category]
                weights = _capped(value, cap)
            difference, relative = _differences(weights, counts, margins)
    return Raked(weights, tuple(factors), difference, rounds)


def within_reach(counts: Array, margins: Sequence[Margin], cap: float | None) -> bool:
    """Whether every category could have its share if all its respondents had the largest weight."""
    if cap is None:
        return True
    total = counts.sum()
    return all(bool((cap * _by_category(counts[None], margin)[0] >= margin.shares * total).all()) for margin in margins)


def _capped(value: Array, cap: float | None) -> Array:
    return value if cap is None else np.minimum(value, cap)


def _by_category(totals: Array, margin: Margin) -> Array:
    """Totals of each category (B, J)."""
    size = len(margin.shares)
    if len(totals) == 1:
        return np.asarray(np.bincount(margin.category, totals[0], minlength=size)[None], dtype=np.float64)
    added = np.zeros((size, len(totals)))
    np.add.at(added, margin.category, totals.T)
    return added.T


def _differences(weights: Array, counts: Array, margins: Sequence[Margin]) -> tuple[Array, Array]:
    """The largest difference between a share and its target of each set (B), and the largest as a part of the target."""
    totals = weights * counts
    gaps = [np.abs(_by_category(totals, margin) / totals.sum(axis=1, keepdims=True) - margin.shares) for margin in margins]
    wanted = [np.where(margin.shares > 0, margin.shares, 1.0) for margin in margins]
    parts = [gap / share for gap, share in zip(gaps, wanted, strict=True)]
    return np.max([gap.max(axis=1) for gap in gaps], axis=0), np.max([part.max(axis=1) for part in parts], axis=0)
