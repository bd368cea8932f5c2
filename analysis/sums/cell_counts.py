"""How many cells a sample in clusters has: asked before sums are made, since sums of all of them may be larger than the responses."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from analysis.sums.sums_plan import CLUSTER, DEFAULT_BY, STRATUM


def cells_in_clusters(frame: nw.LazyFrame[Any], at_least: int = 0) -> int:
    """Cells of respondents in clusters by all dimensions; no more than a bound, their respondents, where those are ``at_least`` or fewer.

    Where no response names a cluster only that column is read.
    """
    clustered = frame.filter(~nw.col(CLUSTER).is_null())
    respondents = _rows(clustered)
    return respondents if respondents <= at_least else _rows(clustered.select(*DEFAULT_BY, STRATUM, CLUSTER).unique())


def bytes_a_cell(items: int) -> int:
    """About what the sums of a cell of respondents in clusters take."""
    return 8 * (9 * items + 40)


def _rows(frame: nw.LazyFrame[Any]) -> int:
    return int(frame.select(nw.len().alias("rows")).collect("pyarrow")["rows"][0])
