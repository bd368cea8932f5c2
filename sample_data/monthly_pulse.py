"""A short survey every month whose answers follow one KPI a month later, and the KPIs beside it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from sample_data import operations_plan as plan
from sample_data import province_plan
from sample_data.company_lists import what_happened
from sample_data.operations import kpi_values
from sample_data.operations_sheets import kind_sheet
from sample_data.province_responses import graded, written_answers
from sample_data.published_tables import titled
from sample_data.sheets import Sheet
from survey_schema.loading import load_schema

PULSE_SCHEMA = Path(__file__).resolve().parent / "schemas" / "monthly_pulse.yaml"
_SEED = 20240704
_SHARED = 0.5  # of an answer's variance is the respondent's


@lru_cache(maxsize=1)
def pulse_responses() -> pd.DataFrame:
    """All responses by code, month by month."""
    rng = np.random.default_rng(_SEED)
    months, branches = list(plan.MONTHS), list(province_plan.BRANCHES)
    cells = pd.MultiIndex.from_product([months, branches], names=["wave", "branch"]).repeat(plan.PULSE_ANSWERS)
    moved = _moved().reindex(cells).to_numpy()
    level = np.array([province_plan.BRANCH_EFFECTS[branch][0] for branch in cells.get_level_values("branch")])
    slower = np.where(cells.get_level_values("wave") >= plan.NETWORK_FELL_FROM, plan.NETWORK_FELL_BY, 0.0)
    temper = rng.standard_normal(len(cells))
    answers = {}
    for code, own in plan.PULSE_LEVELS.items():
        expected = own + level + moved + (slower if code == "network" else 0.0)
        noise = np.sqrt(_SHARED) * temper + np.sqrt(1 - _SHARED) * rng.standard_normal(len(cells))
        answers[code] = np.where(rng.random(len(cells)) < province_plan.MISSING_SHARE, np.nan, graded(expected, noise))
    table = pd.DataFrame({"wave": cells.get_level_values("wave"), "branch": cells.get_level_values("branch"), **answers})
    return table.assign(respondent_id=[f"M{number:06d}" for number in range(1, len(table) + 1)])


def _moved() -> pd.Series:
    """Points the leading KPI brings a branch in a month: how far it was off its usual level so many months earlier; else 0."""
    values = kpi_values()
    leading = values[values["kpi"] == plan.KPIS[plan.LEADING_KPI].name]
    usual = leading[leading["month"] < plan.SHIFT_FROM].groupby("branch")["value"].mean()
    points = plan.POINTS_PER_UNIT * (leading["value"].to_numpy() - usual.reindex(leading["branch"]).to_numpy())
    follows = [plan.month_after(month, plan.LEAD_MONTHS) for month in leading["month"]]
    index = pd.MultiIndex.from_arrays([follows, leading["branch"]], names=["wave", "branch"])
    return pd.Series(points, index=index).reindex(pd.MultiIndex.from_product([plan.MONTHS, province_plan.BRANCHES]), fill_value=0.0)


def pulse_sheets() -> list[Sheet]:
    """Responses, KPIs and annotations in one workbook."""
    schema, responses = load_schema(PULSE_SCHEMA), pulse_responses()
    table = responses[["respondent_id", "wave", "branch", *plan.PULSE_LEVELS]].copy()
    table[list(plan.PULSE_LEVELS)] = written_answers(responses[list(plan.PULSE_LEVELS)], np.random.default_rng([_SEED, 1]))
    beside = [kind_sheet("kpis", kpi_values(), schema), kind_sheet("annotations", what_happened(), schema)]
    return [Sheet("调查数据", titled(table, schema)), *beside]
