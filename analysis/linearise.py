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

from analysis.sums import CLUSTER, STRATUM, WAVE, Array, Tallies

Variable = Literal["score", "satisfied"]
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
    """Effective base (Σw)²/Σw², 0 where there is no weight (Kish 1965)."""
    return np.divide(weight**2, weight_squares, out=np.zeros_like(weight), where=weight_squares > 0)


def domains(tallies: Tallies, by: Sequence[str]) -> Domains:
    """The domains of some group-by columns, sorted by their keys; an empty ``by`` makes one domain of everything."""
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
        grouped = np.zeros((members.shape[1], *values.shape[1:]))
        np.add.at(grouped, of_cell, values)
        added: Array = np.tensordot(members, grouped, axes=1)
        return added

    first, squares, nodes = total(tallies.first), total(tallies.squares), total(tallies.node_counts)
    weights = first[:, 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        means, rates = first[:, 0] / weights, first[:, 2] / weights
        spread = np.sqrt(np.maximum(squares / weights - means**2, 0))
    n_eff = kish(weights, total(tallies.weight_squares))
    node_n_eff = kish(nodes[..., 1], nodes[..., 2])
    return Domains(
        tallies, tuple(keys), members, of_cell, weights, means, rates, total(tallies.answered), n_eff, spread, nodes[..., 0], node_n_eff
    )


def variance(over: Domains, coefficients: Array, variable: Variable = "score") -> Array:
    """Variance (S) of S figures with ``coefficients`` (S, D, k)."""
    parts = [_Influence.of(over, coefficients[start : start + 256], variable).variance() for start in range(0, len(coefficients), 256)]
    return np.concatenate(parts) if parts else np.zeros(0)


def covariance(over: Domains, coefficients: Array, variable: Variable = "score") -> Array:
    """Covariance matrix (S, S) of figures with ``coefficients`` (S, D, k)."""
    return _Influence.of(over, coefficients, variable).covariance()


def degrees_of_freedom(over: Domains, coefficients: Array) -> Array:
    """Sampling units that contribute to each figure minus their strata (S); units are counted where they answered.

    As R ``survey::degf`` of the design restricted to those who answered; at least 0.
    """
    tallies, used = over.tallies, np.einsum("sgk,gb->sbk", coefficients != 0, over.members) > 0
    answered = (used[:, over.of_cell] * tallies.answered).max(axis=2, initial=0)
    stratum = _stratum_of_cell(tallies)
    result = np.zeros(len(coefficients))
    unit = tallies.keys.assign(stratum_number=stratum).groupby(["stratum_number", CLUSTER], dropna=False, sort=False).ngroup().to_numpy()
    single = np.arange(len(stratum)) < tallies.unclustered
    for s, there in enumerate(answered):
        touched = there > 0
        units = there[touched & single].sum() + len(np.unique(unit[touched & ~single]))
        result[s] = max(units - len(np.unique(stratum[touched])), 0)
    return result


def lone_units(over: Domains) -> int:
    """Strata of the whole waves that have a single sampling unit."""
    return int((over.tallies.design["units"] == 1).sum())


@dataclass(frozen=True, eq=False)
class _Influence:
    """Coefficients of the influence on [z d] or [t d] per cell: ``gamma`` (S, C, 2k)."""

    gamma: Array
    second: Array
    first: Array
    stratum: Integers
    units: Array
    tallies: Tallies

    @classmethod
    def of(cls, over: Domains, coefficients: Array, variable: Variable) -> _Influence:
        tallies = over.tallies
        means = over.means if variable == "score" else over.rates
        with np.errstate(invalid="ignore", divide="ignore"):
            alpha = np.where(coefficients != 0, coefficients / over.weights, 0.0)
            beta = np.where(coefficients != 0, -alpha * means, 0.0)
        by_group = np.einsum("sgm,gb->sbm", np.concatenate([alpha, beta], axis=2), over.members, optimize=True)
        gamma = by_group[:, over.of_cell]
        second = tallies.second if variable == "score" else _second_of_satisfied(tallies)
        first = np.concatenate([tallies.first[:, 0 if variable == "score" else 2], tallies.first[:, 1]], axis=1)
        _refuse_unknown_pairs(tallies, coefficients, variable)
        stratum = _stratum_of_cell(tallies)
        units = tallies.design["units"].to_numpy(dtype=np.float64)
        return cls(gamma, second, first, stratum, units, tallies)

    def variance(self) -> Array:
        single = self.tallies.unclustered
        squares = np.zeros((len(self.gamma), len(self.units)))
        inside = self.gamma[:, :single]
        within = np.einsum("scm,scm->sc", np.einsum("scm,cmn->scn", inside, self.second, optimize=True), inside, optimize=True)
        np.add.at(squares.T, self.stratum[:single], within.T)
        totals = np.einsum("scm,cm->sc", self.gamma, self.first, optimize=True)
        per_unit, unit_stratum = self._unit_totals(totals)
        np.add.at(squares.T, unit_stratum, per_unit.T**2)
        per_stratum = np.zeros_like(squares)
        np.add.at(per_stratum.T, self.stratum, totals.T)
        scale, centre = self._scale_and_centre()
        variance: Array = np.maximum((squares * scale - per_stratum**2 * centre).sum(axis=1), 0)
        return variance

    def covariance(self) -> Array:
        single, s = self.tallies.unclustered, len(self.gamma)
        totals = np.einsum("scm,cm->sc", self.gamma, self.first, optimize=True)
        per_unit, unit_stratum = self._unit_totals(totals)
        scale, centre = self._scale_and_centre()
        result = np.zeros((s, s))
        for c in range(single):
            result += scale[self.stratum[c]] * (self.gamma[:, c] @ self.second[c] @ self.gamma[:, c].T)
        result += (per_unit * scale[unit_stratum]) @ per_unit.T
        per_stratum = np.zeros((s, len(self.units)))
        np.add.at(per_stratum.T, self.stratum, totals.T)
        result -= (per_stratum * centre) @ per_stratum.T
        return result

    def _unit_totals(self, totals: Array) -> tuple[Array, Integers]:
        """Influence of each cluster (S, P), summed over the cells it lies in, and the stratum of each cluster (P)."""
        single = self.tallies.unclustered
        stratum = self.stratum[single:]
        clusters = pd.DataFrame({"stratum": stratum, "cluster": self.tallies.keys[CLUSTER].to_numpy()[single:]})
        unit = clusters.groupby(["stratum", "cluster"], sort=False).ngroup().to_numpy()
        count = int(unit.max()) + 1 if len(unit) else 0
        per_unit = np.zeros((len(totals), count))
        np.add.at(per_unit.T, unit, totals[:, single:].T)
        unit_stratum = np.zeros(count, dtype=np.intp)
        unit_stratum[unit] = stratum
        return per_unit, unit_stratum

    def _scale_and_centre(self) -> tuple[Array, Array]:
        """Factors of Σt² and of (Σt)² per stratum: n/(n−1) and 1/(n−1); a lone unit counts in full around 0."""
        many = self.units > 1
        below = np.where(many, self.units - 1, 1)
        return np.where(many, self.units / below, 1.0), np.where(many, 1 / below, 0.0)


def _second_of_satisfied(tallies: Tallies) -> Array:
    """Second moments of [t d] per cell; only within an item, since t² = td = t."""
    k = len(tallies.items)
    second = np.zeros((tallies.unclustered, 2 * k, 2 * k))
    i = np.arange(k)
    satisfied = tallies.satisfied_squares[: tallies.unclustered]
    second[:, i, i] = second[:, i, k + i] = second[:, k + i, i] = satisfied
    second[:, k + i, k + i] = tallies.weight_squares[: tallies.unclustered]
    return second


def _refuse_unknown_pairs(tallies: Tallies, coefficients: Array, variable: Variable) -> None:
    """A figure over several items needs their joint moments; tallies keep those of the tree's item scores."""
    if not tallies.unclustered:
        return
    apart = np.array([variable == "satisfied" or item not in tallies.together for item in tallies.items])
    used = (coefficients != 0).any(axis=1)
    if ((used & apart).any(axis=1) & (used.sum(axis=1) > 1)).any():
        raise ValueError("figures over several items outside the tree, or over several rates, have no joint moments in the tallies")


def _stratum_of_cell(tallies: Tallies) -> Integers:
    """Row of ``design`` each cell belongs to."""
    place = {
        (str(wave), str(stratum)): row
        for row, (wave, stratum) in enumerate(zip(tallies.design[WAVE], tallies.design[STRATUM], strict=True))
    }
    return np.array(
        [place[str(wave), str(stratum)] for wave, stratum in zip(tallies.keys[WAVE], tallies.keys[STRATUM], strict=True)], dtype=np.intp
    )
