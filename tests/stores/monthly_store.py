"""A store for control charts: eighteen monthly waves of three branches, complaints, inspections and KPIs by month, and annotations; seeded.

Planted: scores of all rise by one grade from October 2025 on, which an annotation marks as a phase; Lanzhou is unhappy in June 2026;
complaints double in March 2026; points lost by the halls of Lanzhou jump in May 2026; the answer rate of Tianshui climbs month by month at
the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores.kind_sheets import Rows, check_sheets

SURVEY = load_schema("telecom_csi")
MONTHS = tuple(f"{2025 + place // 12}-{place % 12 + 1:02d}" for place in range(18))
BRANCHES = {"lanzhou": "兰州", "tianshui": "天水", "dingxi": "定西"}
CUSTOMERS = {"lanzhou": 400_000.0, "tianshui": 300_000.0, "dingxi": 300_000.0}
PER_CELL = 40
CHANGE, UNHAPPY, SPIKE, LOST = "2025-10", "2026-06", "2026-03", "2026-05"
ANNOTATIONS: Rows = [
    ["日期", "注记", "分公司", "新阶段开始", "记录人"],
    [date(2025, 10, 9), "资费调整", "", "是", "李雷"],
    [date(2026, 6, 3), "兰州核心网割接", "兰州", "否", ""],
    [date(2024, 1, 1), "很早以前", "", "是", ""],
]


def responses(sizes: Mapping[str, int] | None = None) -> pa.Table:
    """40 respondents a branch and month, or as many of each branch as ``sizes`` says."""
    chance = np.random.default_rng(20260731)
    sizes = sizes or dict.fromkeys(BRANCHES, PER_CELL)
    month = np.repeat(np.arange(len(MONTHS)), sum(sizes.values()))
    branch = np.tile(np.repeat(np.array(list(sizes), dtype=object), list(sizes.values())), len(MONTHS))
    n = len(month)
    changed = month >= MONTHS.index(CHANGE)
    unhappy = (month == MONTHS.index(UNHAPPY)) & (branch == "lanzhou")
    level = 7.2 + 1.0 * changed - 3.5 * unhappy + chance.normal(0, 0.8, n)
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array([MONTHS[k] for k in month]), "branch": pa.array(branch),
        "operator": pa.array(["mobile"] * n), "respondent_weight": pa.array(chance.choice([0.8, 1.0, 1.2], n)),
    }  # fmt: skip
    for role in (Role.BRAND, Role.BUSINESS_LINE, Role.STRATUM, Role.CLUSTER, Role.RESPONDENT_ID):
        columns[str(role)] = pa.nulls(n, pa.string())
    for item in SURVEY.items:
        scale = SURVEY.scales[item.scale]
        columns[item.code] = pa.array(np.clip(np.round(level + chance.normal(0, 1, n)), scale.minimum, scale.maximum))
    for column in SURVEY.columns:
        if not column.role.once and column.role is not Role.PRIVATE:
            columns[column.code] = pa.nulls(n, pa.float64() if column.kind == "number" else pa.string())
    return pa.table(columns)


def sheets(months: Sequence[str] = MONTHS) -> dict[str, Rows]:
    """The sheets of the other kinds."""
    chance = np.random.default_rng(20260801)
    tickets: Rows = [["工单编号", "受理时间", "办结时间", "分公司", "投诉大类", "投诉原因"]]
    visits: Rows = [["到访编号", "营业厅", "分公司", "检查日期", "检查项目", "应得分", "实得分"]]
    kpis: Rows = [["月份", "分公司", "指标名称", "数值"]]
    for place, month in enumerate(months):
        year, number = (int(part) for part in month.split("-"))
        for code, name in BRANCHES.items():
            share = CUSTOMERS[code] / 1e6
            for ticket in range(int(chance.poisson(60 * share * (2 if month == SPIKE else 1)))):
                opened = datetime(year, number, 1, 9) + timedelta(hours=float(chance.integers(0, 26 * 24)))
                tickets.append([f"T{place:02d}{code[:2]}{ticket:03d}", opened, opened + timedelta(hours=9), name, "网络质量", "无信号"])
            lost = float(chance.integers(8, 13)) + (30.0 if (code, month) == ("lanzhou", LOST) else 0.0)
            visits.append([f"V{place}", f"{name}厅", name, date(year, number, 20), "环境", 100, 100 - lost])
            climbing = max(place - 11, 0) if code == "tianshui" else 0
            kpis.append([month, name, "接通率", round(90 + climbing + float(chance.normal(0, 0.4)), 2)])
        kpis.append([month, "", "在网用户数", round(100 + float(chance.normal(0, 1)), 2)])
    return {"投诉工单": tickets, "暗访检查": visits, "运营指标": kpis, "图表注记": ANNOTATIONS}


def workbook(sizes: Mapping[str, int] | None = None) -> CheckedWorkbook:
    """Everything as one checked workbook."""
    rows = responses(sizes)
    people = pa.table({"branch": list(CUSTOMERS), "operator": ["mobile"] * len(CUSTOMERS), "customers": list(CUSTOMERS.values())})
    survey = CheckedWorkbook("monthly.xlsx", "monthly", SURVEY.name, "数据", Findings((), {}), (), rows, people, rows.num_rows)
    return replace(survey, kinds=check_sheets(sheets()).kinds)


def fill(folder: Path, sizes: Mapping[str, int] | None = None) -> None:
    """Stores it."""
    store = Store(folder)
    store.commit(workbook(sizes), SURVEY, "test")
    store.close()
