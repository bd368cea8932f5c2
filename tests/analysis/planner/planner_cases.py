"""A wave of a few branches of unequal size, for plans."""

from __future__ import annotations

import numpy as np

from analysis.sums.tallies import Tallies, sums
from tests.stores.made_survey import frame_of, small_survey

SCHEMA = small_survey()


def made_tallies(seed: int = 4, sizes: tuple[int, ...] = (300, 120, 60), **more: object) -> Tallies:
    rng, n = np.random.default_rng(seed), sum(sizes)
    branch = np.repeat(["a", "b", "c", "d"][: len(sizes)], sizes)
    mood = rng.normal(0, 1.5, n)
    answers = {f"q{i}": np.clip(np.rint(6.5 + mood + rng.normal(0, 1.5, n)), 1, 10) for i in (1, 2, 3, 4)}
    answers["q2"][rng.random(n) < 0.2] = np.nan
    columns = {"branch": branch, **answers, "respondent_weight": rng.gamma(4, 0.25, n), **more}
    return sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
