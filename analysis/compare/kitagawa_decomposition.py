"""The Kitagawa decomposition: what the groups of two waves contribute to the change of item means by mix and score, and its derivatives.

With s the share of a group among the answers to an item and m its mean score, in waves 0 and 1, the change of the item's mean is exactly

    Σ_g (s₁ − s₀)·(m₁ + m₀)/2  +  Σ_g (s₁ + s₀)/2·(m₁ − m₀)

the first sum being mix, the second score (Kitagawa 1955, *J. Am. Stat. Assoc.* 50:1168-1194; symmetric in the waves). A group's part of the
mix is counted from the mean M of both waves, (s₁ − s₀)·((m₁ + m₀)/2 − M), which leaves the sum as it is and makes the part negative when a
group below the average grows. A group that answered in one wave only came or went with its mean: all of it is mix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.sums.batch_rows import Flags
from analysis.sums.domains import Domains
from analysis.sums.tallies import WAVE, Array, Integers

#: So small that its square vanishes beside 1; the derivative is then exact to rounding.
_STEP = 1e-30


@dataclass(frozen=True, eq=False)
class GroupSums:
    """Σwz ``scores`` and Σwd ``weights`` (2 waves, G groups, k items), earlier wave first, 0 where nobody answered.

    ``wave_of`` and ``group_of`` (B) say to which wave and group each domain belongs.
    """

    wave_of: Integers
    group_of: Integers
    scores: Array
    weights: Array

    @property
    def asked(self) -> Flags:
        """Which items anybody answered (2, k)."""
        return np.asarray(self.weights.sum(axis=1) > 0)

    @property
    def shares(self) -> Array:
        """Each group's share among the answers to an item (2, G, k); 0 where nobody answered the item."""
        total = self.weights.sum(axis=1, keepdims=True)
        shares: Array = np.divide(self.weights, total, out=np.zeros_like(self.weights), where=total > 0)
        return shares

    def by_domain(self, gradients: Array) -> Array:
        """Derivatives (S, 2, G, 2, k) by the sums of the groups as derivatives (S, B, 2k) by those of the domains."""
        found: Array = gradients[:, self.wave_of, self.group_of].reshape(len(gradients), len(self.wave_of), -1)
        return found


def group_sums(over: Domains, waves: Sequence[str], group_of: Sequence[int]) -> GroupSums:
    """The sums of two waves group by group; ``over`` has the wave among its keys, ``group_of`` is the group of each of its domains."""
    wave_of, groups = np.array([list(waves).index(str(keys[WAVE])) for keys in over.keys], dtype=np.intp), np.array(group_of, dtype=np.intp)
    weights = np.zeros((2, max(group_of, default=-1) + 1, len(over.tallies.items)))
    scores = np.zeros_like(weights)
    np.add.at(weights, (wave_of, groups), over.weights)
    np.add.at(scores, (wave_of, groups), np.nan_to_num(over.means) * over.weights)
    return GroupSums(wave_of, groups, scores, weights)


def kitagawa_parts(scores: npt.NDArray[Any], weights: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Mix and score (2, G, k) in points of each item's mean, from the sums of both waves; 0 for an item asked in one wave only."""
    total = weights.sum(axis=1, keepdims=True)
    asked = (total.real > 0).all(axis=0)
    whole = np.where(asked, total, 1.0)
    there = weights.real > 0
    mean = scores / np.where(there, weights, 1.0)
    mean = np.where(there, mean, mean[::-1])
    share = weights / whole
    centre = (scores.sum(axis=1, keepdims=True) / whole).mean(axis=0)
    mix = (share[1] - share[0]) * (mean.mean(axis=0) - centre)
    score = share.mean(axis=0) * (mean[1] - mean[0])
    return np.where(asked, np.stack([mix, score]), 0.0)


def derivatives(sums: GroupSums) -> Array:
    """Derivatives of mix and score (2, G) by Σwz and Σwd of each wave and group: (2, G, 2 waves, G, 2, k).

    By the complex step (Squire and Trapp 1998, *SIAM Rev.* 40:110-112). An item's parts depend on its own sums only, so one evaluation
    serves all items.
    """
    count, items = sums.scores.shape[1:]
    found = np.zeros((2, count, 2, count, 2, items))
    for wave, group in np.argwhere(sums.weights.sum(axis=2) > 0):
        for kind in (0, 1):
            moved = [sums.scores.astype(complex), sums.weights.astype(complex)]
            moved[kind][wave, group] += 1j * _STEP
            found[:, :, wave, group, kind] = kitagawa_parts(*moved).imag / _STEP
    return found


def change_derivatives(sums: GroupSums, coefficients: Array) -> Array:
    """Derivatives (2 waves, G, 2, k) of the whole change Σ a₁·M₁ − Σ a₀·M₀; ``coefficients`` (2, k) the item weights of each wave."""
    total = sums.weights.sum(axis=1)
    used = np.divide(coefficients, total, out=np.zeros_like(total), where=total > 0) * np.array([[-1.0], [1.0]])
    mean = np.divide(sums.scores.sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    one_group = np.stack([used, -used * mean], axis=1)[:, None]
    return np.repeat(one_group, sums.weights.shape[1], axis=1)


def change_of_scores(sums: GroupSums, before: Array, now: Array) -> float:
    """Σ a₁·M₁ − Σ a₀·M₀, the difference of the two scores, each on its own item weights (k)."""
    total = sums.weights.sum(axis=1)
    mean = np.divide(sums.scores.sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    return float(now @ mean[1] - before @ mean[0])
