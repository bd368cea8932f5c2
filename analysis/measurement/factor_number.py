"""How many factors: parallel analysis (Horn 1965), eigenvalues above one (Kaiser), the scree.

Parallel analysis keeps the leading factors whose eigenvalues exceed a percentile of those of unrelated normal answers of
the same number of respondents (effective base). The random correlations are drawn from the Wishart distribution, so no
rows are simulated; seeded, so the same answers give the same line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.results.provenance import Fact, Provenance
from analysis.sums.cross_moments import Array
from words.language import message


@dataclass(frozen=True)
class FactorNumber:
    """Eigenvalues beside the random ones, and how many factors each rule keeps."""

    eigenvalues: tuple[float, ...]
    random_eigenvalues: tuple[float, ...]
    by_parallel_analysis: int
    by_eigenvalue_above_one: int
    provenance: Provenance


def suggest_factor_number(
    correlation: Array, n_eff: float, *, draws: int = 500, percentile: float = 95, seed: int = 20_090_501
) -> FactorNumber:
    """Compare the eigenvalues of ``correlation`` (p × p) with those of ``draws`` random ones on ``n_eff`` respondents."""
    eigenvalues = np.linalg.eigvalsh(correlation)[::-1]
    random = np.percentile(random_eigenvalues(len(correlation), n_eff, draws, seed), percentile, axis=0)
    above = eigenvalues > random
    return FactorNumber(
        tuple(eigenvalues.tolist()),
        tuple(random.tolist()),
        int(above.argmin()) if not above.all() else len(above),
        int((eigenvalues > 1).sum()),
        Provenance(
            message("Parallel analysis: eigenvalues against the {percentile}th percentile of random answers", percentile=f"{percentile:g}"),
            facts=(Fact("draws", draws), Fact("percentile", percentile), Fact("seed", seed), Fact("n_eff", n_eff)),
        ),
    )


def random_eigenvalues(count: int, n: float, draws: int, seed: int) -> Array:
    """Descending eigenvalues, shape (draws, count), of correlations of ``count`` unrelated normal variables of ``n`` rows."""
    generator = np.random.default_rng(seed)
    # Bartlett's decomposition of a Wishart matrix: normals below the diagonal, roots of chi-squares on it.
    root = np.tril(generator.standard_normal((draws, count, count)), -1)
    freedom = np.maximum(n - 1 - np.arange(count), 1.0)
    root[:, np.arange(count), np.arange(count)] = np.sqrt(generator.chisquare(freedom, (draws, count)))
    wishart = root @ np.swapaxes(root, 1, 2)
    spread = np.sqrt(np.diagonal(wishart, axis1=1, axis2=2))
    return np.asarray(np.linalg.eigvalsh(wishart / (spread[:, :, None] * spread[:, None, :]))[:, ::-1])
