"""Sheets of data beside responses, good ones and the published cases, and the outcome of checking them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl

from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook

Rows = list[list[object]]
TODAY = date(2026, 7, 1)
#: Points available and scored of a published inspection: 89.5 of 100.
CLUB = [
    ("环境", 20, 20), ("视觉形象", 20, 19.5), ("服务设施", 21, 13), ("宣传资料", 4, 2), ("跨区服务", 10, 10), ("仪容仪表", 10, 10),
    ("服务态度", 15, 15),
]  # fmt: skip


def inspections(branch: str = "兰州", day: object = date(2026, 5, 15), visit: str = "V1") -> Rows:
    """The published inspection as a sheet."""
    header: list[object] = ["到访编号", "营业厅", "分公司", "检查日期", "检查项目", "应得分", "实得分"]
    return [header, *([visit, "俱乐部", branch, day, *item] for item in CLUB)]


def good_sheets() -> dict[str, Rows]:
    """One good sheet of every kind, by code; of the survey ``telecom_csi``."""
    return {
        "staff": [
            ["期次", "员工编号", "岗位类别", "分公司", "指标", "重要性", "达成程度"],
            ["2026Q2", "S01", "管理人员", "兰州", "网络质量", 9, 8],
            ["2026Q2", "S02", "一线", "天水", "C23", 7, ""],
        ],
        "standards": [
            ["指标", "标准值", "量表", "分公司", "生效日期"], ["网络质量", 85, "", "", ""],
            ["C23", 8, "题目量表", "兰州", date(2026, 1, 1)]],
        "promises": [["承诺", "平均不超过", "最长不超过", "单位"], ["复机", 1, 24, "小时"], ["修障", 24, 48, ""]],
        "inspections": inspections(),
        "complaints": [
            ["工单编号", "受理时间", "办结时间", "分公司", "投诉大类", "投诉原因", "岗位", "一次解决", "升级", "转派次数", "费用"],
            ["T1", datetime(2026, 5, 15, 9, 30), datetime(2026, 5, 16, 9, 30), "兰州", "收费争议", "套餐不明", "一级", "否", "是", 2, 10.5],
            ["T2", "2026-05-20 08:00", "2026-05-20", "天水", "网络质量", "无信号", "实习", "是", "否", 0, ""],
            ["T3", "2026-06-01", "", "天水", "", "无信号", "", "", "", "", ""],
        ],
        "complaint_counts": [
            ["期间", "运营商", "投诉大类", "件数"],
            ["2012Q1", "中国移动", "用户服务", 2393], ["2012Q1", "中国移动", "网络质量", 936], ["2012Q1", "中国移动", "收费争议", 2611],
        ],
        "kpis": [["月份", "分公司", "指标名称", "数值"], ["2026-05", "兰州", "接通率", 92.5], ["2026年6月", "", "接通率", 93]],
        "benchmarks": [["标杆名称", "来源", "日期", "数值", "对应指标"], ["全国移动", "主管部门", "2009-12-31", 78.4, "网络质量"]],
        "annotations": [
            ["日期", "注记", "分公司", "新阶段开始"], ["2026-05-15", "新排班上线", "", "是"],
            [date(2026, 6, 1), "系统割接", "兰州", "否"]],
        "contacts": [
            ["期次", "客户编号", "分公司", "联系日期", "联系人工号", "联系方式", "是否联系上", "联系结果", "是否已修复",
             "之后的满意度", "满意度的量表"],
            ["2026Q1", "K1", "兰州", "2026-04-05", "S01", "电话", "是", "已解决", "是", 8, "总体满意度题的量表"],
            ["2026Q1", "K2", "天水", "", "", "", "", "", "", 40, "百分制"]],
        "measures": [
            ["项目", "措施", "目标指标", "责任人", "分公司", "开始日期", "完成期限", "完成日期", "数量单位", "计划数量", "完成数量",
             "应做总数", "完成占比（%）", "发现问题", "闭环问题", "备注"],
            ["提升热线", "预测排班", "接通率", "运营班、客服部", "兰州", "2026-04-01", "2026-06-20", "2026-06-18", "班次", 120, 90, 200,
             "", 3, 2, ""],
            ["", "修复客户", "网络质量", "", "", "", "", "2026-06-20", "人", 18168, 18168, 26100, 69.61, 68, 68, "一客一策"],
            ["", "修订话术", "", "张三", "天水", "2026-07-01", "2026-09-30", "", "", "", "", "", "", "", "", ""]],
    }  # fmt: skip


SHEET_NAMES = {
    "staff": "员工问卷", "standards": "服务标准", "promises": "服务承诺", "inspections": "暗访检查", "complaints": "投诉工单",
    "complaint_counts": "投诉汇总", "kpis": "运营指标", "benchmarks": "标杆值", "annotations": "图表注记",
    "contacts": "客户修复", "measures": "改进措施",
}  # fmt: skip


def check_sheets(sheets: dict[str, Sequence[Sequence[object]]], schema: SurveySchema | None = None, **asked: object) -> CheckedWorkbook:
    """The outcome for sheets by name, in this process."""
    found = Workbook("data.xlsx", "hash", "xlsx", tuple(Sheet.of(name, rows) for name, rows in sheets.items()))
    known = KnownContext(id_key=b"key")
    inspection = Inspection(schema or load_schema("telecom_csi"), known=known, check=CheckSettings(today=TODAY), **asked)  # type: ignore[arg-type]
    return inspect_here(found, inspection).checked


def write_sheets(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of those sheets as a file."""
    path.write_bytes(sheet_bytes(sheets))
    return path


def sheet_bytes(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """The same as bytes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
