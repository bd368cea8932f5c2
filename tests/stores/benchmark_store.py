"""The small store with values from outside: a ministry's series of three dates, one far too old, one of a question, one of the future."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.stores import small_store
from tests.stores.kind_sheets import Rows, check_sheets

SHEET: Rows = [
    ["标杆名称", "来源", "日期", "数值", "对应指标"],
    ["全国移动", "主管部门", "2024-12-31", 77.1, "满意度指数"],
    ["全国移动", "主管部门", "2025-12-31", 78.3, "满意度指数"],
    ["全国移动", "主管部门", "2026-07-01", 79.9, "满意度指数"],
    ["早年全国", "主管部门", "2009-12-31", 78.4, "满意度指数"],
    ["集团平均", "集团公司", "2025-06-30", 74.2, "C21"],
]


def workbook() -> CheckedWorkbook:
    """Three waves and the benchmarks."""
    schema = load_schema("telecom_csi")
    return replace(small_store.workbook(schema), kinds=check_sheets({"标杆值": SHEET}).kinds)


def fill(folder: Path) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(workbook(), load_schema("telecom_csi"), "test")
    store.close()
