"""Writes input.csv: 420 made-up respondents in 6 strata × 10 clusters, weighted, with some missing answers, scores 0-100."""

from pathlib import Path

import numpy as np
import pandas as pd

generator = np.random.default_rng(20_260_501)
n = 420
stratum = np.repeat(np.arange(6), 70)
cluster = stratum * 10 + generator.integers(0, 10, n)
shared = generator.normal(0, 1, (60, 1))[cluster]
quality = 0.4 * shared + generator.normal(0, 1, (n, 1))
image = 0.5 * quality + generator.normal(0, 1, (n, 1))
items = np.hstack([0.8 * quality + generator.normal(0, 0.7, (n, 4)), 0.7 * image + generator.normal(0, 0.8, (n, 4))])
outcome = 0.35 * items[:, :1] + 0.2 * items[:, 1:2] + 0.25 * items[:, 4:5] + generator.normal(0, 0.6, (n, 1)) * (1 + 0.3 * np.abs(quality))
scores = np.clip(60 + 14 * np.hstack([outcome, items]), 0, 100).round(1)
scores[generator.random(scores.shape) < 0.01] = np.nan
frame = pd.DataFrame(scores, columns=["y", *(f"x{i}" for i in range(1, 9))])
frame.insert(0, "respondent_weight", generator.gamma(4, 0.25, n).round(4) + 0.1)
frame.insert(0, "cluster", [f"c{c:02d}" for c in cluster])
frame.insert(0, "stratum", [f"s{s}" for s in stratum])
frame.insert(0, "branch", np.where(generator.random(n) < 0.45, "north", "south"))
frame.to_csv(Path(__file__).with_name("input.csv"), index=False)
