"""The effect as software usually prints it: weighted least squares with branch and wave effects, errors clustered by branch.

y = α_branch + γ_wave + δ · treated · after + e over respondents with their weights. Estimate and clustered errors follow from the weight
sums and weighted means of branch × wave cells alone, since all columns are the same within a cell. Small-sample factor G/(G − 1) ·
(N − 1)/(N − K), t of G − 1. With few treated branches such intervals are far too short: see
:mod:`analysis.effects.difference_in_differences`. Agrees with statsmodels on the rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from analysis.inference.figures import two_sided_p
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds


def clustered_effect(cells: pd.DataFrame, code: str, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Estimate:
    """The effect from one row per branch and wave.

    ``cells`` has the columns branch, wave, treated (bool), after (bool), mean, weight (sum of respondent weights) and n. Cells without
    weight drop out. Raises ValueError where treated·after is told by branches and waves already, or fewer than two branches are left.
    """
    table = cells[cells["weight"] > 0]
    branches, branch_names = pd.factorize(table["branch"])
    waves, wave_names = pd.factorize(table["wave"])
    rows, count = len(table), len(branch_names)
    design = np.zeros((rows, count + len(wave_names)))
    design[:, 0] = (table["treated"] & table["after"]).to_numpy(dtype=np.float64)
    design[np.arange(rows), 1 + branches] = 1.0
    later = waves > 0
    design[np.flatnonzero(later), count + waves[later]] = 1.0
    if count < 2 or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("the effect cannot be told from branches and waves")
    weights = table["weight"].to_numpy(dtype=np.float64)
    y = table["mean"].to_numpy(dtype=np.float64)
    inverse = np.linalg.inv(design.T @ (weights[:, None] * design))
    coefficients = inverse @ (design.T @ (weights * y))
    scores = design * (weights * (y - design @ coefficients))[:, None]
    by_branch = np.zeros((count, design.shape[1]))
    np.add.at(by_branch, branches, scores)
    n = int(table["n"].sum())
    factor = count / (count - 1) * (n - 1) / (n - design.shape[1])
    value, df = float(coefficients[0]), count - 1
    se = float(np.sqrt(factor * (inverse @ by_branch.T @ by_branch @ inverse)[0, 0]))
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, df)) * se
    return Estimate(
        {"figure": "clustered"},
        code,
        value,
        se,
        value - half,
        value + half,
        n=n,
        n_eff=float(n),
        df=float(df),
        p=two_sided_p(value, se, df),
    )
