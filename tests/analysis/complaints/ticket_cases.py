"""Tickets as the store would hand them out, on two engines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd

AS_OF = datetime(2026, 4, 1)


def small() -> pd.DataFrame:
    """Eight repairs and two reconnections; two still open, one of them old."""
    start = datetime(2026, 1, 10, 8)
    hours: list[float | None] = [2, 10, 30, 50, 4, None, None, 6, 0.5, 25]
    opened = [
        start,
        start,
        start,
        start,
        datetime(2026, 2, 3),
        datetime(2026, 3, 1),
        datetime(2026, 3, 31, 12),
        datetime(2026, 3, 2),
        start,
        start,
    ]
    return pd.DataFrame(
        {
            "opened": opened,
            "closed": [None if h is None else at + timedelta(hours=h) for at, h in zip(opened, hours, strict=True)],
            "branch": ["north"] * 5 + ["south"] * 5,
            "class": ["repair"] * 8 + ["reconnect"] * 2,
            "cause": ["line", "line", "modem", None, "line", "line", "modem", "line", "bill", "bill"],
            "first_contact": [True, True, False, False, True, None, False, True, True, None],
            "escalated": [False, False, True, True, False, False, False, False, False, False],
            "hand_overs": [0, 1, 2, 3, 0, 1, None, 0, 0, 1],
        }
    )


def many(rows: int, seed: int = 5) -> pd.DataFrame:
    """Random tickets of two years, twenty branches, three classes, thirty causes."""
    rng = np.random.default_rng(seed)
    opened = pd.Timestamp("2024-04-01") + pd.to_timedelta(rng.integers(0, 730 * 24, rows), unit="h")
    closed = (opened + pd.to_timedelta(rng.gamma(2, 9, rows), unit="h")).to_series().reset_index(drop=True)
    closed[rng.random(rows) < 0.02] = pd.NaT
    return pd.DataFrame(
        {
            "opened": opened,
            "closed": closed,
            "branch": rng.choice([f"b{i:02d}" for i in range(20)], rows),
            "class": rng.choice(["network", "billing", "service"], rows),
            "cause": rng.choice([f"c{i:02d}" for i in range(30)], rows),
            "first_contact": rng.random(rows) < 0.6,
            "escalated": rng.random(rows) < 0.1,
            "hand_overs": rng.poisson(0.7, rows),
        }
    )


def in_pandas(table: pd.DataFrame) -> nw.LazyFrame[Any]:
    return nw.from_native(table.assign(closed=pd.to_datetime(table["closed"]))).lazy()


def in_duckdb(table: pd.DataFrame) -> nw.LazyFrame[Any]:
    connection = duckdb.connect()
    connection.register("tickets", table.assign(closed=pd.to_datetime(table["closed"])))
    return nw.from_native(connection.sql("select * from tickets"))
