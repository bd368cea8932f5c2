"""The one variance: Taylor linearisation of any figure that is linear in domain means.

A **domain** is a set of cells (a branch, a wave, a branch in a wave). A figure is L = Σ c_{D,i} m_{D,i} over domains D and
items i, with m = Σwz/Σwd the domain's weighted mean: an index, a difference, a composite by customers, a wave change.
Its influence on respondent k in a cell of D is ``u_k = w_k Σ_i (α_i z_ik + β_i d_ik)`` with ``α = c/Σwd`` and
``β = −c·m/Σwd``, and 0 outside (Woodruff 1971; Lumley, *Complex Surveys*, 2010, ch. 2). Then

    var(L) = Σ_h n_h/(n_h − 1) [Σ_p t_p² − (Σ_p t_p)²/n_h]

over strata h of each wave, with t_p the sum of u in sampling unit p and n_h the units of the stratum in the whole wave. For
respondents that are units of their own, Σ t² is a quadratic form in the cell's second moments. A stratum with a single unit
is centred at the grand mean of the influences, which is 0 (R ``survey``: ``survey.lonely.psu = "adjust"``).
Waves are independent samples. Checked against R ``survey`` to 1e-8 in ``tests/analysis``.

The same holds for satisfaction rates with the 0/1 variable t in the place of z.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.sums import Array, Tallies, sum_by

Variable = Literal["score", "satisfied"]
#: Functions whose variance is computed at once; each needs room for every cell.
_BLOCK = 16
Integers = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Domains:
    """Domains over collapsed tallies: G sets of B disjoint groups of cells.

    ``keys`` what each set is; ``members`` (G, B) which groups it holds; ``of_cell`` (C) group of each cell; ``weights``
    (G, k) Σwd; ``means`` (G, k) score means, ``rates`` (G, k) satisfied shares, NaN where nobody answered; ``answered``
    (G, k) respondents; ``n_eff`` (G, k) effective base (Kish); ``spread`` (G, k) weighted standard deviation of the scores.
    """

    tallies: Tallies
    keys: tuple[Mapping[str, str | None], ...]
    members: Array
    of_cell: Integers
    weights: Array
    means: Array
    rates: Array
    answered: Array
    n_eff: Array
    spread: Array
    node_n: Array
    node_n_eff: Array

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, **wanted: str | None) -> int | None:
        """Number of the set with these keys; None when there is none."""
        return next((g for g, keys in enumerate(self.keys) if all(keys.get(name) == value for name, value in wanted.items())), None)

    def with_sets(self, keys: Sequence[Mapping[str, str | None]], members: Array) -> Domains:
        """The same and further sets, as rows over the disjoint groups: the rest of a branch, all of a competitor."""
        return _domains(self.tallies, (*self.keys, *keys), np.concatenate([self.members, members]), self.of_cell)


def kish(weight: Array, weight_squares: Array) -> Array:
    """Effective base (Σw)²/Σw², 0 where there is no weight (Kish 1965).

    Rounded to 9 decimals: ten respondents of weight 0.1 make 10 and not 9.999999999999995, which a threshold of 10 would hide.
    """
    base: Array = np.divide(weight**2, weight_squares, out=np.zeros_like(weight), where=weight_squares > 0)
    return base.round(9)


def domains(tallies: Tallies, by: Sequence[str]) -> Domains:
    """The domains of some group-by columns, sorted by their keys; an empty ``by`` makes one domain of everything.

    Raises ManyiError for a column the tallies were not made by.
    """
    tallies.require_columns(by)
    collapsed = tallies.collapse(by)
    columns = [
        tuple(None if pd.isna(value) else str(value) for value in row)
        for row in collapsed.keys[list(by)].itertuples(index=False, name=None)
    ]
    if not by:
        columns = [()] * len(collapsed.keys)
    distinct = sorted(set(columns), key=lambda row: tuple((value is None, value or "") for value in row))
    place = {row: b for b, row in enumerate(distinct)}
    of_cell = np.array([place[row] for row in columns], dtype=np.intp)
    keys = tuple(dict(zip(by, row, strict=True)) for row in distinct)
    return _domains(collapsed, keys, np.eye(len(distinct)), of_cell)


def _domains(tallies: Tallies, keys: Sequence[Mapping[str, str | None]], members: Array, of_cell: Integers) -> Domains:
    def total(values: Array) -> Array:
        added: Array = np.tensordot(members, sum_by(values, of_cell, members.shape[1]), axes=1)
        return added

    first, squares, nodes = total(tallies.first), total(tallies.squares), total(tallies.node_counts)
    weights = first[:, 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        means, rates = first[:, 0] / weights, first[:, 2] / weights
        spread = np.sqrt(_beyond_rounding(squares / weights, means**2))
    n_eff = kish(weights, total(tallies.weight_squares))
    node_n_eff = kish(nodes[..., 1], nodes[..., 2])
    return Domains(
        tallies, tuple(keys), members, of_cell, weights, means, rates, total(tallies.answered), n_eff, spread, nodes[..., 0], node_n_eff
    )


def _beyond_rounding(square: Array, subtracted: Array) -> Array:
    """The difference of two nearly equal sums, 0 where nothing but rounding is left of it."""
    left = square - subtracted
    return np.where(left > 1e-12 * square, left, np.where(np.isnan(left), np.nan, 0.0))


Parts = Mapping[int, Array]
"""A figure as coefficients (k) on the item means of each set it uses, by the set's number."""


