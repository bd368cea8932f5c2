"""A survey of four questions with stated importance and an outcome, of us and a competitor, and frames with a planted weak spot."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.analysis.gaps.gap_cases import SURVEY
from tests.stores.made_survey import frame_of

CODES = ["p1", "p2", "p3", "p4"]
OPERATORS = """
  - code: operator
    role: operator
    title: {zh_CN: 运营商, en: Operator}
    choices:
      - {code: us, title: {zh_CN: 我方, en: Us}, ours: true}
      - {code: them, title: {zh_CN: 对手, en: Them}}
items:
  - {code: y, scale: seven, title: {zh_CN: 总体, en: Overall}}
"""


def survey() -> SurveySchema:
    return parse_schema(SURVEY.replace("\nitems:\n", OPERATORS, 1), "map.yaml")


def made(n: int = 2000, seed: int = 1, operator: str = "us", worst: float = 3.5, wave: str = "2026Q1") -> pd.DataFrame:
    """p1 is low, asked important and moves the outcome most; p4 is high and unimportant."""
    rng = np.random.default_rng(seed)
    levels, stated, slopes = [worst, 5.0, 4.4, 5.5], [6.0, 5.6, 4.0, 3.5], [0.6, 0.4, 0.15, 0.1]
    base = rng.normal(0, 0.4, n)
    p = [np.clip(np.rint(level + base + rng.normal(0, 1, n)), 1, 7) for level in levels]
    y = np.clip(np.rint(sum(s * (x - 4.5) for s, x in zip(slopes, p, strict=True)) + 4.5 + rng.normal(0, 0.8, n)), 1, 7)
    columns = {f"p{i}": x for i, x in enumerate(p, 1)}
    columns |= {f"i{i}": np.clip(np.rint(level + rng.normal(0, 1, n)), 1, 7) for i, level in enumerate(stated, 1)}
    return pd.DataFrame({"wave": wave, "operator": operator, "y": y, **columns, "replicate_group": rng.permutation(np.arange(n) % 100)})


def frame(*parts: pd.DataFrame) -> nw.LazyFrame:
    data = pd.concat(parts, ignore_index=True)
    return frame_of({name: data[name].to_numpy() for name in data.columns}, survey())
