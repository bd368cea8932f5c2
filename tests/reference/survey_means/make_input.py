"""Writes input.csv: 600 made-up responses with missing answers, weights, strata, clusters and a stratum with a single cluster."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20260401)
n = 600
stratum = rng.choice(["north", "south", "west"], n, p=[0.5, 0.35, 0.15])
cluster = np.array([f"{s}{rng.integers(1, 9)}" for s in stratum])
lone = rng.random(n) < 0.03
stratum = np.where(lone, "island", stratum)
cluster = np.where(lone, "island1", cluster)
branch = rng.choice(["甲", "乙", "丙"], n, p=[0.6, 0.3, 0.1])
base = rng.normal(7, 1.5, n) + (branch == "乙") * 0.6
items = {f"q{i}": np.clip(np.rint(base + rng.normal(0, 1.2, n)), 1, 10) for i in range(1, 5)}
frame = pd.DataFrame({"branch": branch, "stratum": stratum, "cluster": cluster, "weight": np.round(rng.gamma(3, 0.4, n) + 0.2, 3), **items})
for name, share in {"q1": 0.02, "q2": 0.15, "q3": 0.0, "q4": 0.3}.items():
    frame.loc[rng.random(n) < share, name] = np.nan
frame.to_csv(Path(__file__).with_name("input.csv"), index=False)