def value(over: Domains, parts: Parts, variable: Variable = "score") -> float:
    """The figure itself, Σ c·m."""
    return float(values(over, [parts], variable)[0])


def values(over: Domains, figures: Sequence[Parts], variable: Variable = "score") -> Array:
    """The figures themselves, Σ c·m each."""
    used = [(place, g, coefficients) for place, parts in enumerate(figures) for g, coefficients in parts.items()]
    if not used:
        return np.zeros(len(figures))
    places, sets, coefficients = (np.array(column) for column in zip(*used, strict=True))
    means = np.nan_to_num((over.means if variable == "score" else over.rates)[sets])
    return np.bincount(places, np.vecdot(coefficients, means), minlength=len(figures)).astype(np.float64)


def variance(over: Domains, figures: Sequence[Parts], variable: Variable = "score") -> Array:
    """Variance of each figure. Figures over the same sets are computed together, on the cells of those sets only."""
    result = np.zeros(len(figures))
    for sets, places in _families(figures).items():
        result[places] = Influence.of(over, sets, [figures[place] for place in places], variable).variance()
    return result


def covariance(over: Domains, figures: Sequence[Parts], variable: Variable = "score") -> Array:
    """Covariance matrix of the figures."""
    sets = tuple(sorted({g for parts in figures for g in parts}))
    return Influence.of(over, sets, figures, variable).covariance()


def variance_of_sums(over: Domains, gradients: Array) -> Array:
    """Variance of smooth functions of the sums Σwz and Σwd of the disjoint groups, such as a share times a mean.

    ``gradients`` (S, B, 2k) holds the derivatives of each function by [Σwz, Σwd] of each group and item; a function that does not change
    with the scale of the weights has influences that add up to 0, as those of a mean.
    """
    tallies = over.tallies
    first = np.concatenate([tallies.first[:, 0], tallies.first[:, 1]], axis=1)
    blocks = (gradients[start : start + _BLOCK] for start in range(0, len(gradients), _BLOCK))
    design = (tallies.second, first, tallies.stratum_number, tallies.cluster_number, tallies.units)
    return np.concatenate([Influence(block[:, over.of_cell], *design).variance() for block in blocks] or [np.zeros(0)])


def variance_of_spread(over: Domains, g: int) -> Array:
    """Variance of the standard deviation of each item's scores (k) in the set ``g``; NaN where nobody answered or all agree.

    The influence on s = √(Σwz²/Σw − m²) is w(z² − 2mz + (m² − s²)d)/(2sΣw).
    """
    tallies, (cells, _, _) = over.tallies, _cells_of(over, [g])
    single, k = cells[cells < over.tallies.unclustered], len(over.tallies.items)
    design = (tallies.stratum_number[cells], tallies.cluster_number[cells], tallies.units)
    result = np.full(k, np.nan)
    for i in range(k):
        mean, spread, weight = over.means[g, i], over.spread[g, i], over.weights[g, i]
        if not (weight > 0 and spread > 0):
            continue
        z_squared, z_d, d = (tallies.second[single, row, column] for row, column in ((i, i), (i, k + i), (k + i, k + i)))
        third, fourth = tallies.powers[single, 0, i], tallies.powers[single, 1, i]
        second = np.array([[fourth, third, z_squared], [third, z_squared, z_d], [z_squared, z_d, d]]).transpose(2, 0, 1)
        first = np.stack([tallies.squares[cells, i], tallies.first[cells, 0, i], tallies.first[cells, 1, i]], axis=1)
        gamma = np.array([1.0, -2 * mean, mean**2 - spread**2]) / (2 * spread * weight)
        result[i] = Influence(np.tile(gamma, (1, len(cells), 1)), second, first, *design).variance()[0]
    return result


