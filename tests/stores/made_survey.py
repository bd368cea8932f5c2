"""A small survey and frames made of plain columns, for the analysis tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from survey_schema.columns import STORED_COLUMNS
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema

SURVEY = """
name: small
title: {zh_CN: 小调查, en: Small survey}
scales:
  ten: {minimum: 1, maximum: 10, satisfied_from: 8}
columns:
  - {code: branch, role: branch, title: {zh_CN: 分公司, en: Branch}}
  - code: operator
    role: operator
    title: {zh_CN: 运营商, en: Operator}
    choices:
      - {code: us, title: {zh_CN: 我方, en: Us}, ours: true}
      - {code: them, title: {zh_CN: 对手, en: Them}}
  - {code: brand, role: brand, title: {zh_CN: 品牌, en: Brand}}
items:
  - {code: q1, scale: ten, title: {zh_CN: 一, en: One}}
  - {code: q2, scale: ten, title: {zh_CN: 二, en: Two}}
  - {code: q3, scale: ten, title: {zh_CN: 三, en: Three}}
  - {code: q4, scale: ten, title: {zh_CN: 四, en: Four}}
tree:
  code: index
  title: {zh_CN: 指数, en: Index}
  children:
    - code: left
      title: {zh_CN: 左, en: Left}
      weighting: given
      children: [{item: q1, weight: 0.4}, {item: q2, weight: 0.6}]
    - code: right
      title: {zh_CN: 右, en: Right}
      children: [q3, q4]
"""


def small_survey() -> SurveySchema:
    return parse_schema(SURVEY, "small.yaml")


def frame_of(columns: Mapping[str, Sequence[Any] | np.ndarray], schema: SurveySchema) -> nw.LazyFrame[Any]:
    """A frame as the store gives it; columns that are not given are null, weights 1, the wave 2026Q1."""
    n = len(next(iter(columns.values())))
    arrays: dict[str, pa.Array] = {}
    for name in STORED_COLUMNS:
        if name in ("source_row", "replicate_group"):
            arrays[name] = pa.array(columns.get(name, np.arange(n) % 10), pa.int32())
        elif name == "respondent_weight":
            arrays[name] = pa.array(columns.get(name, np.ones(n)), pa.float64())
        else:
            arrays[name] = pa.array(columns.get(name, ["2026Q1"] * n if name == "wave" else [None] * n), pa.string(), from_pandas=True)
    for item in schema.items:
        arrays[item.code] = pa.array(columns.get(item.code, [None] * n), pa.float64(), from_pandas=True)
    return nw.from_native(duckdb.connect().from_arrow(pa.table(arrays)))
