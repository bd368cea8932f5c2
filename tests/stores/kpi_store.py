"""A store with KPIs beside seven waves: an answer rate that satisfaction follows a month later, repair hours that lead nothing; seeded.

The branch ``tianshui`` looks well by its KPIs and badly by its customers, ``jiuquan`` the other way round.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores.kind_sheets import Rows, check_sheets

#: Waves of one month each, twelve in a year and a half, and the months of KPIs, which begin earlier.
MONTHS = tuple(f"{2025 + place // 12}-{place % 12 + 1:02d}" for place in range(18))
WAVES = MONTHS[4:]
BRANCHES = ("lanzhou", "tianshui", "dingxi", "jiuquan", "baiyin", "wuwei")
PER_CELL = 40
ITEMS = ("C11", "C12", "C21", "C31", "Q1")
#: Answer rate and repair hours a branch usually has, and how satisfied its customers are, in grades.
USUAL = {
    "lanzhou": (90.0, 24.0, 7.4), "tianshui": (96.0, 12.0, 6.6), "dingxi": (89.0, 26.0, 7.3), "jiuquan": (83.0, 33.0, 8.2),
    "baiyin": (88.0, 22.0, 7.2), "wuwei": (91.0, 25.0, 7.5),
}  # fmt: skip


def survey() -> SurveySchema:
    """The telecom survey with five of its questions and two KPIs with target and limit, one more without."""
    raw = {**load_schema("telecom_csi").model_dump(mode="json"), "name": "kpi_csi"}
    raw["items"] = [item for item in raw["items"] if item["code"] in ITEMS]
    raw["tree"]["children"] = [
        {**node, "children": [child for child in node["children"] if child["item"] in ITEMS]}
        for node in raw["tree"]["children"] if node["code"] in ("C1", "C2", "C3")
    ]  # fmt: skip
    raw["drivers"], raw["path_models"], raw["tiers"] = ["C11"], [], []
    raw["kpis"] = [
        {"code": "answer_rate", "title": {"zh_CN": "接通率", "en": "Answer rate"}, "unit": {"zh_CN": "%", "en": "%"},
         "direction": "higher", "target": 92, "limit": 80, "weight": 3},
        {"code": "repair_hours", "title": {"zh_CN": "修障时长", "en": "Repair time"}, "unit": {"zh_CN": "小时", "en": "hours"},
         "direction": "lower", "target": 20, "limit": 40, "weight": 1},
        {"code": "calls", "title": {"zh_CN": "呼叫量", "en": "Calls"}},
    ]  # fmt: skip
    return SurveySchema.model_validate(raw)


def moves() -> dict[str, np.ndarray]:
    """How far the answer rate of a branch is from its usual one, month by month."""
    chance = np.random.default_rng(20261130)
    return {branch: chance.normal(0, 3.0, len(MONTHS)) for branch in BRANCHES}


def kpi_rows() -> Rows:
    """Every month, branch and KPI; calls are stated for all branches together."""
    chance = np.random.default_rng(7)
    rows: Rows = [["月份", "分公司", "指标名称", "数值"]]
    choices = {choice.code: choice.title.zh_CN for choice in load_schema("telecom_csi").choices(Role.BRANCH)}
    moved = moves()
    for place, month in enumerate(MONTHS):
        for branch in BRANCHES:
            rate, hours, _grade = USUAL[branch]
            rows.append([month, choices[branch], "接通率", round(min(rate + float(moved[branch][place]), 100), 3)])
            rows.append([month, choices[branch], "修障时长", round(hours + float(chance.normal(0, 2.5)), 3)])
        rows.append([month, "", "呼叫量", float(chance.integers(900_000, 1_100_000))])
    return rows


def responses(schema: SurveySchema) -> pa.Table:
    """Forty respondents a branch and wave; a point of the answer rate is a tenth of a grade a month later."""
    chance = np.random.default_rng(20261201)
    moved, n = moves(), len(WAVES) * len(BRANCHES) * PER_CELL
    wave = np.repeat(WAVES, len(BRANCHES) * PER_CELL)
    branch = np.tile(np.repeat(BRANCHES, PER_CELL), len(WAVES))
    level = np.array([USUAL[b][2] + 0.1 * moved[b][MONTHS.index(w) - 1] for w, b in zip(wave, branch, strict=True)])
    person = level + chance.normal(0, 0.8, n)
    nothing = pa.nulls(n, pa.string())
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array(wave), "branch": pa.array(branch),
        "operator": pa.array(["mobile"] * n), "brand": nothing, "business_line": nothing, "stratum": nothing, "cluster": nothing,
        "respondent_id": nothing, "respondent_weight": pa.array(np.ones(n)),
    }  # fmt: skip
    answers = {item.code: pa.array(np.clip((person + chance.normal(0, 0.9, n)).round(), 1, 10)) for item in schema.items}
    others = {
        column.code: pa.nulls(n, pa.float64() if column.kind == "number" else pa.string())
        for column in schema.columns
        if not column.role.once and column.role is not Role.PRIVATE
    }
    return pa.table({**columns, **answers, **others})


def answer_rows() -> Rows:
    """The responses of the last three waves as a sheet."""
    schema = survey()
    table = responses(schema).to_pandas()
    table = table[table["wave"].isin(WAVES[-3:])]
    titles = {choice.code: choice.title.zh_CN for choice in schema.choices(Role.BRANCH)}
    header: list[object] = ["期次", "分公司", "运营商", *ITEMS]
    return [header, *([row["wave"], titles[row["branch"]], "移动", *(row[item] for item in ITEMS)] for row in table.to_dict("records"))]


def workbook(rows: Rows | None = None, schema: SurveySchema | None = None) -> CheckedWorkbook:
    """Responses and KPIs as one checked workbook."""
    described = schema or survey()
    people = responses(described)
    kinds = check_sheets({"运营指标": rows or kpi_rows()}, described).kinds
    checked = CheckedWorkbook("kpis.xlsx", "kpis", described.name, "Sheet1", Findings((), {}), (), people, None, people.num_rows)
    return replace(checked, kinds=kinds)


def fill(folder: Path, rows: Rows | None = None) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(workbook(rows), survey(), "test")
    store.close()
