"""The responses of the comparisons reference, and small ones made for a purpose."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies, sums
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey

SCHEMA = small_survey()
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
FOLDER = REFERENCE / "comparisons"
OUTPUT = pd.read_csv(FOLDER / "output.csv", comment="#")
NOW, BEFORE = "2026Q2", "2026Q1"
DESIGNS = {"plain": (), "weighted": ("respondent_weight",), "both": ("respondent_weight", "stratum", "cluster")}
QUESTIONS = ("q1", "q2", "q3", "q4")


@cache
def reference_tallies(case: str) -> Tallies:
    data = pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})
    names = ["wave", "branch", *QUESTIONS, *DESIGNS[case]]
    return tallied({name: data[name].to_numpy() for name in names})


def tallied(columns: dict[str, Any]) -> Tallies:
    return sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch", "brand"))


def made(seed: int, sizes: dict[str, dict[str, int]], levels: dict[str, dict[str, float]], **more: Any) -> Tallies:
    """Answers of waves of branches: ``sizes[wave][branch]`` responses around ``levels[wave][branch]`` on 1-10."""
    rng = np.random.default_rng(seed)
    wave = np.concatenate([np.repeat(w, sum(of.values())) for w, of in sizes.items()])
    branch = np.concatenate([np.repeat(b, n) for of in sizes.values() for b, n in of.items()])
    level = np.array([levels[w][b] for w, b in zip(wave, branch, strict=True)])
    answers = {code: np.clip(np.rint(rng.normal(level, 1.5)), 1, 10) for code in QUESTIONS}
    return tallied({"wave": wave, "branch": branch, **answers} | more)
