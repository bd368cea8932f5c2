"""Sheets of data beside responses that are wrong: a finding with cell and advice for each mistake, and the row is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from tests.stores.kind_sheets import SHEET_NAMES, check_sheets, good_sheets, inspections


def changed(kind: str, row: int, column: int, value: object) -> list[list[Any]]:
    rows = [list(each) for each in good_sheets()[kind]]
    rows[row][column] = value
    return rows


def placed(checked: CheckedWorkbook, code: str) -> list[str | None]:
    return [finding.cell for finding in checked.findings.listed if finding.code == code]


@pytest.mark.parametrize(
    ("kind", "row", "column", "value", "code", "cell"),
    [
        ("inspections", 1, 5, -1, "out_of_bounds", "F2"),
        ("inspections", 1, 6, 21, "contradiction", "G2"),
        ("inspections", 2, 6, "两分", "number_expected", "G3"),
        ("inspections", 3, 3, "2026-02-30", "impossible_day", "D4"),
        ("inspections", 3, 3, "", "missing_value", "D4"),
        ("complaints", 1, 2, date(2026, 5, 14), "contradiction", "C2"),
        ("complaints", 2, 1, "去年", "impossible_day", "B3"),
        ("complaints", 2, 1, date(2027, 1, 1), "impossible_day", "B3"),
        ("complaints", 1, 4, "收费争", "unknown_value", "E2"),
        ("complaints", 1, 9, "两次", "not_a_number", "J2"),
        ("complaints", 1, 9, 1.5, "out_of_scale", "J2"),
        ("complaints", 1, 7, "也许", "unknown_value", "H2"),
        ("kpis", 1, 0, "五月", "impossible_period", "A2"),
        ("kpis", 1, 0, 2026.1, "impossible_period", "A2"),
        ("kpis", 1, 0, "2026Q2", "impossible_period", "A2"),
        ("kpis", 1, 3, "高", "number_expected", "D2"),
        ("staff", 1, 2, "老板", "unknown_name", "C2"),
        ("staff", 1, 4, "网络质", "unknown_name", "E2"),
        ("staff", 1, 5, 101, "out_of_bounds", "F2"),
        ("standards", 1, 1, 120, "out_of_bounds", "B2"),
        ("promises", 1, 1, 30, "contradiction", "B2"),
        ("benchmarks", 1, 4, "不存在的指标", "unknown_name", "E2"),
        ("annotations", 1, 1, "", "missing_value", "B2"),
        ("annotations", 1, 1, "割" * 201, "text_too_long", "B2"),
        ("kpis", 1, 3, 1.1e12, "out_of_bounds", "D2"),
        ("complaints", 1, 9, 1e308, "out_of_scale", "J2"),
        ("complaint_counts", 1, 3, -5, "out_of_bounds", "D2"),
        ("annotations", 1, 1, "  ", "missing_value", "B2"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_cell(kind: str, row: int, column: int, value: object, code: str, cell: str) -> None:
    checked = check_sheets({SHEET_NAMES[kind]: changed(kind, row, column, value)})
    assert placed(checked, code) == [cell]
    assert all(finding.advice.text("zh_CN") and finding.sheet == SHEET_NAMES[kind] for finding in checked.findings.listed)


def test_rows_with_mistakes_are_lost_only_knowingly() -> None:
    checked = check_sheets({"x": changed("inspections", 1, 6, 21)})
    assert (checked.kinds[0].used, checked.kinds[0].lost) == (6, 1)
    assert verdict_of(checked).fitness is Fitness.ASKED


@pytest.mark.parametrize(
    ("kind", "again"),
    [
        ("complaints", ["T1", "2026-05-17"]),
        ("kpis", ["2026-05", "兰州", "接通率", 91]),
        ("annotations", ["2026-05-15", "新排班上线", "", "否"]),
    ],
)
def test_what_occurs_twice_and_differs_is_an_error(kind: str, again: Sequence[object]) -> None:
    rows = good_sheets()[kind]
    checked = check_sheets({SHEET_NAMES[kind]: [*rows, [*again, *[""] * (len(rows[0]) - len(again))]]})
    assert placed(checked, "row_twice") == [f"A{len(rows) + 1}"]
    assert checked.kinds[0].lost == 1


def test_a_true_copy_is_kept_once_and_nothing_is_lost() -> None:
    rows = good_sheets()["complaints"]
    checked = check_sheets({"投诉工单": [*rows, rows[1]]})
    assert placed(checked, "row_copy") == ["A5"]
    assert (checked.kinds[0].copies, checked.kinds[0].lost) == (1, 0)
    assert verdict_of(checked).fitness is Fitness.WHOLE


def test_an_unknown_branch_names_the_nearest() -> None:
    plain = load_schema("telecom_csi")
    assert not next(column for column in plain.columns if column.role == "branch").closed
    checked = check_sheets({"x": inspections(branch="兰洲市")})
    (finding,) = [each for each in checked.findings.listed if each.code == "new_name"]
    assert "兰州" in finding.text("zh_CN") or "Lanzhou" in finding.text("zh_CN")
    columns = [column.model_copy(update={"closed": True}) if column.role == "branch" else column for column in plain.columns]
    closed = plain.model_copy(update={"columns": columns})
    checked = check_sheets({"x": inspections(branch="兰洲市")}, closed)
    assert checked.findings.totals["unknown_branch"] == 7
    assert not checked.storable


def test_a_missing_column_stops_the_file_and_names_it() -> None:
    rows = [row[:6] for row in inspections()]
    checked = check_sheets({"暗访检查": rows})
    (finding,) = [each for each in checked.findings.listed if each.code == "missing_column"]
    assert "实得分" in finding.text("zh_CN")
    assert not checked.storable


def test_a_sheet_that_is_only_named_like_a_kind() -> None:
    checked = check_sheets({"暗访检查": [["甲", "乙"], [1, 2]]})
    assert "kind_not_read" in checked.findings.totals
    assert not checked.storable


@pytest.mark.parametrize("rows", [[], [[]], inspections()[:1]])
def test_an_empty_sheet_is_nothing_to_store(rows: list[list[object]]) -> None:
    checked = check_sheets({"暗访检查": rows})
    assert not checked.storable
    assert checked.kinds == ()


def test_a_sheet_of_responses_called_like_a_kind_is_one_of_responses() -> None:
    schema = load_schema("telecom_csi")
    header = ["期次", "分公司", *(item.code for item in schema.items)]
    checked = check_sheets({"投诉": [header, *(["2026Q2", "兰州", *[7] * len(schema.items)] for _ in range(30))]})
    assert checked.kinds == ()
    assert checked.responses is not None
    assert checked.responses.num_rows == 30


def test_two_sheets_of_a_kind_ask() -> None:
    checked = check_sheets({"暗访检查": inspections(), "六月": inspections(visit="V2")})
    assert verdict_of(checked).needs_consent
    assert "other_sheet" in checked.findings.totals


def test_private_data_is_masked_made_opaque_or_left_out() -> None:
    rows = [list(row) for row in good_sheets()["complaints"]]
    rows[0].append("联系电话")
    for place, row in enumerate(rows[1:]):
        row.append(f"1381234567{place}")
    rows[1][0], rows[1][5] = "13812345678", "客户13987654321投诉资费"
    checked = check_sheets({"投诉工单": rows})
    assert checked.kinds[0].rows is not None
    stored = str(checked.kinds[0].rows.to_pylist())
    assert "1381234567" not in stored
    assert "13987654321" not in stored
    assert "private_data" in checked.findings.totals
    assert all("13987654321" not in str(finding.value) for finding in checked.findings.listed)
    staff = changed("staff", 1, 1, "张三丰")
    assert "张三丰" not in str(check_sheets({"员工问卷": staff}).kinds[0].rows)


def test_dates_that_may_be_two_days_are_asked_about_once() -> None:
    rows = inspections(day="03/04/2026")
    checked = check_sheets({"x": rows})
    assert placed(checked, "unclear_dates") == ["D1"]
    assert len(checked.questions) == 1
    assert not checked.storable
    told = check_sheets({"x": rows}, told=("dates=day-first",))
    assert told.kinds[0].rows is not None
    assert told.kinds[0].rows["date"].to_pylist()[0] == date(2026, 4, 3)


def test_a_stated_total_that_is_not_the_sum() -> None:
    """A published project counts 161 unhappy call-backs, whose rows add up to 160."""
    counts = {"服务态度": (13, 19, 20), "业务能力": (19, 48, 41)}
    rows = [[f"2026-0{month}", cause, number] for cause, numbers in counts.items() for month, number in enumerate(numbers, start=4)]
    header = ["期间", "投诉原因", "件数"]
    checked = check_sheets({"投诉汇总": [header, *rows, ["合计", "", 161]]})
    assert placed(checked, "wrong_total") == ["C8"]
    assert "160" in checked.findings.listed[0].text("en")
    assert checked.kinds[0].used == 6
    parted = [header, *rows[:3], ["小计", "", 52], *rows[3:], ["小计", "", 108], ["合计", "", 160]]
    assert "wrong_total" not in check_sheets({"投诉汇总": parted}).findings.totals


def test_shares_that_no_whole_number_gives() -> None:
    """The same project prints 92.68 %, 4.88 % and 2.4 % of 241; they are 38, 2 and 1 of 41."""
    rows = [
        ["期间", "投诉原因", "占比", "基数"],
        *(["2026Q2", f"原因{place}", share, 241] for place, share in enumerate((92.68, 4.88, 2.4))),
    ]
    checked = check_sheets({"投诉汇总": rows})
    assert placed(checked, "impossible_share") == ["C2", "C3", "C4"]
    assert not checked.storable
    assert "41" in next(each.text("en") for each in checked.findings.listed if each.code == "impossible_share")
    right = [rows[0], *([*row[:3], 41] for row in rows[1:])]
    assert check_sheets({"投诉汇总": right}).kinds[0].rows["count"].to_pylist() == [38, 2, 1]  # type: ignore[index]
    as_text = [rows[0], *([row[0], row[1], f"{row[2]}%", 41] for row in rows[1:])]
    assert check_sheets({"投诉汇总": as_text}).kinds[0].used == 3
    beside = [["期间", "投诉原因", "件数", "占比", "基数"], ["2026Q2", "甲", 37, 92.68, 41]]
    assert placed(check_sheets({"投诉汇总": beside}), "impossible_share") == ["D2"]
