"""Intervals for LMG shares of 12 drivers: replicate groups from sums against a plain bootstrap of rows.

Run: ``python -m benchmarks.importance_replicates``. The bootstrap draws rows 200 times, correlates them and computes the same
LMG by the same code, so the ratio is that of the two ways to an interval, engine pass included.
"""

from __future__ import annotations

import time

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from analysis.drivers.relative_importance import estimate_importance, importance_percent
from analysis.sums.cross_moments import cross_moments
from survey_schema.models import SurveySchema

DRIVERS = [f"d{i}" for i in range(12)]
GROUPS = 100
DRAWS = 200


def schema() -> SurveySchema:
    text = {"zh_CN": "x", "en": "x"}
    codes = ["y", *DRIVERS]
    return SurveySchema.model_validate({
        "name": "benchmark",
        "title": text,
        "scales": {"ten": {"minimum": 1, "maximum": 10, "satisfied_from": 8}},
        "items": [{"code": code, "title": text, "scale": "ten"} for code in codes],
        "tree": {"code": "CSI", "title": text, "children": codes},
    })  # fmt: skip


def answers(n: int) -> np.ndarray:
    generator = np.random.default_rng(n)
    common = generator.normal(size=(n, 1))
    drivers = 0.7 * common + generator.normal(size=(n, len(DRIVERS)))
    outcome = drivers @ np.linspace(0.1, 0.5, len(DRIVERS))[:, None] + generator.normal(size=(n, 1)) * 2
    return np.clip(np.round(6.5 + 1.3 * np.hstack([outcome / 2, drivers])), 1, 10)


def by_replicate_groups(table: pa.Table) -> float:
    connection = duckdb.connect()
    connection.register("responses", table)
    frame = nw.from_native(connection.sql("select * from responses")).lazy()
    survey = schema()
    started = time.perf_counter()
    moments = cross_moments(frame, survey, ["y", *DRIVERS])[0]
    passed = time.perf_counter()
    result = estimate_importance(moments, survey, "y", DRIVERS)
    finished = time.perf_counter()
    assert result.reason is None
    print(f"  engine pass {passed - started:6.2f} s, LMG and Johnson of {GROUPS} groups with ranks {finished - passed:6.2f} s")
    return finished - started


def by_bootstrap(rows: np.ndarray) -> float:
    generator = np.random.default_rng(1)
    started = time.perf_counter()
    shares = []
    for _ in range(DRAWS):
        drawn = rows[generator.integers(0, len(rows), len(rows))]
        shares.append(importance_percent(np.corrcoef(drawn, rowvar=False)[None])[0])
    np.percentile(shares, [2.5, 97.5], axis=0)
    return time.perf_counter() - started


def main() -> None:
    for n in (1_000, 100_000):
        rows = answers(n)
        columns = {code: rows[:, i] for i, code in enumerate(["y", *DRIVERS])}
        table = pa.table({**columns, "respondent_weight": np.ones(n), "replicate_group": np.arange(n) % GROUPS})
        print(f"{n:,} respondents, {len(DRIVERS)} drivers")
        ours, bootstrap = by_replicate_groups(table), by_bootstrap(rows)
        print(f"  replicate groups {ours:6.2f} s, bootstrap of {DRAWS} draws {bootstrap:6.2f} s, ratio {bootstrap / ours:.1f}")


if __name__ == "__main__":
    main()
