"""Fourteen branches, thirty months; satisfaction follows the answer rate a month later; some months are missing.

Run: python make_input.py > input.csv
"""

import numpy as np

rng = np.random.default_rng(69)
print("period,branch,kpi,satisfaction")
season = rng.normal(0, 1, 34)
for branch in range(14):
    level, base = rng.normal(85, 4), rng.normal(75, 5)
    drift = np.cumsum(rng.normal(0, 0.4, 34))
    kpi = level + drift + season + rng.normal(0, 1.5, 34)
    score = base + 0.35 * np.r_[kpi[0], kpi[:-1]] + 0.5 * season + rng.normal(0, 1.2, 34)
    for month in range(34):
        if rng.random() < 0.06:
            continue
        year, part = 2024 + month // 12, month % 12 + 1
        shown = "" if month < 4 else f"{score[month]:.10g}"
        print(f"{year}-{part:02d},b{branch:02d},{kpi[month]:.10g},{shown}")
