"""The five designs of the reference by R survey, and its names of branches."""

from __future__ import annotations

import pandas as pd

from tests.places import REFERENCE

FOLDER = REFERENCE / "survey_means"
OUTPUT = pd.read_csv(FOLDER / "output.csv", comment="#")
NAMES = {"jia": "甲", "yi": "乙", "bing": "丙"}
DESIGNS = {
    "plain": (),
    "weighted": ("respondent_weight",),
    "stratified": ("respondent_weight", "stratum"),
    "clustered": ("respondent_weight", "cluster"),
    "both": ("respondent_weight", "stratum", "cluster"),
}
