"""A mixed model from sums: y = group effect (random) + category means (fixed) + noise, by restricted maximum likelihood.

The restricted likelihood of a random intercept needs only n, Σy per group and category and Σy² in all, so it is exact at any number of
responses. With λ = σ²_between/σ²_within, c_i = λ/(1+λN_i): X'V⁻¹X = Σ diag(n_i) − c_i n_i n_i', X'V⁻¹y = Σ s_i − c_i n_i S_i and
y'V⁻¹y = Σy² − Σ c_i S_i². One parameter is left, the share of variance ρ = λ/(1+λ), found on [0, 1). Sources: Patterson and Thompson
(1971); Searle, Casella and McCulloch (1992), ch. 6. Interval: profile of the restricted likelihood. Test of ρ = 0: likelihood ratio against
the even mixture of χ²₀ and χ²₁ (Self and Liang 1987). Agrees with R ``nlme::lme``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse, stats
from scipy.sparse.csgraph import connected_components

Array = npt.NDArray[np.float64]
_TOP = 1 - 1e-9


@dataclass(frozen=True, eq=False)
class RandomIntercept:
    """Share of variance between groups with interval and p, both standard deviations in the unit of y, and each group's effect.

    ``effects`` are best linear unbiased predictions (shrunk towards zero) with their prediction errors ``effect_errors``.
    """

    share: float
    low: float
    high: float
    p: float
    between: float
    within: float
    means: Array
    effects: Array
    effect_errors: Array


@dataclass(frozen=True, eq=False)
class _Sums:
    n: Array
    y: Array
    squares: float

    def solve(self, share: float) -> tuple[Array, float, float, float, Array]:
        """Fixed means, residual sum of squares, log determinants of X'V⁻¹X and of V, and c at one share of variance."""
        ratio = share / (1 - share)
        size, total = self.n.sum(axis=1), self.y.sum(axis=1)
        c = ratio / (1 + ratio * size)
        a = np.diag(self.n.sum(axis=0)) - (self.n * c[:, None]).T @ self.n
        b = self.y.sum(axis=0) - self.n.T @ (c * total)
        means = np.linalg.solve(a, b)
        rss = self.squares - float((c * total**2).sum()) - float(b @ means)
        return means, rss, float(np.linalg.slogdet(a)[1]), float(np.log1p(ratio * size).sum()), c

    def deviance(self, share: float) -> float:
        """Minus twice the restricted log-likelihood with the noise variance profiled out, up to a constant."""
        _means, rss, log_a, log_v, _c = self.solve(share)
        freedom = self.n.sum() - self.n.shape[1]
        return float(freedom * np.log(max(rss, 1e-300)) + log_a + log_v)


def degrees_between(n: Array) -> int:
    """How many group effects the categories leave free: groups minus connected parts of the table of groups by categories."""
    groups, categories = np.nonzero(n > 0)
    size = n.shape[0] + n.shape[1]
    graph = sparse.coo_matrix((np.ones(len(groups)), (groups, categories + n.shape[0])), shape=(size, size))
    parts = connected_components(graph, directed=False, return_labels=False)
    return int(n.shape[0] - parts)


def fit_random_intercept(n: Array, y: Array, squares: float, confidence: float = 0.95) -> RandomIntercept | None:
    """The model from ``n`` and ``y`` = Σy, both (groups, categories), and ``squares`` = Σy² over everybody.

    No group or category may be empty. None where the groups cannot be told from the categories, or nothing is left to vary.
    """
    freedom = n.sum() - n.shape[1]
    if degrees_between(n) < 1 or freedom <= degrees_between(n):
        return None
    centre = y.sum() / n.sum()  # differences of large squares lose digits, so everything is measured from the mean
    sums = _Sums(n, y - centre * n, squares - 2 * centre * y.sum() + centre**2 * n.sum())
    if sums.squares <= 1e-9 * max(squares, 1.0):
        return None
    found = optimize.minimize_scalar(sums.deviance, bounds=(0, _TOP), method="bounded", options={"xatol": 1e-10})
    share = float(found.x) if found.fun < sums.deviance(0.0) else 0.0
    best = sums.deviance(share)
    means, rss, _log_a, _log_v, c = sums.solve(share)
    within = rss / freedom
    between = within * share / (1 - share)
    size = n.sum(axis=1)
    effects = c * (sums.y.sum(axis=1) - n @ means)
    errors = np.sqrt(between * np.clip(1 - c * size, 0, 1))
    low, high = _profile(sums, share, best + stats.chi2.ppf(confidence, 1))
    drop = max(sums.deviance(0.0) - best, 0.0)
    p = 0.5 * float(stats.chi2.sf(drop, 1)) if drop > 0 else 1.0
    return RandomIntercept(share, low, high, p, float(np.sqrt(between)), float(np.sqrt(within)), means + centre, effects, errors)


def _profile(sums: _Sums, share: float, limit: float) -> tuple[float, float]:
    """Both ends of the shares whose deviance stays within ``limit``."""

    def above(value: float) -> float:
        return sums.deviance(value) - limit

    low = 0.0 if share == 0 or above(0.0) <= 0 else float(optimize.brentq(above, 0.0, share, xtol=1e-12))
    high = float(optimize.brentq(above, share, _TOP, xtol=1e-12)) if above(_TOP) > 0 else 1.0
    return low, high
