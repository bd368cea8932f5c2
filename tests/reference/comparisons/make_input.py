"""Writes input.csv: two waves whose make-up differs, one branch in the second only, weights, strata, clusters, a lone cluster, gaps."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20260702)
parts = []
for wave, size, chances in (("2026Q1", 420, [0.45, 0.3, 0.25, 0.0]), ("2026Q2", 480, [0.25, 0.35, 0.3, 0.1])):
    branch = rng.choice(["north", "south", "west", "new"], size, p=chances)
    stratum = rng.choice(["town", "country"], size, p=[0.6, 0.4])
    cluster = np.array([f"{s}{rng.integers(1, 15)}" for s in stratum])
    lone = rng.random(size) < 0.02
    stratum, cluster = np.where(lone, "island", stratum), np.where(lone, "island1", cluster)
    level = (
        pd.Series(branch).map({"north": 6.2, "south": 7.4, "west": 7.9, "new": 6.9}).to_numpy()
        + (wave == "2026Q2") * (branch == "west") * 0.4
    )
    base = rng.normal(level, 1.4, size)
    answers = {f"q{i}": np.clip(np.rint(base + rng.normal(0, 1.2, size)), 1, 10) for i in range(1, 5)}
    part = pd.DataFrame(
        {
            "wave": wave,
            "branch": branch,
            "stratum": stratum,
            "cluster": cluster,
            "weight": rng.gamma(3, 0.4, size).round(3) + 0.2,
            **answers,
        }
    )
    for name, share in {"q1": 0.02, "q2": 0.15, "q3": 0.0, "q4": 0.3}.items():
        part.loc[rng.random(size) < share, name] = np.nan
    parts.append(part)
pd.concat(parts).to_csv(Path(__file__).with_name("input.csv"), index=False)
