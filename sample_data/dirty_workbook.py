"""One workbook with every slip that is made: each is planted once and named, so that the checks can be held to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter

from sample_data.province_responses import branch_titles
from sample_data.sheets import CREATED
from survey_schema.loading import load_schema

RESPONSES = 56
#: Items of telecom_csi without a column in the workbook.
LEFT_OUT = ("P2", "P3")
_HEADERS_BEFORE = ("期次", "调查日期", "样本编号", "分公司", "运营商", "性别", "在网年限", "手机号码", "样本权重")
_HEADERS_AFTER = ("意见和建议", "话费查询", "对服务等待时间的看法", "内部流水", "身份证号")


def write_dirty_workbook(path: Path) -> Path:
    """Writes the workbook; :func:`_slips` says what is wrong in it, row by row."""
    schema = load_schema("telecom_csi")
    items = [item for item in schema.items if item.code not in LEFT_OUT and item.code != "C44"]
    headers = [*_HEADERS_BEFORE, *(item.title.zh_CN for item in items), *_HEADERS_AFTER]
    column = {name: place for place, name in enumerate(headers)}
    rows = _clean_rows([item.title.zh_CN for item in items], headers)
    for row, name, value in _slips():
        rows[row][column[name]] = value
    for name in headers[len(_HEADERS_BEFORE) : len(_HEADERS_BEFORE) + len(items)]:
        rows[_SILENT][column[name]] = None
        rows[_FLAT][column[name]] = 9
    rows[_COPY] = [value if name != "样本编号" else "A-copy" for name, value in zip(headers, rows[_COPIED], strict=True)]
    rows[_EMPTY] = [None] * len(headers)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": path.stem, "created": CREATED})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("调查数据")
        sheet.write_row(0, 0, headers)
        sheet.write_row(1, 0, ["示例：2026年二季度", "2026-05-06", "示例", "兰州", "移动", "男", 3, "13800000000", 1, *[8] * len(items)])
        for place, values in enumerate(rows, start=2):
            for left, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(place, left, value, day)
                elif value is not None:
                    sheet.write(place, left, value)
        sheet.write_formula(2 + _FORMULA, column["资费"], "=F1+1", None, "")
        sheet.write(2 + len(rows), 0, "平均")
        sheet.write_row(2 + len(rows), len(_HEADERS_BEFORE), [7.4] * len(items))
        _second_sheet(workbook, headers, rows)
        _population(workbook)
    return path


_SILENT, _FLAT, _COPIED, _COPY, _EMPTY, _FORMULA = 20, 21, 22, 23, 24, 25


def _clean_rows(items: list[str], headers: list[str]) -> list[list[object]]:
    rng = np.random.default_rng(20260630)
    branches = list(branch_titles().values())
    rows = []
    for number in range(RESPONSES):
        values: dict[str, object] = dict.fromkeys(headers)
        values |= {
            "期次": "2026年二季度",
            "调查日期": date(2026, 5, 1 + number % 28),
            "样本编号": f"A{number + 1:03d}",
            "分公司": branches[number % len(branches)],
            "运营商": ("移动", "联通", "电信")[number % 3],
            "性别": "男女"[number % 2],
            "在网年限": 1 + number % 12,
            "手机号码": f"139{10000000 + 137 * number}",
            "样本权重": round(0.8 + 0.4 * float(rng.random()), 3),
            "内部流水": f"X{number}",
            "身份证号": None,
            "对服务等待时间的看法": int(rng.integers(6, 11)),
            "话费查询": int(rng.integers(6, 11)),
        }
        level = rng.normal(7.6, 1.0)
        values |= {name: int(np.clip(round(level + rng.normal(0, 1.3)), 1, 10)) for name in items}
        values["产品熟悉度"] = int(rng.integers(3, 6)) * 20 if number % 2 else int(rng.integers(6, 10))
        if number % 6 == 0:
            values["平等性"] = "非常满意"
        rows.append([values[name] for name in headers])
    return rows


def _slips() -> list[tuple[int, str, object]]:
    """Row within the responses, header, and the wrong value; what whole rows and columns have wrong is set where they are written."""
    return [
        (0, "公司知名度", 11),
        (1, "公司知名度", "还行吧"),
        (2, "网络覆盖", "８分"),
        (3, "网络质量", "#DIV/0!"),
        (4, "分公司", "蓝州"),
        (5, "分公司", None),
        (6, "运营商", "连通"),
        (7, "运营商", None),
        (8, "性别", "保密"),
        (9, "在网年限", "很多年"),
        (10, "调查日期", "2026-02-30"),
        (11, "期次", None),
        (11, "调查日期", None),
        (12, "期次", "春季第一轮"),
        (13, "样本权重", None),
        (14, "样本权重", -1.2),
        (15, "样本权重", "重"),
        (16, "样本权重", 0),
        (18, "样本编号", "A018"),
        (19, "意见和建议", "请给我回电话13912345678，谢谢"),
        (26, "意见和建议", '=HYPERLINK("http://example.com","点我")'),
        (27, "意见和建议", "<script>alert(1)</script>"),
        *((row, "样本权重", "无") for row in range(28, 36)),
        *((row, "样本权重", -2) for row in range(36, 44)),
    ]


def _second_sheet(workbook: xlsxwriter.Workbook, headers: list[str], rows: list[list[object]]) -> None:
    sheet = workbook.add_worksheet("上期数据")
    sheet.write_row(0, 0, headers)
    for place, values in enumerate(rows[:3], start=1):
        sheet.write_row(place, 0, [str(value) if isinstance(value, date) else value for value in values])


def _population(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("客户数")
    sheet.write_row(0, 0, ["分公司", "运营商", "客户数"])
    titles = list(branch_titles().values())
    known = [(branch, operator, 1000 * (place + 1)) for place, branch in enumerate(titles[:-1]) for operator in ("移动", "联通", "电信")]
    for place, values in enumerate([*known, ("兰州", "移动", -5), ("兰州", "铁通", 10)], start=1):
        sheet.write_row(place, 0, values)
