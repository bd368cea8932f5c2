"""A store with complaints beside three waves: tickets of two months, customers by branch, and promised times; seeded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.stores import small_store
from tests.stores.kind_sheets import Rows, check_sheets

HEADER: list[object] = [
    "工单编号", "受理时间", "办结时间", "分公司", "投诉大类", "投诉原因", "服务承诺", "岗位", "一次解决", "升级", "转派次数", "费用",
]  # fmt: skip
#: Cause, ministry class, how many a month; the first two of six make 80 %.
CAUSES = (
    ("费用争议", "收费争议", 60), ("无信号", "网络质量", 36), ("营业员态度", "用户服务", 7), ("排队时间长", "用户服务", 6),
    ("业务办理差错", "用户服务", 4), ("掉线", "网络质量", 3), ("其他", "用户服务", 4),
)  # fmt: skip
#: Customers by branch; Lanzhou complains three times as often as its customers would say.
CUSTOMERS = {"lanzhou": 400_000.0, "tianshui": 300_000.0, "dingxi": 300_000.0}
BRANCHES = ("兰州", "兰州", "兰州", "兰州", "天水", "定西")
PROMISES: Rows = [["承诺", "平均不超过", "最长不超过", "单位"], ["修障", 24, 48, "小时"], ["复机", 1, 24, "小时"]]


def tickets(months: Sequence[tuple[int, int]] = ((2026, 4), (2026, 5))) -> Rows:
    """120 tickets a month; every tenth is still open, every fourth escalated."""
    chance = np.random.default_rng(20260714)
    rows: Rows = [HEADER]
    for year, month in months:
        causes = [(cause, named) for cause, named, count in CAUSES for _ in range(count)]
        for place, (cause, named) in enumerate(causes):
            opened = datetime(year, month, 1, 8) + timedelta(hours=float(chance.integers(0, 27 * 24)))
            closed = "" if place % 10 == 9 else opened + timedelta(hours=float(chance.integers(1, 60)))
            branch = BRANCHES[int(chance.integers(0, len(BRANCHES)))]
            kept = "修障" if named == "网络质量" else "复机" if place % 2 else ""
            flags = ["是" if chance.random() < 0.6 else "否", "是" if place % 4 == 0 else "否", int(chance.integers(0, 4))]
            rows.append([f"T{year}{month:02d}{place:04d}", opened, closed, branch, named, cause, kept, "一级", *flags, 10.0 * (place % 7)])
    return rows


def with_tickets(months: Sequence[tuple[int, int]] = ((2026, 4), (2026, 5)), *, customers: bool = True) -> CheckedWorkbook:
    """The three waves of the small store with tickets, promises and, where wanted, customers."""
    schema = load_schema("telecom_csi")
    kinds = check_sheets({"投诉工单": tickets(months), "服务承诺": PROMISES}).kinds
    people = pa.table({"branch": list(CUSTOMERS), "operator": ["mobile"] * len(CUSTOMERS), "customers": list(CUSTOMERS.values())})
    return replace(small_store.workbook(schema), kinds=kinds, population=people if customers else None)


def fill(data_folder: Path, months: Sequence[tuple[int, int]] = ((2026, 4), (2026, 5)), *, customers: bool = True) -> None:
    """Stores them."""
    store = Store(data_folder)
    store.commit(with_tickets(months, customers=customers), load_schema("telecom_csi"), "test")
    store.close()
