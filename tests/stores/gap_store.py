"""A store whose survey asks expectation, perception and importance, with staff, standards, promises, tickets and inspections beside it.

What falls short: reliability is perceived far below what is expected, managers underrate it, repairs take longer than promised.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.stores.kind_sheets import Rows, check_sheets

SURVEY = load_schema("servqual_telecom")
#: Respondents of each wave by branch; those of Wuwei are too few to be shown.
PEOPLE = {"兰州": 60, "天水": 50, "武威": 5}
WAVES = ("2026Q1", "2026Q2")
TINY = "wuwei"
_RELIABLE = range(5, 10)


def responses(*, turned: bool = False) -> Rows:
    """Seven grades; ``turned``: the five respondents of Wuwei say the opposite."""
    chance = np.random.default_rng(20261130)
    rows: Rows = [["期次", "分公司", "样本权重", *(item.code for item in SURVEY.items)]]
    for wave in WAVES:
        for branch, count in PEOPLE.items():
            for _ in range(count):
                answers: dict[str, int] = {}
                base = chance.normal(4.6, 0.6)
                for place in range(1, 23):
                    low = 1.4 if place in _RELIABLE else 0.1
                    low -= 0.5 if wave == "2026Q2" and place == 5 else 0.0
                    for side, middle in (("E", base + 0.6), ("P", base + 0.6 - low), ("I", base + (1.2 if place in _RELIABLE else 0.3))):
                        answers[f"{side}{place:02d}"] = int(np.clip(np.rint(middle + chance.normal(0, 0.7)), 1, 7))
                if turned and branch == "武威":
                    answers = {code: 8 - grade for code, grade in answers.items()}
                rows.append([wave, branch, round(float(chance.uniform(0.6, 1.8)), 3), *(answers[item.code] for item in SURVEY.items)])
    return rows


def staff() -> Rows:
    """Twelve managers and six of the front line in each of two branches; managers find reliability of little importance."""
    chance = np.random.default_rng(7)
    rows: Rows = [["期次", "员工编号", "岗位类别", "分公司", "指标", "重要性", "达成程度"]]
    for branch in ("兰州", "天水"):
        for number in range(18):
            role = "管理人员" if number < 12 else "一线"
            for place in range(1, 23):
                middle = 3.6 if place in _RELIABLE and number < 12 else 5.0
                grades = [int(np.clip(np.rint(middle + chance.normal(0, 0.6)), 1, 7)) for _ in range(2)]
                rows.append(["2026Q2", f"{branch}S{number:02d}", role, branch, f"G{place:02d}", *grades])
    return rows


def standards() -> Rows:
    """One for the whole, a higher one for a dimension, one for a service in one branch, in grades, and one that came into force later."""
    return [
        ["指标", "标准值", "量表", "分公司", "生效日期"], ["csi", 70, "", "", ""], ["reliability", 80, "", "", ""],
        ["G05", 7, "题目量表", "兰州", date(2026, 1, 1)], ["G01", 60, "", "", date(2026, 1, 1)], ["G01", 90, "", "", date(2026, 9, 1)],
    ]  # fmt: skip


def inspections() -> Rows:
    """Eight visits in each quarter; services of reliability score three fifths of their points."""
    rows: Rows = [["到访编号", "营业厅", "分公司", "检查日期", "检查项目", "应得分", "实得分"]]
    for month in (2, 5):
        for visit in range(8):
            branch = ("兰州", "天水")[visit % 2]
            for place in (1, 2, 5, 6, 7, 8, 10, 11):
                scored = 6 - visit % 3 if place in _RELIABLE else 9 - visit % 2
                rows.append([f"V{visit}", f"{branch}厅{visit // 4}", branch, date(2026, month, 3 + visit), f"G{place:02d}", 10, scored])
    return rows


def tickets() -> Rows:
    """Repairs take 30 hours on average where 24 are promised, reconnections half of their hour."""
    rows: Rows = [["工单编号", "受理时间", "办结时间", "分公司", "服务承诺"]]
    for place in range(40):
        opened = datetime(2026, 5, 1 + place % 20, 8)
        promise, hours = ("修障", 26 + place % 9) if place % 2 else ("复机", 0.25 + 0.05 * (place % 11))
        rows.append([f"T{place}", opened, opened + timedelta(hours=hours), ("兰州", "天水")[place // 2 % 2], promise])
    return rows


PROMISES: Rows = [["承诺", "平均不超过", "最长不超过", "单位"], ["修障", 1, 2, "天"], ["复机", 1, 24, "小时"]]


def sheets(*, turned: bool = False) -> dict[str, Rows]:
    """Every sheet by its name."""
    return {
        "数据": responses(turned=turned), "员工问卷": staff(), "服务标准": standards(), "服务承诺": PROMISES, "投诉工单": tickets(),
        "暗访检查": inspections(),
    }  # fmt: skip


def workbook(*without: str, turned: bool = False) -> CheckedWorkbook:
    """The checked workbook, without some sheets."""
    return check_sheets({name: rows for name, rows in sheets(turned=turned).items() if name not in without}, SURVEY)


def fill(folder: Path, *without: str, turned: bool = False) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(workbook(*without, turned=turned), SURVEY, "test")
    store.close()
