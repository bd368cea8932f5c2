"""Rows that are lost because a value cannot be read, and what they may not do to the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.stores.kind_sheets import TODAY, check_sheets, good_sheets

PROMISES = ["承诺", "平均不超过", "最长不超过", "单位"]
COUNTS = ["期间", "投诉原因", "件数", "占比", "基数"]


@pytest.mark.parametrize(
    ("name", "rows", "cells", "used"),
    [
        ("服务承诺", [PROMISES, ["复机", "快", "很快", ""]], ["B2", "C2"], 0),
        ("服务承诺", [PROMISES, ["复机", "", "很快", ""], ["复机", 1, 24, ""]], ["C2"], 1),
        ("投诉汇总", [COUNTS, ["2026Q2", "甲", "不明", "", ""], ["2026Q2", "甲", 3, "", ""]], ["C2"], 1),
        ("投诉汇总", [COUNTS, ["2026Q2", "甲", -5, "", ""], ["2026Q2", "乙", 3, "", ""]], ["C2"], 1),
        ("投诉汇总", [COUNTS, ["2026Q2", "甲", 50, "", 41], ["2026Q2", "乙", 3, "", 41]], ["C2"], 1),
    ],
)
def test_a_row_without_any_readable_value_is_lost_and_holds_no_key(
    name: str, rows: list[list[object]], cells: list[str], used: int
) -> None:
    checked = check_sheets({name: rows})
    errors = [finding.cell for finding in checked.findings.listed if finding.severity == "error" and finding.code != "no_usable_row"]
    assert errors == cells
    assert checked.kinds[0].used == used


def test_one_readable_limit_is_enough() -> None:
    checked = check_sheets({"服务承诺": [PROMISES, ["复机", "快", 24, ""]]})
    assert checked.findings.totals == {"not_a_number": 1}
    assert checked.kinds[0].used == 1


@pytest.mark.parametrize("day", ["2026-05-15", "2026年5月"])
def test_a_day_without_a_text_is_no_remark(day: str) -> None:
    checked = check_sheets({"图表注记": [["日期", "注记"], ["2026-05-14", "割接"], [day, ""]]})
    assert checked.findings.totals == {"missing_value": 1}


def test_an_error_that_loses_no_row_takes_consent() -> None:
    checked = check_sheets({"投诉汇总": [COUNTS[:3], ["2026Q2", "甲", 3], ["合计", "", 4]]})
    assert verdict_of(checked).open_questions == {"wrong_total": 1}
    assert verdict_of(checked).needs_consent


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("投诉汇总", [COUNTS[:3], ["2026Q2", "甲", 3], ["合计", "", 3]], "只核对"),
        ("运营指标", [["月份", "指标名称", "数值"], ["2026-05", "接通率", 92], ["合计", "接通率", 92]], "不作核对"),
    ],
)
def test_what_is_said_of_a_row_of_totals_is_true(name: str, rows: list[list[object]], said: str) -> None:
    (finding,) = check_sheets({name: rows}).findings.listed
    assert (finding.code, finding.cell) == ("totals_row", "A3")
    assert said in finding.text("zh_CN")


def test_an_empty_sheet_of_complaints_is_not_told_of_responses() -> None:
    checked = check_sheets({"投诉工单": [["工单编号", "受理时间"]]})
    assert checked.findings.totals == {"no_usable_row": 1}
    assert not checked.storable


def test_all_branches_as_a_branch_are_asked_about() -> None:
    header = ["月份", "分公司", "指标名称", "数值"]
    checked = check_sheets({"运营指标": [header, ["2026-05", "全省", "接通率", 92], ["2026-05", "兰州", "接通率", 91]]})
    assert [(finding.code, finding.cell) for finding in checked.findings.listed] == [("new_name", "B2")]


def test_a_hidden_sheet_of_a_kind_is_said_to_be_skipped() -> None:
    sheets = (Sheet.of("投诉工单", good_sheets()["complaints"]), replace(Sheet.of("旧指标", good_sheets()["kpis"]), hidden=True))
    book = Workbook("data.xlsx", "hash", "xlsx", sheets)
    checked = inspect_here(book, Inspection(load_schema("telecom_csi"), check=CheckSettings(today=TODAY))).checked
    assert [(finding.code, finding.sheet) for finding in checked.findings.listed] == [("kind_not_read", "旧指标")]
    assert [kind.kind for kind in checked.kinds] == ["complaints"]
    assert checked.storable
