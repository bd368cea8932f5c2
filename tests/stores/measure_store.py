"""Measures beside fourteen waves and their KPIs: one late, one done, one to come, one of all branches, one that nothing is known of."""

from __future__ import annotations

from pathlib import Path

from storage.store import Store
from tests.stores import kpi_store
from tests.stores.kind_sheets import Rows, check_sheets

SURVEY = "kpi_csi"
HEADER = [
    "项目", "措施", "目标指标", "责任人", "分公司", "开始日期", "完成期限", "完成日期", "数量单位", "计划数量", "完成数量", "应做总数",
    "发现问题", "闭环问题",
]  # fmt: skip
ROWS: Rows = [
    ["热线", "预测排班", "接通率", "运营班、客服部", "兰州", "2026-05-01", "2026-06-30", "", "班次", 120, 90, "", 5, 3],
    ["热线", "应答话术", "C21", "客服部; 张三", "天水", "2026-06-01", "2026-06-15", "2026-06-10", "", "", "", "", "", ""],
    ["", "全省宣贯", "csi", "", "", "2026-06-01", "2026-12-31", "", "场", 14, 3, "", "", ""],
    ["", "缩短排队", "排队心情", "", "定西", "2026-08-01", "", "", "", "", "", "", "", ""],
    ["", "未定日期", "Q1", "", "定西", "", "2026-03-31", "", "人", "", 40, 160, "", ""],
]


def fill(folder: Path) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(kpi_store.workbook(), kpi_store.survey(), "test")
    store.commit(check_sheets({"改进措施": [HEADER, *ROWS]}, kpi_store.survey()), kpi_store.survey(), "test")
    store.close()
