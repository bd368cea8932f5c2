"""Rows of arrays added up by group: a product with a sparse matrix, which passes over them once and copies nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array


def added_rows(values: npt.NDArray[np.float64], group: npt.NDArray[np.intp], groups: int) -> npt.NDArray[np.float64]:
    """Rows of ``values`` (C, …) added up by their group 0 … groups − 1 (C); 0 for a group without rows. Returns (groups, …)."""
    ends = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])
    which = csr_array((np.ones(len(values)), np.argsort(group, kind="stable"), ends), shape=(groups, len(values)))
    added: npt.NDArray[np.float64] = which @ np.ascontiguousarray(values).reshape(len(values), -1)
    return added.reshape(groups, *values.shape[1:])
