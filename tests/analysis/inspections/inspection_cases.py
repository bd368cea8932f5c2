"""Inspections as the store would hand them out, on two engines."""

from __future__ import annotations

from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd

#: Published inspection of a customer club: points available and scored.
CLUB = {
    "environment": (20, 20.0),
    "visual identity": (20, 19.5),
    "service facilities": (21, 13.0),
    "leaflets": (4, 2.0),
    "cross-region service": (10, 10.0),
    "staff appearance": (10, 10.0),
    "staff manner": (15, 15.0),
}
COLUMNS = ["visit", "hall", "branch", "date", "item", "points_available", "points_scored"]


def club() -> pd.DataFrame:
    rows = [("V1", "club", "north", pd.Timestamp("2026-05-15"), item, *points) for item, points in CLUB.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def in_duckdb(table: pd.DataFrame) -> nw.LazyFrame[Any]:
    connection = duckdb.connect()
    connection.register("inspections", table)
    return nw.from_native(connection.sql("select * from inspections"))


def in_pandas(table: pd.DataFrame) -> nw.LazyFrame[Any]:
    return nw.from_native(table).lazy()


def many(visits: int, items: int = 7, halls: int = 500, seed: int = 3) -> pd.DataFrame:
    """Random visits; every item has ten points, of which some are lost."""
    rng = np.random.default_rng(seed)
    hall = rng.integers(0, halls, visits)
    days = rng.integers(0, 360, visits)
    lost = rng.binomial(10, 0.12, (visits, items))
    return pd.DataFrame(
        {
            "visit": np.repeat([f"v{v}" for v in range(visits)], items),
            "hall": np.repeat([f"h{h:04d}" for h in hall], items),
            "branch": np.repeat([f"b{h % 20}" for h in hall], items),
            "date": np.repeat((pd.Timestamp("2025-07-01") + pd.to_timedelta(days, unit="D")).to_numpy(), items),
            "item": np.tile([f"i{i}" for i in range(items)], visits),
            "points_available": 10.0,
            "points_scored": 10.0 - lost.ravel(),
        }
    )
