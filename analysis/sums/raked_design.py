"""The parts of raked waves from a small pass over the whole of them, for figures whose own rows are fewer.

See :mod:`analysis.sums.raked_waves`.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from analysis.sums.raked_groups import WAVE, WEIGHT, margins_frame
from analysis.sums.raked_waves import CLASS, RakedWave, raked_wave

STRATUM, CLUSTER = "stratum", "cluster"


def raked_designs(frame: nw.LazyFrame[Any]) -> dict[str, RakedWave]:
    """The raked waves of ``frame``, which is not narrowed down, by their labels; none where no weights in force were raked.

    Respondents without a positive weight count nowhere. Units are respondents, or clusters within their stratum.
    """
    whole = margins_frame(frame)
    if whole is None:
        return {}
    rows = whole.select(WAVE, STRATUM, CLASS, CLUSTER, nw.col(WEIGHT).cast(nw.Float64).alias("w")).filter(nw.col("w") > 0)
    made = [nw.len().alias("rows"), nw.col("w").sum().alias("sw"), (nw.col("w") * nw.col("w")).sum().alias("sww")]
    table = rows.group_by(WAVE, STRATUM, CLASS, CLUSTER).agg(*made).collect("pandas").to_native()
    table = table[table[CLASS].notna()].sort_values([WAVE, STRATUM, CLASS, CLUSTER])
    return {str(wave): _wave(own) for wave, own in table.groupby(WAVE)}


def part_keys(keys: pd.DataFrame) -> list[tuple[str | None, str, str | None]]:
    """Stratum, class and cluster of cells of a raked wave."""
    columns = (keys[name].astype(object).where(keys[name].notna(), None) for name in (STRATUM, CLASS, CLUSTER))
    return list(zip(*columns, strict=True))


def _wave(table: pd.DataFrame) -> RakedWave:
    keys = part_keys(table)
    units: dict[str | None, float] = {}
    seen: set[tuple[str | None, str | None]] = set()
    for (stratum, _class, cluster), rows in zip(keys, table["rows"].tolist(), strict=True):
        units[stratum] = units.get(stratum, 0.0) + (float(rows) if cluster is None else float((stratum, cluster) not in seen))
        if cluster is not None:
            seen.add((stratum, cluster))
    return raked_wave(keys, table[["sw", "sww"]].to_numpy(dtype="float64"), units)
