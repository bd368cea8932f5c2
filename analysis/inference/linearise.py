"""The one variance: Taylor linearisation of any figure that is linear in domain means.

A figure is L = Σ c_{D,i} m_{D,i} over domains D and items i, with m = Σwz/Σwd the domain's weighted mean: an index, a difference, a
composite by customers, a wave change. Its influence on respondent k in a cell of D is ``u_k = w_k Σ_i (α_i z_ik + β_i d_ik)`` with
``α = c/Σwd`` and ``β = −c·m/Σwd``, and 0 outside (Woodruff 1971; Lumley, *Complex Surveys*, 2010, ch. 2); the variance follows from the
influences, see :mod:`analysis.sums.linearised_variance`. Checked against R ``survey`` to 1e-8 in ``tests/analysis``.

The same holds for satisfaction rates with the 0/1 variable t in the place of z.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from analysis.inference.families import Families, Parts, Terms, families, in_arrays, side_by_side
from analysis.inference.own_and_rest import freedom_of_all, own_and_rest
from analysis.sums.domains import Domains
from analysis.sums.linearised_variance import LinearisedVariance, added
from analysis.sums.tallies import Array, Integers, Tallies

Variable = Literal["score", "satisfied"]
#: Functions whose variance is computed at once; each needs room for every cell.
_BLOCK = 16


def value(over: Domains, parts: Parts, variable: Variable = "score") -> float:
    """The figure itself, Σ c·m."""
    return float(values(over, [parts], variable)[0])


def values(over: Domains, figures: Sequence[Parts] | Terms, variable: Variable = "score") -> Array:
    """The figures themselves, Σ c·m each."""
    terms = in_arrays(over, figures)
    means = np.nan_to_num((over.means if variable == "score" else over.rates)[terms.sets])
    return np.bincount(terms.figure, np.vecdot(terms.coefficients, means), minlength=len(terms)).astype(np.float64)


def variance(over: Domains, figures: Sequence[Parts] | Terms, variable: Variable = "score") -> Array:
    """Variance of each figure; a figure without parts has none."""
    return _by_family(over, figures, lambda batch: _variances(over, batch, variable))[0]


def degrees_of_freedom(over: Domains, figures: Sequence[Parts] | Terms) -> Array:
    """Sampling units that contribute to each figure minus their strata; units are counted where they answered.

    As R ``survey::degf`` of the design restricted to those who answered; at least 0. Where a figure has several items, the respondents
    of a cell are those of its item most answered: never more than answered any of them, so that the interval is never too narrow for it.
    """
    return _by_family(over, figures, lambda batch: _freedom(over, batch))[0]


def variance_and_freedom(over: Domains, figures: Sequence[Parts] | Terms, variable: Variable = "score") -> tuple[Array, Array]:
    """Variance and degrees of freedom of each figure."""
    terms = in_arrays(over, figures)
    rests = own_and_rest(over, terms)
    if rests is None:
        variances, freedom = _by_family(over, terms, lambda batch: _variances(over, batch, variable), lambda batch: _freedom(over, batch))
        return variances, freedom
    variances, freedom = np.zeros(len(terms)), np.zeros(len(terms))
    variances[rests.numbers] = variance(rests.over, rests.terms, variable)
    freedom[rests.numbers] = freedom_of_all(over, rests)
    variances[rests.others], freedom[rests.others] = variance_and_freedom(over, terms.only(rests.others), variable)
    return variances, freedom


def _by_family(over: Domains, figures: Sequence[Parts] | Terms, *kinds: Callable[[Families], Array]) -> list[Array]:
    """Each kind of number, computed of the figures of a batch of families (A, S), figure by figure; 0 for figures without parts."""
    results = [np.zeros(len(figures)) for _ in kinds]
    for batch in families(over, in_arrays(over, figures)):
        for result, kind in zip(results, kinds, strict=True):
            result[batch.figures] = kind(batch)
    return results


def _variances(over: Domains, batch: Families, variable: Variable) -> Array:
    influence, family = _influence(over, batch, variable)
    if over.tallies.raked:
        of_family = [np.flatnonzero(batch.of_cell == a) for a in range(len(batch.figures))]
        return np.array([_variance(over.tallies, influence.only(own), batch.cells[own]) for own in of_family])
    variances: Array = np.maximum(added(influence.by_stratum(), family, len(batch.figures)), 0).T
    return variances


def _variance(tallies: Tallies, influence: LinearisedVariance, cells: Integers) -> Array:
    """Variance (S) from the influence on these cells: in raked waves that of the residuals from the margins."""
    if not tallies.raked:
        return influence.variance()
    waves, place = (each[cells] for each in tallies.raked_cells)
    found = np.zeros(len(influence.gamma))
    for number, raked in [(-1, None), *enumerate(tallies.raked.values())]:
        own = np.flatnonzero(waves == number)
        if len(own):
            part = influence.only(own)
            found += part.variance() if raked is None else raked.variance(part, place[own])
    return found


def _covariance(tallies: Tallies, influence: LinearisedVariance, cells: Integers) -> Array:
    """The same for a covariance matrix (S, S)."""
    if not tallies.raked:
        return influence.covariance()
    waves, place = (each[cells] for each in tallies.raked_cells)
    found = np.zeros((len(influence.gamma),) * 2)
    for number, raked in [(-1, None), *enumerate(tallies.raked.values())]:
        own = np.flatnonzero(waves == number)
        if len(own):
            part = influence.only(own)
            found += part.covariance() if raked is None else raked.covariance(part, place[own])
    return found


def _freedom(over: Domains, batch: Families) -> Array:
    tallies, family, a = over.tallies, batch.of_cell, len(batch.figures)
    cluster, counts = tallies.cluster_number[batch.cells], respondents_of(over, batch)
    there, alone = (counts > 0).astype(np.float64), cluster < 0
    clusters = _present(there[:, ~alone], family[~alone], cluster[~alone], a)
    strata = _present(there, family, tallies.stratum_number[batch.cells], a)
    freedom: Array = np.maximum(added(counts[:, alone], family[alone], a) + clusters - strata, 0).T
    return freedom


def respondents_of(over: Domains, batch: Families) -> Array:
    """Respondents behind each figure in each cell of its family (S, C): those of its item most answered there."""
    asked = batch.by_cell((batch.coefficients != 0).astype(np.float64)) > 0
    counts: Array = np.where(asked, over.tallies.answered[batch.cells], 0.0).max(axis=2, initial=0)
    return counts


def influence_of(over: Domains, batch: Families, variable: Variable = "score") -> Array:
    """Influence of the respondents of each cell on the figures of its family, added up (S, C)."""
    return _influence(over, batch, variable)[0].totals()


def covariance(over: Domains, figures: Sequence[Parts], variable: Variable = "score") -> Array:
    """Covariance matrix of the figures."""
    sets, nothing = sorted({g for parts in figures for g in parts}), np.zeros(len(over.tallies.items))
    terms = in_arrays(over, [{g: parts.get(g, nothing) for g in sets} for parts in figures])
    batch = side_by_side(over, terms, np.arange(len(figures))[None])
    return _covariance(over.tallies, _influence(over, batch, variable)[0], batch.cells)


def _influence(over: Domains, batch: Families, variable: Variable) -> tuple[LinearisedVariance, Integers]:
    """The influence of the figures of each family in its cells, whose strata are kept apart, and the family of each stratum."""
    tallies, cells, coefficients = over.tallies, batch.cells, batch.coefficients
    _refuse_unknown_pairs(tallies, coefficients, variable)
    means = (over.means if variable == "score" else over.rates)[batch.sets][:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = np.where(coefficients != 0, coefficients / over.weights[batch.sets][:, None], 0.0)
        beta = np.where(coefficients != 0, -alpha * means, 0.0)
    gamma = batch.by_cell(np.concatenate([alpha, beta], axis=3))
    alone = cells[cells < tallies.unclustered]
    second = tallies.second[alone] if variable == "score" else _second_of_satisfied(tallies, alone)
    first = np.concatenate([tallies.first[cells, 0 if variable == "score" else 2], tallies.first[cells, 1]], axis=1)
    family, cluster = batch.of_cell, tallies.cluster_number[cells]
    strata, stratum = np.unique(family * len(tallies.units) + tallies.stratum_number[cells], return_inverse=True)
    family_of, number = np.divmod(strata, len(tallies.units))
    apart = family * (cluster.max(initial=0) + 1) + cluster
    return LinearisedVariance(gamma, second, first, stratum, apart, tallies.units[number], _linear(second)), family_of


def variance_of_sums(over: Domains, gradients: Array) -> Array:
    """Variance of smooth functions of the sums Σwz and Σwd of the disjoint groups, such as a share times a mean.

    ``gradients`` (S, B, 2k) holds the derivatives of each function by [Σwz, Σwd] of each group and item; a function that does not change
    with the scale of the weights has influences that add up to 0, as those of a mean.
    """
    tallies = over.tallies
    first = np.concatenate([tallies.first[:, 0], tallies.first[:, 1]], axis=1)
    blocks = (gradients[start : start + _BLOCK] for start in range(0, len(gradients), _BLOCK))
    design = (tallies.second, first, tallies.stratum_number, tallies.cluster_number, tallies.units, _linear(tallies.second))
    cells = np.arange(len(tallies.rows))
    return np.concatenate(
        [_variance(tallies, LinearisedVariance(block[:, over.of_cell], *design), cells) for block in blocks] or [np.zeros(0)]
    )


def variance_of_spread(over: Domains, g: int) -> Array:
    """Variance of the standard deviation of each item's scores (k) in the set ``g``; NaN where nobody answered or all agree.

    The influence on s = √(Σwz²/Σw − m²) is w(z² − 2mz + (m² − s²)d)/(2sΣw).
    """
    tallies, cells = over.tallies, np.flatnonzero(over.holds[g, over.of_cell])
    single, k = cells[cells < tallies.unclustered], len(tallies.items)
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
        influence = LinearisedVariance(np.tile(gamma, (1, len(cells), 1)), second, first, *design, second[:, :, 2])
        result[i] = _variance(tallies, influence, cells)[0]
    return result


def _linear(second: Array) -> Array:
    """Σw²y of [z d] or [t d] per cell, from their second moments: y·d = y."""
    k = second.shape[1] // 2
    diagonal = np.arange(k)
    return np.concatenate([second[:, diagonal, k + diagonal], second[:, k + diagonal, k + diagonal]], axis=1)


def _present(there: Array, family: Integers, number: Integers, families: int) -> Array:
    """How many different numbers of each family are there in any of its cells (S, A); ``there`` is (S, C)."""
    most = int(number.max(initial=0)) + 1
    different, place = np.unique(family * most + number, return_inverse=True)
    found = added(there, place, len(different)) > 0
    return added(found.astype(np.float64), different // most, families)


def lone_units(over: Domains) -> int:
    """Strata of the whole waves that have a single sampling unit."""
    return int((over.tallies.units == 1).sum())


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
    used = (coefficients != 0).any(axis=2)
    if ((used & apart).any(axis=2) & (used.sum(axis=2) > 1)).any():
        raise ValueError("figures over several items outside the tree, or over several rates, have no joint moments in the tallies")
