"""Makes input.csv: 900 respondents in four strata, clusters of six, unequal weights; several answers, a ranking, a 0–10 question."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20261130)
n = 900
stratum = np.repeat(["a", "b", "c", "d"], n // 4)
cluster = [f"{s}{i // 6 % 38:02d}" for i, s in enumerate(stratum)]
branch = rng.choice(["jia", "yi", "bing"], n, p=[0.5, 0.3, 0.2])
weight = rng.gamma(4, 0.25, n).round(4) + 0.05
shift = np.where(branch == "jia", 0.1, 0.0)
chosen = {f"m_{o}": (rng.random(n) < p + shift).astype(float) for o, p in zip("pqrs", (0.55, 0.4, 0.25, 0.1), strict=True)}
asked = rng.random(n) < 0.85
data = pd.DataFrame({"wave": "2026Q2", "branch": branch, "stratum": stratum, "cluster": cluster, "weight": weight})
for name, values in chosen.items():
    data[name] = np.where(asked, values, np.nan)
taste = rng.gumbel(size=(n, 4)) + np.array([1.2, 0.6, 0.2, 0.0]) + np.outer(branch == "jia", [0.6, 0, 0, 0])
order = np.argsort(-taste, axis=1)
ranks = np.zeros((n, 4))
many = rng.integers(1, 4, n)  # one to three places are given
for place in range(3):
    rows = np.flatnonzero(many > place)
    ranks[rows, order[rows, place]] = place + 1
ranked = rng.random(n) < 0.9
for column, option in enumerate("wxyz"):
    data[f"r_{option}"] = np.where(ranked, ranks[:, column], np.nan)
data["q"] = np.where(rng.random(n) < 0.95, np.clip(rng.normal(7.6, 2.2, n).round(), 0, 10), np.nan)
data.to_csv(Path(__file__).with_name("input.csv"), index=False)
