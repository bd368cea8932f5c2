"""Waves whose weights were raked: their intervals know it.

Raking brings the weighted shares of each margin to the population's, in every sample. What the margins explain of a figure's influence
therefore does not vary, and the variance is that of the residuals: with u_k = w_k z_k the influence of respondent k and x_k the categories
of its margins, u_k is replaced by

    w_k (z_k − x_k' B),   B = (Σ w x x')⁻ Σ w x z   over **all** respondents of the wave,

the calibrated linearisation (Deville and Särndal 1992, *JASA* 87, sec. 3; Deville, Särndal and Sautory 1993; Särndal, Swensson and Wretman
1992, ch. 6). x'B is the same for all respondents of a class, so the sums Σw, Σw² of the classes and Σwz, Σw²z of the figure's cells are
enough. A domain's figure reaches outside the domain this way: the shares its margins are held at are those of the whole wave. Cell
weighting is raking by one margin of joint cells. Where weights were trimmed the limit is taken as given. Agrees with R ``survey`` on the
residuals of ``lm`` (to 1e-8), and to a few per cent with its ``calibrate``, which takes the weights before raking for B, and with
replicates raked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.sums.linearised_variance import Array, Integers, LinearisedVariance, added, scale_and_centre

#: The column of a raked wave that says which categories of its margins a respondent belongs to (null where weights are not raked), and what
#: stands between margins in it, each written ``column=value``, and between the columns of a combination.
CLASS = "weighting_class"
BETWEEN_MARGINS, BETWEEN_COLUMNS = "\x1e", "\x1f"
_Key = tuple[str | None, str, str | None]


@dataclass(frozen=True, eq=False)
class RakedWave:
    """The P parts of a raked wave: its respondents by stratum, class and cluster.

    ``margins`` names the columns of each margin; ``weight``, ``squares`` (P) Σw and Σw²; ``dummies`` (P, J) the categories of all margins,
    ``inverse`` (J, J) the generalised inverse of Σwxx'; ``stratum`` (P) row of ``units``, the sampling units of each stratum; ``cluster``
    (P) its number, −1 where respondents are units of their own.
    """

    margins: tuple[str, ...]
    place: Mapping[_Key, int]
    weight: Array
    squares: Array
    dummies: Array
    inverse: Array
    stratum: Integers
    units: Array
    cluster: Integers

    def variance(self, influence: LinearisedVariance, place: Integers) -> Array:
        """Variance (S) of functions that respondents of this wave have this influence on; ``place`` the part of each of its cells."""
        fitted, residual, crossed, single = self._residuals(influence, place)
        strata = len(self.units)
        within = added(influence.within(), self.stratum[place[: len(influence.second)]], strata)
        extra = (fitted**2 * self.squares - 2 * fitted * crossed)[:, single]
        squares = within + added(extra, self.stratum[single], strata)
        unit, of_unit, unit_stratum = self._units()
        squares += added(added(residual[:, ~single], of_unit, len(unit)) ** 2, unit_stratum, strata)
        scale, centre = scale_and_centre(self.units)
        found = squares * scale - added(residual, self.stratum, strata) ** 2 * centre
        variance: Array = np.where(found > 1e-12 * within * scale, found, 0.0).sum(axis=1)
        return variance

    def covariance(self, influence: LinearisedVariance, place: Integers) -> Array:
        """Covariance matrix (S, S) of the same functions."""
        fitted, residual, crossed, single = self._residuals(influence, place)
        scale, centre = scale_and_centre(self.units)
        by_part = scale[self.stratum] * single
        result = np.zeros((len(residual), len(residual)))
        for cell, second in enumerate(influence.second):
            gamma = influence.gamma[:, cell]
            result += scale[self.stratum[place[cell]]] * (gamma @ second @ gamma.T)
        mixed = (fitted * by_part) @ crossed.T
        result += (fitted * by_part * self.squares) @ fitted.T - mixed - mixed.T
        unit, of_unit, unit_stratum = self._units()
        per_unit = added(residual[:, ~single], of_unit, len(unit))
        result += (per_unit * scale[unit_stratum]) @ per_unit.T
        per_stratum = added(residual, self.stratum, len(self.units))
        return result - (per_stratum * centre) @ per_stratum.T

    def _residuals(
        self, influence: LinearisedVariance, place: Integers
    ) -> tuple[Array, Array, Array, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
        """x'B, the residual sums and Σw²z of each part (S, P), and which parts are without clusters (P)."""
        totals = added(influence.totals(), place, len(self.weight))
        crossed = added(influence.crossed(), place[: len(influence.second)], len(self.weight))
        fitted = totals @ self.dummies @ self.inverse @ self.dummies.T
        return fitted, totals - fitted * self.weight, crossed, self.cluster < 0

    def _units(self) -> tuple[Integers, Integers, Integers]:
        """The clusters, the number of the cluster of each part that is in one, and the stratum of each cluster."""
        clustered = self.cluster >= 0
        unit, first, of_unit = np.unique(self.cluster[clustered], return_index=True, return_inverse=True)
        return unit, of_unit, self.stratum[clustered][first]


def raked_wave(keys: Sequence[_Key], sums: Array, units: Mapping[str | None, float]) -> RakedWave:
    """The parts of a wave from the stratum, class and cluster of its cells, with their Σw and Σw² (C, 2).

    ``units`` counts the sampling units of each stratum in the whole wave.
    """
    place: dict[_Key, int] = {}
    part = np.array([place.setdefault(key, len(place)) for key in keys], dtype=np.intp)
    weight, squares = added(sums.T, part, len(place))
    of_class = [key[1].split(BETWEEN_MARGINS) for key in place]
    dummies = np.concatenate([_dummies([each[margin] for each in of_class]) for margin in range(len(of_class[0]))], axis=1)
    strata = {stratum: number for number, stratum in enumerate(units)}
    clusters: dict[tuple[str | None, str], int] = {}
    number = [-1 if cluster is None else clusters.setdefault((stratum, cluster), len(clusters)) for stratum, _class, cluster in place]
    return RakedWave(
        margin_names(next(iter(place))[1]), place, weight, squares, dummies, np.linalg.pinv((dummies.T * weight) @ dummies, hermitian=True),
        np.array([strata[stratum] for stratum, _class, _cluster in place], dtype=np.intp), np.array(list(units.values()), dtype=np.float64),
        np.array(number, dtype=np.intp),
    )  # fmt: skip


def margin_names(name: str) -> tuple[str, ...]:
    """The columns of each margin, as a class says them."""
    return tuple(" × ".join(part.split("=", 1)[0] for part in margin.split(BETWEEN_COLUMNS)) for margin in name.split(BETWEEN_MARGINS))


def _dummies(categories: Sequence[str]) -> Array:
    names = sorted(set(categories))
    dummies: Array = (np.array(categories)[:, None] == np.array(names)[None]).astype(np.float64)
    return dummies
