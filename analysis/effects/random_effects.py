"""A regression of figures whose sampling errors are known on a few columns, where they also differ for reasons of their own.

y_i = x_i β + u_i + e_i with var(e_i) = s_i² known and var(u_i) = τ² common: random-effects meta-regression. τ² by Paule and Mandel
(1982, *J. Res. Natl. Bur. Stand.* 87:377-385: the weighted residual sum of squares equals its degrees of freedom), standard errors by
Knapp and Hartung (2003, *Statistics in Medicine* 22:2693-2710: multiplied by that ratio, Student's t of n − p). Agrees with ``rma(…,
method = "PM", test = "knha")`` of R ``metafor``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

Array = npt.NDArray[np.float64]
#: Variances below this share of the largest count as this much: a known figure would take all the weight.
_LEAST_SHARE = 1e-12


@dataclass(frozen=True, eq=False)
class RandomEffects:
    """``coefficients`` (p) with their ``covariance`` (p, p); ``spread`` is τ, in the unit of y; ``df`` n − p."""

    coefficients: Array
    covariance: Array
    spread: float
    df: int

    def combined(self, weights: Array) -> tuple[float, float]:
        """Value and standard error of a weighted sum of the coefficients."""
        return float(weights @ self.coefficients), float(np.sqrt(max(float(weights @ self.covariance @ weights), 0.0)))


def fit_random_effects(y: Array, variances: Array, x: Array) -> RandomEffects:
    """Fits y (n) with sampling variances (n) on x (n, p), of full rank.

    Raises ValueError where there are no more rows than columns: nothing would be left to tell chance from effect.
    """
    n, p = x.shape
    if n <= p:
        raise ValueError(f"{n} rows cannot carry {p} coefficients and an error")
    known = np.maximum(variances, _LEAST_SHARE * float(variances.max(initial=0.0)))
    known = np.where(known > 0, known, 1.0) if not known.any() else known

    def fitted(tau2: float) -> tuple[Array, Array, float]:
        weights = 1 / (known + tau2)
        inverse = np.asarray(np.linalg.inv(x.T @ (weights[:, None] * x)), dtype=np.float64)
        coefficients: Array = inverse @ (x.T @ (weights * y))
        residuals = y - x @ coefficients
        return coefficients, inverse, float(weights @ residuals**2)

    df = n - p
    tau2 = 0.0
    if fitted(0.0)[2] > df:
        high = float(np.max(known))
        while fitted(high)[2] > df:
            high *= 2
        tau2 = float(brentq(lambda value: fitted(value)[2] - df, 0.0, high, xtol=1e-14, rtol=1e-14, maxiter=500))
    coefficients, inverse, rest = fitted(tau2)
    return RandomEffects(coefficients, inverse * (rest / df), float(np.sqrt(tau2)), df)
