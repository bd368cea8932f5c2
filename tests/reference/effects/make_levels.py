"""Writes levels.csv: answers of two waves, monthly values of a KPI, monthly complaints out of customers; run before levels.R."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(20261201)
rows: list[tuple[object, ...]] = []
for after, n, level in ((0, 40, 72.0), (1, 25, 78.0)):
    rows += [("two_waves", "answers", after, repr(float(value)), 1) for value in rng.normal(level, 15, n)]
for after, n, level in ((0, 15, 84.0), (1, 9, 86.0)):
    rows += [("kpi", "values", after, repr(float(value)), 1) for value in rng.normal(level, 1.6, n)]
for after, n, rate in ((0, 15, 4e-5), (1, 9, 3e-5)):
    for base in rng.integers(700_000, 800_000, n):
        rows.append(("complaints", "counts", after, int(rng.negative_binomial(8, 8 / (8 + rate * base))), int(base)))
with (HERE / "levels.csv").open("w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("case", "kind", "after", "value", "base"))
    writer.writerows(rows)
