"""Writes input.csv: scores of interviewers nested unevenly in branches, weights, strata and clusters. Run once; the file is committed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

random = np.random.default_rng(11)
n = 600
branch = random.choice(["a", "b", "c", "d"], n, p=[0.45, 0.3, 0.2, 0.05])
interviewer = random.integers(1, 19, n)
effect = random.normal(0, 4, 19)[interviewer]
score = 70 + np.where(branch == "a", 5, 0) + effect + random.normal(0, 14, n)
table = pd.DataFrame(
    {
        "branch": branch,
        "interviewer": [f"F{number:02}" for number in interviewer],
        "score": np.clip(score, 0, 100).round(3),
        "weight": random.gamma(4, 0.25, n).round(3) + 0.05,
        "stratum": random.choice(["s1", "s2", "s3"], n),
        "missing": random.random(n) < np.where(branch == "b", 0.12, 0.04),
    }
)
table["cluster"] = table["stratum"] + "_" + pd.Series(random.integers(1, 26, n)).astype(str)
table["missing"] = table["missing"].astype(int)
table.to_csv(Path(__file__).with_name("input.csv"), index=False)