def degrees_of_freedom(over: Domains, figures: Sequence[Parts]) -> Array:
    """Sampling units that contribute to each figure minus their strata; units are counted where they answered.

    As R ``survey::degf`` of the design restricted to those who answered; at least 0.
    """
    result = np.zeros(len(figures))
    for sets, places in _families(figures).items():
        cells, group, within = _cells_of(over, sets)
        answered, stratum, cluster = over.tallies.answered[cells], over.tallies.stratum_number[cells], over.tallies.cluster_number[cells]
        single = cluster < 0
        clusters, unit = np.unique_inverse(cluster[~single])
        for start in range(0, len(places), _BLOCK):
            block = places[start : start + _BLOCK]
            used = np.array([[figures[place][g] for g in sets] for place in block]) != 0
            counted = _by_group(used.astype(np.float64), within)[:, group] > 0
            counts = np.where(counted, answered, 0.0).max(axis=2, initial=0)
            there = (counts > 0).astype(np.float64)
            units = counts[:, single].sum(axis=1) + (_added(there[:, ~single], unit, len(clusters)) > 0).sum(axis=1)
            strata = (_added(there, stratum, len(over.tallies.units)) > 0).sum(axis=1)
            result[block] = np.maximum(units - strata, 0)
    return result


def _added(values: Array, number: Integers, count: int) -> Array:
    """Columns of ``values`` (S, C) with the same number added up (S, count)."""
    place = number + count * np.arange(len(values))[:, None]
    added = np.bincount(place.ravel(), values.ravel(), minlength=count * len(values))
    return added.astype(np.float64, copy=False).reshape(len(values), count)


def _families(figures: Sequence[Parts]) -> dict[tuple[int, ...], list[int]]:
    """Numbers of the figures that use the same sets."""
    families: dict[tuple[int, ...], list[int]] = {}
    for place, parts in enumerate(figures):
        families.setdefault(tuple(sorted(parts)), []).append(place)
    return families


def _cells_of(over: Domains, sets: Sequence[int]) -> tuple[Integers, Integers, Array]:
    """The cells of some sets (C); the group of each, counted among the B groups these sets hold; which of those each set holds (S, B)."""
    members = over.members[list(sets)]
    covered = np.flatnonzero(members.any(axis=0))
    place = np.full(members.shape[1], -1)
    place[covered] = np.arange(len(covered))
    cells = np.flatnonzero(place[over.of_cell] >= 0)
    return cells, place[over.of_cell[cells]], members[:, covered]


def _by_group(of_sets: Array, members: Array) -> Array:
    """What F figures say of S sets and M variables (F, S, M), said of the groups the sets hold (F, B, M)."""
    return members.T @ of_sets


def lone_units(over: Domains) -> int:
    """Strata of the whole waves that have a single sampling unit."""
    return int((over.tallies.units == 1).sum())


