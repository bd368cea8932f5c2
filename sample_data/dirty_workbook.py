"""One workbook with every slip that is made: each is planted once and named, so that the checks can be held to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from sample_data.province_responses import branch_titles
from survey_schema.loading import load_schema

CREATED = datetime(2026, 7, 1)  # a date of its own would change the file at every run
RESPONSES = 56
#: Items of telecom_csi without a column in the workbook.
LEFT_OUT = ("P2", "P3", "C44")
_TWICE = "话费查询"  # a second column of that question
_HEADERS_BEFORE = ("期次", "调查日期", "样本编号", "分公司", "运营商", "品牌", "业务", "性别", "在网年限", "手机号码", "样本权重")
_HEADERS_AFTER = ("意见和建议", _TWICE, "对服务等待时间的看法", "内部流水", "身份证号")


_SILENT, _FLAT, _COPIED, _COPY, _EMPTY, _FORMULA = 20, 21, 22, 23, 24, 25  # rows that are wrong as a whole


def write_dirty_workbook(path: Path) -> Path:
    """Writes the workbook: responses between an example row and a row of averages, an older sheet, and a faulty population sheet."""
    items = [item.title.zh_CN for item in load_schema("telecom_csi").items if item.code not in LEFT_OUT]
    headers = [*_HEADERS_BEFORE, *items, *_HEADERS_AFTER]
    rows = _rows(items, headers)
    example = ["示例：2026年二季度", "2026-05-06", "示例", "兰州", "移动", "全球通", "宽带", "男", 3, "13800000000", 1, *[8] * len(items)]
    averages = ["平均", *[None] * (len(_HEADERS_BEFORE) - 1), *[7.4] * len(items)]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": path.stem, "created": CREATED})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("调查数据")
        _write_rows(sheet, [headers, example, *rows, averages], day)
        sheet.write_formula(2 + _FORMULA, headers.index("资费"), "=I3+1", None, "")
        _write_rows(workbook.add_worksheet("上期数据"), [headers, *rows[:3]], day)
        _write_rows(workbook.add_worksheet("客户数"), _population(), day)
    return path


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Sequence[object]], day: xlsxwriter.format.Format) -> None:
    for place, values in enumerate(rows):
        for left, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(place, left, value, day)
            elif value is not None:
                sheet.write(place, left, value)


def _rows(items: list[str], headers: list[str]) -> list[list[object]]:
    rows = _clean_rows(items, headers)
    for row, name, value in _slips():
        rows[row][headers.index(name)] = value
    for name in items:
        rows[_SILENT][headers.index(name)] = None
        rows[_FLAT][headers.index(name)] = 5
    rows[_SILENT][headers.index(_TWICE)] = None
    rows[_COPY] = list(rows[_COPIED])
    rows[_COPY][headers.index("样本编号")] = "A-copy"
    rows[_EMPTY] = [None] * len(headers)
    return rows


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
            "品牌": ("神州行", "如意通", "天翼e家")[number % 3],
            "业务": ("移动业务", "宽带")[number % 2],
            "性别": "男女"[number % 2],
            "在网年限": 1 + number % 12,
            "手机号码": f"139{10000000 + 137 * number}",
            "样本权重": round(0.8 + 0.4 * float(rng.random()), 3),
            "内部流水": f"X{number}",
            "身份证号": None,
            "对服务等待时间的看法": int(rng.integers(6, 11)),
            _TWICE: int(rng.integers(6, 11)),
        }
        level = rng.normal(7.6, 1.0)
        values |= {name: int(np.clip(round(level + rng.normal(0, 1.3)), 1, 10)) for name in items}
        values["产品熟悉度"] = int(rng.integers(3, 6)) if number % 2 else int(rng.integers(2, 6))
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
        (4, "分公司", "天水巿"),
        (5, "分公司", None),
        (6, "运营商", "连通"),
        (51, "品牌", "神洲行"),
        (49, "品牌", "不详"),
        (7, "运营商", None),
        (50, "业务", "有线电视"),
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
        *((row, "样本权重", -2) for row in range(36, 47)),
    ]


def _population() -> list[list[object]]:
    """One branch without customers, one negative number, one unknown operator."""
    titles = list(branch_titles().values())
    known: list[list[object]] = [
        [branch, operator, 1000 * (place + 1)] for place, branch in enumerate(titles[:-1]) for operator in ("移动", "联通", "电信")
    ]
    return [["分公司", "运营商", "客户数"], *known, ["兰州", "移动", -5], ["兰州", "铁通", 10]]
