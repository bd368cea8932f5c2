"""What rows say of time: nothing after today, no month twice, hours as the times have it; and items without points."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.stores.kind_sheets import check_sheets, inspections

COUNTS = ["期间", "投诉原因", "件数"]


@pytest.mark.parametrize(
    ("sheet", "rows", "cell"),
    [
        ("暗访检查", inspections(day=date(2026, 9, 1))[:2], "D2"),
        ("运营指标", [["月份", "指标名称", "数值"], ["2026-08", "接通率", 92]], "A2"),
        ("投诉汇总", [COUNTS, ["2026Q4", "甲", 3]], "A2"),
    ],
)
def test_what_happened_lies_not_after_today(sheet: str, rows: list[list[object]], cell: str) -> None:
    checked = check_sheets({sheet: rows})
    assert cell in [finding.cell for finding in checked.findings.listed if finding.code.startswith("impossible_")]
    assert checked.kinds[0].used == 0


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([["2026Q2", "甲", 9], ["2026-05", "甲", 3], ["2026-05", "乙", 3]], ["A3"]),
        ([["2026-05", "甲", 3], ["2026-06", "甲", 3], ["2026", "甲", 30]], ["A2", "A3"]),
        ([["2026Q1", "甲", 9], ["2026-05", "甲", 3]], []),
    ],
)
def test_a_month_inside_a_longer_period_is_not_counted_twice(rows: list[list[object]], cells: list[str]) -> None:
    checked = check_sheets({"投诉汇总": [COUNTS, *rows]})
    assert [finding.cell for finding in checked.findings.listed if finding.code == "contradiction"] == cells
    assert checked.kinds[0].lost == len(cells)


@pytest.mark.parametrize(
    ("closed", "hours", "said"),
    [
        (datetime(2026, 5, 16, 9, 30), 24, False),
        (datetime(2026, 5, 16, 9, 30), "24小时", False),
        (datetime(2026, 5, 16, 9, 30), 26, False),
        (datetime(2026, 5, 16, 9, 30), 48, True),
        (datetime(2026, 5, 16), 30, False),
        ("", 30, False),
    ],
)
def test_stated_hours_against_the_times(closed: object, hours: object, said: bool) -> None:
    row = ["T1", datetime(2026, 5, 15, 9, 30), closed, hours]
    checked = check_sheets({"投诉工单": [["工单编号", "受理时间", "办结时间", "处理时长"], row]})
    assert [(finding.code, finding.cell) for finding in checked.findings.listed] == [("unlikely_value", "D2")] * said
    assert checked.kinds[0].used == 1


def test_an_item_without_points_is_asked_about() -> None:
    rows = [*inspections()[:2], ["V1", "俱乐部", "兰州", date(2026, 5, 15), "视觉形象", 0, 0]]
    assert [(finding.code, finding.cell) for finding in check_sheets({"暗访检查": rows}).findings.listed] == [("unlikely_value", "F3")]
