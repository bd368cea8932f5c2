"""Fisher's exact test of very many tables of two by two at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import hypergeom

from analysis.sums.tallies import Array, Integers

#: Probabilities that differ by less than this part of themselves are equal, as in R ``fisher.test`` and SciPy.
_EQUAL = 1e-14


def fisher_p(count: Integers, n: Integers, other_count: Integers, other_n: Integers) -> Array:
    """Two-sided p (T) of ``count`` of ``n`` against ``other_count`` of ``other_n``: all tables of these margins that are no more probable.

    Where nothing or everything is counted, or a side is empty, p is 1. The steps are those of ``scipy.stats.fisher_exact``, which takes
    one table; a table that stands there more than once is tested once.
    """
    different, place = np.unique(np.stack([count, n, other_count, other_n], axis=1), axis=0, return_inverse=True)
    return _different(*different.T)[place.ravel()]


def _different(count: Integers, n: Integers, other_count: Integers, other_n: Integers) -> Array:
    p, hits = np.ones(len(count)), count + other_count
    tested = np.flatnonzero((n > 0) & (other_n > 0) & (hits > 0) & (hits < n + other_n))
    count, n, hits, everybody = count[tested], n[tested], hits[tested], (n + other_n)[tested]
    mode = ((hits + 1) * (n + 1) / (everybody + 2)).astype(np.intp)

    def pmf(value: Integers, chosen: Integers) -> Array:
        found: Array = hypergeom.pmf(value, everybody[chosen], n[chosen], hits[chosen])
        return found

    every = np.arange(len(tested))
    own, most = pmf(count, every), pmf(mode, every)
    limit = own * (1 + _EQUAL)
    apart = np.abs(own - most) / np.maximum(own, most) > _EQUAL
    low, high = np.flatnonzero(apart & (count < mode)), np.flatnonzero(apart & (count >= mode))
    below = hypergeom.cdf(count[low], everybody[low], n[low], hits[low])
    beyond = pmf(hits[low], low) <= limit[low]
    there = low[beyond]
    last = _last(lambda value, at: -pmf(value, there[at]), -limit[there], mode[there], hits[there])
    below[beyond] += hypergeom.sf(last, everybody[there], n[there], hits[there])
    above = hypergeom.sf(count[high] - 1, everybody[high], n[high], hits[high])
    beyond = pmf(np.zeros_like(high), high) <= limit[high]
    there = high[beyond]
    last = _last(lambda value, at: pmf(value, there[at]), limit[there], np.zeros_like(there), mode[there])
    above[beyond] += hypergeom.cdf(last, everybody[there], n[there], hits[there])
    p[tested[low]], p[tested[high]] = np.minimum(below, 1.0), np.minimum(above, 1.0)
    return p


def _last(of: Callable[[Integers, Integers], Array], limit: Array, low: Integers, high: Integers) -> Integers:
    """The last values in ``low`` … ``high`` (T) at which an ascending function is at most its ``limit``, found by halving; else low − 1."""
    low, high = low.copy(), high.copy()
    searching = np.flatnonzero(low < high)
    while len(searching):
        middle = low[searching] + (high[searching] - low[searching]) // 2
        found = of(middle, searching)
        less, more = found < limit[searching], found > limit[searching]
        low[searching] = np.where(less, middle + 1, np.where(more, low[searching], middle))
        high[searching] = np.where(more, middle - 1, np.where(less, high[searching], middle))
        searching = searching[low[searching] < high[searching]]
    every = np.arange(len(low))
    return np.where(of(low, every) <= limit, low, low - 1)
