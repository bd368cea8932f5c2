"""Writes input.csv: made-up pairs of functional and dysfunctional answers, 1 "I like it" … 5 "I dislike it", in strata and clusters."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20261202)
n = 400
stratum = rng.choice(["north", "south"], n, p=[0.6, 0.4])
cluster = np.array([f"{s}{rng.integers(1, 13)}" for s in stratum])
tilt = {name: rng.normal(0, 0.6) for name in sorted(set(cluster))}
shift = np.array([tilt[name] for name in cluster])
data = pd.DataFrame(
    {"branch": rng.choice(["jia", "yi"], n), "stratum": stratum, "cluster": cluster, "weight": np.round(rng.gamma(3, 0.4, n) + 0.2, 3)}
)
for i, (functional, dysfunctional) in enumerate([(1.2, 3.4), (2.4, 4.8), (1.3, 4.6), (3.0, 3.1)], 1):
    data[f"f{i}"] = np.clip(np.rint(functional + 0.5 * shift + rng.normal(0, 0.9, n)), 1, 5)
    data[f"d{i}"] = np.clip(np.rint(dysfunctional + 0.5 * shift + rng.normal(0, 0.9, n)), 1, 5)
for name in ("f1", "d2", "d4"):
    data.loc[rng.random(n) < 0.08, name] = np.nan
data.to_csv(Path(__file__).with_name("input.csv"), index=False)
