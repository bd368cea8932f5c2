"""Raked samples: the api data of R survey, and made answers out of proportion between branches and brands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.respondent_weights.raked_replicates import WeightingEffect, weighting_effect
from analysis.respondent_weights.respondent_weights import WeightingRecipe, weigh
from analysis.respondent_weights.weighting_targets import Target
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.places import REFERENCE
from tests.stores.made_survey import SURVEY, frame_of, small_survey

FOLDER = REFERENCE / "raking"
INPUT = pd.read_csv(FOLDER / "input.csv")
FIGURES = pd.read_csv(FOLDER / "figures.csv")
SCHOOLS = parse_schema(
    SURVEY.replace(
        "  ten: {minimum: 1, maximum: 10, satisfied_from: 8}",
        "  ten: {minimum: 200, maximum: 1000, step: null, satisfied_from: 800}\n"
        "  hundred: {minimum: 0, maximum: 100, step: null, satisfied_from: 80}",
    ).replace("code: q3, scale: ten", "code: q3, scale: hundred").replace("code: q4, scale: ten", "code: q4, scale: hundred"),
    "schools.yaml",
)  # fmt: skip
CODES = {"api00": "q1", "api99": "q2", "meals": "q3", "grad.sch": "q4", "index": "index"}
SCHEMA = small_survey()


def framed(columns: Mapping[str, Any], groups: np.ndarray, schema: SurveySchema = SCHEMA) -> nw.LazyFrame[Any]:
    """A frame with replicate groups of one's own."""
    table = frame_of(columns, schema).collect("pyarrow").to_native()
    place = table.column_names.index("replicate_group")
    table = table.set_column(place, "replicate_group", pa.array(groups, pa.int32()))
    return nw.from_native(duckdb.connect().from_arrow(table))


def effect_on(
    frame: nw.LazyFrame[Any], *targets: Target, start: Any = "given", schema: SurveySchema = SCHEMA, **more: Any
) -> WeightingEffect:
    return weighting_effect(frame, schema, weigh(frame, WeightingRecipe(targets, start)), **more)


def made(seed: int, n: int = 240) -> dict[str, Any]:
    """Answers that differ between branches and brands, with branches and brands out of proportion."""
    rng = np.random.default_rng(seed)
    branch = rng.choice(["甲", "乙", "丙"], n, p=[0.6, 0.3, 0.1])
    brand = rng.choice(["x", "y"], n, p=[0.8, 0.2])
    mood = 6.5 + 1.5 * (branch == "丙") - 1.5 * (brand == "y") + rng.normal(0, 1, n)
    answers: dict[str, Any] = {f"q{i}": np.clip(np.rint(mood + rng.normal(0, 1.2, n)), 1, 10) for i in range(1, 5)}
    answers["q4"][rng.random(n) < 0.2] = np.nan
    return {"branch": branch, "brand": brand, **answers}


BRANCH = Target(("branch",), {("甲",): 1, ("乙",): 1, ("丙",): 1})
BRAND = Target(("brand",), {("x",): 1, ("y",): 1})
