"""A small store for tests of the screen: one survey, four quarters, every branch, operator and brand; seeded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings

WAVES = ("2025Q2", "2026Q1", "2026Q2")
PER_WAVE = 2400


def fill(data_folder: Path) -> None:
    """Stores three waves of ``telecom_csi``; branch number k scores 0.06 k grades lower, the last wave 0.3 lower."""
    schema = load_schema("telecom_csi")
    store = Store(data_folder)
    try:
        store.commit(workbook(schema), schema, "test")
    finally:
        store.close()


def workbook(schema: SurveySchema) -> CheckedWorkbook:
    """The three waves as a checked workbook."""
    chance = np.random.default_rng(20260702)
    n = len(WAVES) * PER_WAVE
    wave = np.repeat(np.arange(len(WAVES)), PER_WAVE)
    columns: dict[str, pa.Array] = {"source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array([WAVES[k] for k in wave])}
    drawn = {}
    for role in (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE):
        codes = [choice.code for choice in schema.choices(role)]
        drawn[role] = chance.integers(0, max(len(codes), 1), n)
        columns[str(role)] = pa.array([codes[k] if codes else None for k in drawn[role]], pa.string())
    columns["respondent_weight"] = pa.array(np.ones(n))
    for name in ("stratum", "cluster", "respondent_id"):
        columns[name] = pa.nulls(n, pa.string())
    shift = -0.06 * drawn[Role.BRANCH] - 0.4 * drawn[Role.OPERATOR] - 0.3 * (wave == len(WAVES) - 1)
    for item in schema.items:
        scale = schema.scales[item.scale]
        grades = np.clip(np.round(chance.normal(8.2, 1.4, n) + shift), scale.minimum, scale.maximum)
        columns[item.code] = pa.array(grades)
    for column in schema.columns:
        if not column.role.once and column.role is not Role.PRIVATE:
            columns[column.code] = pa.nulls(n, pa.float64() if column.kind == "number" else pa.string())
    return CheckedWorkbook("province.xlsx", "small-store", schema.name, "Sheet1", Findings((), {}), (), pa.table(columns), None, n)
