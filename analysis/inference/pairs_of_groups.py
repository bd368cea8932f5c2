"""All pairs of groups tested at once: differences of figures over disjoint groups, their errors and degrees of freedom, in arrays.

The groups are parts of one sample. No respondent is in two of them, so the covariance of two figures is what strata and clusters make:
with t_fh the influence of figure f in stratum h, t_fp that in cluster p of it and n_h its sampling units,

    cov = Σ_p n_h/(n_h − 1) t_fp t_gp − Σ_h t_fh t_gh/(n_h − 1)

and the sampling units behind a difference are those of both figures, clusters and strata that both have counted once. Equal to the
variance and the degrees of freedom of each difference by itself (:mod:`analysis.inference.linearise`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse, stats

from analysis.inference.families import Parts, families, in_arrays
from analysis.inference.linearise import covariance, influence_of, respondents_of, values, variance
from analysis.sums.domains import Domains
from analysis.sums.linearised_variance import scale_and_centre
from analysis.sums.tallies import Array


class Pairs(NamedTuple):
    """First minus second of each pair (F, F): the ``difference``, its standard error ``se`` and degrees of freedom ``df``."""

    difference: Array
    se: Array
    df: Array

    def p_values(self) -> Array:
        """Two-sided p of a t test against 0 (F, F); NaN without degrees of freedom. A difference without variance is certain."""
        size = np.abs(self.difference)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = 2 * stats.t.sf(size / self.se, np.maximum(self.df, 1))
        certain = np.where(size < 1e-12, 1.0, 0.0)
        return np.where(self.df > 0, np.where(self.se > 0, p, certain), np.nan)


def pairs_of_groups(over: Domains, figures: Sequence[Parts]) -> Pairs:
    """Every pair of figures, each over one set of ``over``; ValueError where a figure is over several, or two sets share a group."""
    sets = [g for parts in figures for g in parts]
    if any(len(parts) != 1 for parts in figures) or (over.holds[sets].sum(axis=0) > 1).any():
        raise ValueError("pairs of figures are tested at once only where each is over a group of its own")
    found = values(over, figures)
    shared, freedom = _shared(over, figures)
    if over.tallies.raked:  # what is left beside the margins is of all groups together
        spread = covariance(over, figures)
        own = np.diag(spread)
    else:
        spread, own = shared, variance(over, figures)
    squares = own[:, None] + own - 2 * spread
    return Pairs(found[:, None] - found, np.sqrt(np.maximum(squares, 0)), np.maximum(freedom, 0))


def _shared(over: Domains, figures: Sequence[Parts]) -> tuple[Array, Array]:
    """Covariance of each pair of figures by strata and clusters, its diagonal without meaning, and each pair's degrees of freedom."""
    tallies, many = over.tallies, len(figures)
    clusters, strata = int(tallies.cluster_number.max(initial=-1)) + 1, len(tallies.units)
    in_stratum, stratum_there, alone = np.zeros((many, strata)), np.zeros((many, strata)), np.zeros(many)
    placed: list[tuple[Any, ...]] = []
    for batch in families(over, in_arrays(over, figures)):
        figure, cluster = batch.figures[batch.of_cell, 0], tallies.cluster_number[batch.cells]
        stratum, total, there = tallies.stratum_number[batch.cells], influence_of(over, batch)[0], respondents_of(over, batch)[0]
        np.add.at(in_stratum, (figure, stratum), total)
        np.maximum.at(stratum_there, (figure, stratum), (there > 0).astype(np.float64))
        np.add.at(alone, figure[cluster < 0], there[cluster < 0])
        own = cluster >= 0
        placed.append((figure[own], cluster[own], total[own], there[own] > 0, stratum[own]))
    figure, cluster, total, there, stratum = (np.concatenate(each) for each in zip(*placed, strict=True))
    of_cluster = np.zeros(clusters, dtype=np.intp)
    of_cluster[cluster] = stratum
    scale, centre = scale_and_centre(tallies.units)
    in_cluster = sparse.csr_array((total, (figure, cluster)), shape=(many, clusters))
    cluster_there = sparse.csr_array((there.astype(np.float64), (figure, cluster)), shape=(many, clusters)) > 0
    cluster_there = cluster_there.astype(np.float64)
    common = (in_cluster * scale[of_cluster]) @ in_cluster.T
    shared = common.toarray() - (in_stratum * centre) @ in_stratum.T
    both = (cluster_there @ cluster_there.T).toarray() - stratum_there @ stratum_there.T
    units = alone + cluster_there.sum(axis=1) - stratum_there.sum(axis=1)
    return shared, units[:, None] + units - both
