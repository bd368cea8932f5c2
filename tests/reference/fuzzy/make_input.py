"""Answers with weights, missing values and two scales for the fuzzy reference; run: python make_input.py > input.csv."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

rng = np.random.default_rng(20)
n = 240
mood = rng.normal(0, 1, n)
five = {f"q{i}": np.clip(np.rint(3.4 + 0.25 * i - 0.4 + 0.7 * mood + rng.normal(0, 0.8, n)), 1, 5) for i in (1, 2, 3)}
data = pd.DataFrame({**five, "q4": np.clip(np.rint(6.5 + 1.5 * mood + rng.normal(0, 1.6, n)), 1, 10)})
data = data.mask(rng.random(data.shape) < 0.08)
data.insert(0, "weight", rng.gamma(4, 0.25, n).round(4))
data.insert(0, "branch", rng.choice(["a", "b", "b"], n))
data.insert(0, "group", rng.permutation(n) % 20)
data.to_csv(sys.stdout, index=False, lineterminator="\n")
