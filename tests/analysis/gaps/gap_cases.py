"""A survey with four gap items, and frames of pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.gaps.gap_schema import gap_schema
from analysis.gaps.gap_sums import GapTallies, PairedTallies, side_tallies
from analysis.sums.tallies import sums
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.stores.made_survey import frame_of

_ASKED = "\n".join(
    f"  - {{code: {side}{i}, scale: seven, title: {{zh_CN: {side}{i}, en: {side}{i}}}}}" for side in "pei" for i in range(1, 5)
)
_GAPS = "\n".join(
    f"  - {{code: G{i}, title: {{zh_CN: 项{i}, en: Item {i}}}, perception: p{i}, expectation: e{i}, importance: i{i}}}" for i in range(1, 5)
)
SURVEY = f"""
name: pairs
title: {{zh_CN: 差距, en: Gaps}}
scales:
  seven: {{minimum: 1, maximum: 7, satisfied_from: 6}}
columns:
  - {{code: branch, role: branch, title: {{zh_CN: 分公司, en: Branch}}}}
items:
{_ASKED}
tree:
  code: total
  title: {{zh_CN: 总体, en: Total}}
  weighting: given
  children:
    - code: first
      weight: 0.5
      title: {{zh_CN: 甲, en: First}}
      weighting: given
      children: [{{item: p1, weight: 0.4}}, {{item: p2, weight: 0.6}}]
    - code: second
      weight: 0.5
      title: {{zh_CN: 乙, en: Second}}
      children: [p3, p4]
gap_items:
{_GAPS}
comparison: {{smallest_interesting_difference: 0.1}}
"""


def survey() -> SurveySchema:
    return parse_schema(SURVEY, "pairs.yaml")


def frame(data: pd.DataFrame, *used: str) -> nw.LazyFrame[Any]:
    """The answers with those columns of the design that are ``used``."""
    names = [name for name in data.columns if name in used or name in ("wave", "branch", "replicate_group") or name[1:].isdigit()]
    return frame_of({name: data[name].to_numpy() for name in names}, survey())


def paired_tallies(data: nw.LazyFrame[Any], schema: SurveySchema, by: Sequence[str]) -> PairedTallies:
    """Sums of the service gap and of its sides."""
    return PairedTallies(*(side_tallies(data, schema, side, by) for side in ("gap", "perception", "expectation")))  # type: ignore[arg-type]


def believed(staff: pd.DataFrame) -> GapTallies:
    """Managers' beliefs (1–7) as sums of the gap items."""
    derived = gap_schema(survey())
    points = {f"p{i}": (staff[f"i{i}"].to_numpy() - 1) / 6 * 100 for i in range(1, 5)}
    return GapTallies(derived, sums(frame_of({"branch": staff["branch"].to_numpy(), **points}, derived), derived, ("wave", "branch")))


def made(n: int, seed: int, gap: float = -10.0) -> pd.DataFrame:
    """Pairs on 1–7 with a planted gap in points of the first item; the others have none."""
    rng = np.random.default_rng(seed)
    base = rng.normal(4.5, 0.8, n)
    data: dict[str, object] = {"branch": rng.choice(["jia", "yi"], n)}
    for i in range(1, 5):
        data[f"p{i}"] = np.clip(np.rint(base + rng.normal(0, 0.7, n) + (6 * gap / 100 if i == 1 else 0)), 1, 7)
        data[f"e{i}"] = np.clip(np.rint(base + rng.normal(0, 0.7, n)), 1, 7)
        data[f"i{i}"] = np.clip(np.rint(rng.normal(5, 1, n)), 1, 7)
    return pd.DataFrame(data)