@dataclass(frozen=True, eq=False)
class Influence:
    """Coefficients ``gamma`` (S, C, M) of the influence on M variables in the cells concerned, and those cells' sums.

    The variables are [z d] or [t d] of every item (M = 2k), or what else a figure is made of.
    """

    gamma: Array
    second: Array
    first: Array
    stratum: Integers
    cluster: Integers
    units: Array

    @classmethod
    def of(cls, over: Domains, sets: Sequence[int], figures: Sequence[Parts], variable: Variable) -> Influence:
        """Of figures over some sets: S figures, in the cells of those sets."""
        tallies, (cells, group, members), chosen = over.tallies, _cells_of(over, sets), list(sets)
        nothing = np.zeros(len(tallies.items))
        coefficients = np.array([[parts.get(g, nothing) for g in chosen] for parts in figures])
        _refuse_unknown_pairs(tallies, coefficients, variable)
        means = (over.means if variable == "score" else over.rates)[chosen]
        with np.errstate(invalid="ignore", divide="ignore"):
            alpha = np.where(coefficients != 0, coefficients / over.weights[chosen], 0.0)
            beta = np.where(coefficients != 0, -alpha * means, 0.0)
        by_group = _by_group(np.concatenate([alpha, beta], axis=2), members)
        single = cells[cells < tallies.unclustered]
        second = tallies.second[single] if variable == "score" else _second_of_satisfied(tallies, single)
        first = np.concatenate([tallies.first[cells, 0 if variable == "score" else 2], tallies.first[cells, 1]], axis=1)
        stratum, cluster = tallies.stratum_number[cells], tallies.cluster_number[cells]
        return cls(by_group[:, group], second, first, stratum, cluster, tallies.units)

    def variance(self) -> Array:
        """Variance of each function (S)."""
        single = len(self.second)
        strata = len(self.units)
        inside = self.gamma[:, :single].swapaxes(0, 1)
        within = np.vecdot(inside @ self.second, inside).T
        totals = np.vecdot(self.gamma, self.first)
        per_unit, unit_stratum = self._unit_totals(totals)
        squares = _added(within, self.stratum[:single], strata) + _added(per_unit**2, unit_stratum, strata)
        per_stratum = _added(totals, self.stratum, strata)
        scale, centre = self._scale_and_centre()
        variance: Array = np.maximum((squares * scale - per_stratum**2 * centre).sum(axis=1), 0)
        return variance

    def covariance(self) -> Array:
        """Covariance matrix of the functions (S, S)."""
        single, s = len(self.second), len(self.gamma)
        totals = np.vecdot(self.gamma, self.first)
        per_unit, unit_stratum = self._unit_totals(totals)
        scale, centre = self._scale_and_centre()
        result = np.zeros((s, s))
        for c in range(single):
            result += scale[self.stratum[c]] * (self.gamma[:, c] @ self.second[c] @ self.gamma[:, c].T)
        result += (per_unit * scale[unit_stratum]) @ per_unit.T
        per_stratum = _added(totals, self.stratum, len(self.units))
        result -= (per_stratum * centre) @ per_stratum.T
        return result

    def _unit_totals(self, totals: Array) -> tuple[Array, Integers]:
        """Influence of each cluster (S, P), summed over the cells it lies in, and the stratum of each cluster (P)."""
        single = len(self.second)
        numbers, unit = np.unique(self.cluster[single:], return_inverse=True)
        per_unit = _added(totals[:, single:], unit, len(numbers))
        unit_stratum = np.zeros(len(numbers), dtype=np.intp)
        unit_stratum[unit] = self.stratum[single:]
        return per_unit, unit_stratum

    def _scale_and_centre(self) -> tuple[Array, Array]:
        """Factors of Σt² and of (Σt)² per stratum: n/(n−1) and 1/(n−1); a lone unit counts in full around 0."""
        many = self.units > 1
        below = np.where(many, self.units - 1, 1)
        return np.where(many, self.units / below, 1.0), np.where(many, 1 / below, 0.0)


def _second_of_satisfied(tallies: Tallies, cells: Integers) -> Array:
    """Second moments of [t d] per cell; only within an item, since t² = td = t."""
    k = len(tallies.items)
    second = np.zeros((len(cells), 2 * k, 2 * k))
    i = np.arange(k)
    satisfied = tallies.satisfied_squares[cells]
    second[:, i, i] = second[:, i, k + i] = second[:, k + i, i] = satisfied
    second[:, k + i, k + i] = tallies.weight_squares[cells]
    return second


def _refuse_unknown_pairs(tallies: Tallies, coefficients: Array, variable: Variable) -> None:
    """A figure over several items needs their joint moments; tallies keep those of the tree's item scores."""
    if not tallies.unclustered:
        return
    apart = np.array([variable == "satisfied" or item not in tallies.together for item in tallies.items])
    used = (coefficients != 0).any(axis=1)
    if ((used & apart).any(axis=1) & (used.sum(axis=1) > 1)).any():
        raise ValueError("figures over several items outside the tree, or over several rates, have no joint moments in the tallies")
