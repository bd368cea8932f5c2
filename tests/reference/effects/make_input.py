"""Writes the two inputs: changes of branches with their sampling variances, and rows of respondents in branches and waves."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(20261130)


def changes() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for case, branches, treated, spread in (("few", 4, 1, 2.0), ("province", 14, 3, 1.5), ("quiet", 9, 4, 0.0), ("many", 50, 10, 1.0)):
        for number in range(branches):
            variance = float(rng.gamma(4, 0.4))
            effect = 2.5 if number < treated else 0.0
            value = effect + rng.normal(0, spread) + rng.normal(0, np.sqrt(variance) * (0.3 if case == "quiet" else 1))
            rows.append((case, f"b{number:02d}", int(number < treated), repr(float(value)), repr(variance)))
    return rows


def respondents() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for branch in range(12):
        level = rng.normal(70, 5)
        for wave in range(5):
            shock = rng.normal(0, 1)
            for _person in range(int(rng.integers(15, 40))):
                score = level + wave + shock + (3 if branch < 4 and wave >= 3 else 0) + rng.normal(0, 15)
                weight = float(rng.gamma(5, 0.2))
                rows.append((f"b{branch:02d}", f"w{wave}", int(branch < 4), int(wave >= 3), repr(float(score)), repr(weight)))
    return rows


for name, header, rows in (
    ("changes.csv", ("case", "branch", "treated", "value", "variance"), changes()),
    ("respondents.csv", ("branch", "wave", "treated", "after", "score", "weight"), respondents()),
):
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
