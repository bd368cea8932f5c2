"""Fisher's exact test of many tables at once is SciPy's of each of them."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.inference.fisher_test import fisher_p


def test_many_tables_are_tested_as_each_by_itself() -> None:
    chance = np.random.default_rng(3)
    n, other_n = chance.integers(0, 40, 300), np.concatenate([chance.integers(0, 40, 150), chance.integers(0, 30_000, 150)])
    count, other_count = chance.binomial(n, chance.beta(0.3, 3, 300)), chance.binomial(other_n, chance.beta(0.3, 3, 300))
    tables = np.stack([count, n - count, other_count, other_n - other_count], axis=1).reshape(-1, 2, 2)
    found = fisher_p(count, n, other_count, other_n)
    np.testing.assert_allclose(found, [stats.fisher_exact(table).pvalue for table in tables], rtol=1e-12)
    assert (found < 0.05).any()
    assert (found == 1).any()


def test_of_no_table_there_is_no_p() -> None:
    assert len(fisher_p(*(np.zeros(0, dtype=np.intp) for _ in range(4)))) == 0
