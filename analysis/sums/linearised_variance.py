"""Variance and covariance of linear functions from the influence that respondents have on them, by cell.

With ``u_k`` the influence of respondent k, ``t_p`` its sum in sampling unit p and n_h the units of stratum h in the whole wave,

    var = Σ_h n_h/(n_h − 1) [Σ_p t_p² − (Σ_p t_p)²/n_h]

For respondents that are units of their own, Σ t² is a quadratic form in the cell's second moments. A stratum with a single unit is centred
at the grand mean of the influences, which is 0 (R ``survey``: ``survey.lonely.psu = "adjust"``). Waves are independent samples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]

#: Where a stratum's units do not differ, two nearly equal sums of squares leave this part of themselves: rounding, not variance.
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class LinearisedVariance:
    """The linearised variance of S linear functions: coefficients ``gamma`` (S, C, M) of the influence on M variables, and cells' sums.

    C cells are concerned. The variables are [z d] or [t d] of every item (M = 2k), or what else a figure is made of. ``linear`` (U, M)
    holds their Σw²y in the cells without clusters, which raked weights need.
    """

    gamma: Array
    second: Array
    first: Array
    stratum: Integers
    cluster: Integers
    units: Array
    linear: Array | None = None

    def within(self) -> Array:
        """Σu² of the respondents of each cell without clusters (S, U)."""
        inside = self.gamma[:, : len(self.second)].swapaxes(0, 1)
        squares: Array = np.vecdot(inside @ self.second, inside).T
        return squares

    def totals(self) -> Array:
        """Σu of each cell (S, C)."""
        totals: Array = np.vecdot(self.gamma, self.first)
        return totals

    def crossed(self) -> Array:
        """Σwu of each cell without clusters (S, U)."""
        if self.linear is None:
            raise ValueError("the influence of a figure of a raked wave needs the sums of w²y")
        crossed: Array = np.vecdot(self.gamma[:, : len(self.linear)], self.linear)
        return crossed

    def only(self, chosen: Integers) -> LinearisedVariance:
        """The influence on some of the cells, by their numbers in ascending order; strata are numbered anew."""
        alone = chosen[chosen < len(self.second)]
        strata, stratum = np.unique(self.stratum[chosen], return_inverse=True)
        linear = None if self.linear is None else self.linear[alone]
        return LinearisedVariance(
            self.gamma[:, chosen], self.second[alone], self.first[chosen], stratum, self.cluster[chosen], self.units[strata], linear
        )

    def variance(self) -> Array:
        """Variance of each function (S)."""
        variance: Array = np.maximum(self.by_stratum().sum(axis=1), 0)
        return variance

    def by_stratum(self) -> Array:
        """What each stratum adds to the variance of each function (S, strata)."""
        single = len(self.second)
        strata = len(self.units)
        within, totals = self.within(), self.totals()
        per_unit, unit_stratum = self._unit_totals(totals)
        squares = added(within, self.stratum[:single], strata) + added(per_unit**2, unit_stratum, strata)
        per_stratum = added(totals, self.stratum, strata)
        scale, centre = scale_and_centre(self.units)
        whole = squares * scale
        left = whole - per_stratum**2 * centre
        return np.where(left > _ROUNDING * whole, left, 0.0)

    def covariance(self) -> Array:
        """Covariance matrix of the functions (S, S)."""
        single, s = len(self.second), len(self.gamma)
        totals = np.vecdot(self.gamma, self.first)
        per_unit, unit_stratum = self._unit_totals(totals)
        scale, centre = scale_and_centre(self.units)
        result = np.zeros((s, s))
        for c in range(single):
            result += scale[self.stratum[c]] * (self.gamma[:, c] @ self.second[c] @ self.gamma[:, c].T)
        result += (per_unit * scale[unit_stratum]) @ per_unit.T
        per_stratum = added(totals, self.stratum, len(self.units))
        result -= (per_stratum * centre) @ per_stratum.T
        return result

    def _unit_totals(self, totals: Array) -> tuple[Array, Integers]:
        """Influence of each cluster (S, P), summed over the cells it lies in, and the stratum of each cluster (P)."""
        single = len(self.second)
        numbers, unit = np.unique(self.cluster[single:], return_inverse=True)
        per_unit = added(totals[:, single:], unit, len(numbers))
        unit_stratum = np.zeros(len(numbers), dtype=np.intp)
        unit_stratum[unit] = self.stratum[single:]
        return per_unit, unit_stratum


def added(values: Array, number: Integers, count: int) -> Array:
    """Columns of ``values`` (S, C) with the same number added up (S, count)."""
    place = number + count * np.arange(len(values))[:, None]
    added = np.bincount(place.ravel(), values.ravel(), minlength=count * len(values))
    return added.astype(np.float64, copy=False).reshape(len(values), count)


def scale_and_centre(units: Array) -> tuple[Array, Array]:
    """Factors of Σt² and of (Σt)² per stratum: n/(n−1) and 1/(n−1); a lone unit counts in full around 0."""
    many = units > 1
    below = np.where(many, units - 1, 1)
    return np.where(many, units / below, 1.0), np.where(many, 1 / below, 0.0)
