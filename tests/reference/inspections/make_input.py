"""Writes input.csv: made-up visits to halls with points of four checklist items, some of which were not looked at."""

from pathlib import Path

import numpy as np
import pandas as pd

rng = np.random.default_rng(20261201)
points = {"environment": 20, "facilities": 21, "leaflets": 4, "manner": 15}
rows = []
for visit in range(60):
    hall = f"h{rng.integers(1, 9)}"
    care = rng.normal(0, 0.05)
    for item, available in points.items():
        if rng.random() < 0.1:
            continue
        share = np.clip(rng.beta(14, 2) + care, 0, 1)
        rows.append((f"v{visit:02d}", hall, "north" if hall < "h5" else "south", item, available, round(available * share * 2) / 2))
table = pd.DataFrame(rows, columns=["visit", "hall", "branch", "item", "points_available", "points_scored"])
table.insert(3, "date", pd.Timestamp("2026-01-05") + pd.to_timedelta(table["visit"].str[1:].astype(int) * 3, unit="D"))
table.to_csv(Path(__file__).with_name("input.csv"), index=False)
