"""Customers asked again, contacted or not, in four cases; run: python make_input.py > input.csv"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd


def cases() -> pd.DataFrame:
    """Case → score before and after on 0–100, contacted, in a layer to win back."""
    parts = []
    for case, (count, helps, layers) in {
        "helps": (240, 9.0, True),
        "nothing": (160, 0.0, True),
        "one_layer": (90, 5.0, False),
        "few": (24, 12.0, True),
    }.items():
        rng = np.random.default_rng([20260630, count])
        before = np.round(rng.integers(1, 6, count) * 100 / 9, 6)
        layer = rng.random(count) < 0.4 if layers else np.zeros(count, dtype=bool)
        contacted = rng.random(count) < np.where(layer, 0.7, 0.45)
        spread = np.where(contacted, 18.0, 9.0)
        after = np.clip(np.round(38 + 0.35 * before + helps * contacted - 4 * layer + spread * rng.standard_normal(count), 2), 0, 100)
        parts.append(
            pd.DataFrame({"case": case, "score": before, "after": after, "contacted": contacted.astype(int), "win_back": layer.astype(int)})
        )
    return pd.concat(parts, ignore_index=True)


if __name__ == "__main__":
    cases().to_csv(sys.stdout, index=False)
