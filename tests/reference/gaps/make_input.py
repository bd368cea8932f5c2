"""Writes input.csv and staff.csv: made-up pairs of expectation and perception with stated importance, and managers' beliefs."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20261130)
n = 500
stratum = rng.choice(["north", "south", "west"], n, p=[0.5, 0.3, 0.2])
cluster = np.array([f"{s}{rng.integers(1, 10)}" for s in stratum])
branch = rng.choice(["jia", "yi"], n, p=[0.7, 0.3])
of_cluster = {name: rng.normal(0, 0.5) for name in sorted(set(cluster))}
base = rng.normal(5, 1, n) + np.array([of_cluster[name] for name in cluster])
data = pd.DataFrame({"branch": branch, "stratum": stratum, "cluster": cluster, "weight": np.round(rng.gamma(3, 0.4, n) + 0.2, 3)})
for i in range(1, 5):
    data[f"p{i}"] = np.clip(np.rint(base + rng.normal(-0.2 * i, 1, n)), 1, 7)
    data[f"e{i}"] = np.clip(np.rint(base + rng.normal(0.3, 1, n)), 1, 7)
    data[f"i{i}"] = np.clip(np.rint(rng.normal(5.5 - 0.3 * i, 1.2, n)), 1, 7)
for name, share in {"p1": 0.05, "p2": 0.2, "e1": 0.1, "e3": 0.15, "i2": 0.1, "i4": 0.2}.items():
    data.loc[rng.random(n) < share, name] = np.nan
folder = Path(__file__).parent
data.to_csv(folder / "input.csv", index=False)
staff = pd.DataFrame({"branch": rng.choice(["jia", "yi"], 60)})
for i in range(1, 5):
    staff[f"i{i}"] = np.clip(np.rint(rng.normal(5, 1, 60)), 1, 7)
staff.loc[rng.random(60) < 0.1, "i3"] = np.nan
staff.to_csv(folder / "staff.csv", index=False)
