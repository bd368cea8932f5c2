"""Every kind of data against the same hostile sheets: a finding with cell and advice, and nothing stored half."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pyarrow.compute as pc
import pytest

from survey_schema.data_kinds.all_kinds import KINDS, kind_of
from survey_schema.data_kinds.description import LARGEST_NUMBER, AtMost, DataKind, Day, KindColumn, Moment, Number, OneOf, PeriodValue
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.match.header_text import normalised
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, read_here
from tests.stores.kind_sheets import SHEET_NAMES, TODAY, check_sheets, good_sheets

CODES = tuple(kind.code for kind in KINDS)
Rows = list[list[Any]]


def places(kind: DataKind, rows: Rows) -> dict[str, int]:
    """Which column of the good sheet holds which column of the kind."""
    found: dict[str, int] = {}
    for column in kind.columns:
        names = {normalised(name) for name in (column.code, column.title.zh_CN, column.title.en, *column.aliases)}
        index = next((i for i, header in enumerate(rows[0]) if normalised(header) in names and i not in found.values()), None)
        found |= {} if index is None else {column.code: index}
    return found


def with_value(code: str, column: str, value: object) -> tuple[CheckedWorkbook, str]:
    """The good sheet with one cell of its first row changed, and the name of that cell."""
    rows = [list(row) for row in good_sheets()[code]]
    index = places(kind_of(code), rows)[column]
    rows[1][index] = value
    return check_sheets({SHEET_NAMES[code]: rows}), f"{chr(65 + index)}2"


def of_type(*types: type) -> list[tuple[str, str]]:
    """Kinds and their columns with such values that the good sheets have."""
    sheets = good_sheets()
    return [
        (kind.code, column.code)
        for kind in KINDS
        for column in kind.columns
        if isinstance(column.value, types) and column.code in places(kind, sheets[kind.code])
    ]


def is_said(checked: CheckedWorkbook, cell: str) -> bool:
    """Whether a finding at the cell says what was found and what to do, in both languages."""
    return any(
        finding.cell == cell and all(finding.message.text(language) and finding.advice.text(language) for language in ("zh_CN", "en"))
        for finding in checked.findings.listed
        if finding.code not in ("unknown_column", "private_data")
    )


def is_whole(checked: CheckedWorkbook) -> bool:
    """Rows read are stored, copies of stored ones, or lost and counted as such; what a row must have, every stored row has."""
    return all(
        kind.rows is None
        or (
            kind.used + kind.copies + kind.lost == kind.rows_read
            and all(kind.rows[column].null_count == 0 for column in kind_of(kind.kind).required)
        )
        for kind in checked.kinds
    )


@pytest.mark.parametrize(("code", "column"), of_type(Number))
@pytest.mark.parametrize("value", ["很多", "#N/A", "#DIV/0!", "1,2,3", date(2026, 1, 1)])
def test_no_number(code: str, column: str, value: object) -> None:
    checked, cell = with_value(code, column, value)
    assert is_said(checked, cell)
    assert is_whole(checked)


@pytest.mark.parametrize(("code", "column"), [each for each in of_type(Number) if kind_of(each[0]).column(each[1]).value.low is not None])  # type: ignore[union-attr]
def test_negative_numbers(code: str, column: str) -> None:
    checked, cell = with_value(code, column, -1)
    assert is_said(checked, cell)
    assert is_whole(checked)


@pytest.mark.parametrize(("code", "column"), of_type(Number))
@pytest.mark.parametrize("value", [1e308, "-9e15"])
def test_numbers_no_survey_has(code: str, column: str, value: object) -> None:
    checked, cell = with_value(code, column, value)
    assert is_said(checked, cell)
    assert is_whole(checked)
    assert all(
        kind.rows is None or kind.rows.num_rows == 0 or (pc.max(pc.abs(kind.rows[column])).as_py() or 0) <= LARGEST_NUMBER
        for kind in checked.kinds
    )


@pytest.mark.parametrize("code", CODES)
def test_the_left_side_may_not_be_above_the_right_one(code: str) -> None:
    """Points scored above those available, a mean above its maximum, closed before opened."""
    for relation in kind_of(code).relations:
        if isinstance(relation, AtMost) and relation.right in places(kind_of(code), good_sheets()[code]):
            late = {Moment: datetime(2026, 6, 30, 10), Day: date(2026, 6, 30)}
            checked, _cell = with_value(code, relation.left, late.get(type(kind_of(code).column(relation.left).value), 1e6))
            assert "contradiction" in checked.findings.totals
            assert checked.kinds[0].lost == 1
            assert is_whole(checked)


@pytest.mark.parametrize(("code", "column"), of_type(Day, Moment, PeriodValue))
@pytest.mark.parametrize("value", ["2026-02-30", "某天", "#REF!", -5, 1e9, True])
def test_no_day_and_no_period(code: str, column: str, value: object) -> None:
    checked, cell = with_value(code, column, value)
    assert is_said(checked, cell)
    assert is_whole(checked)


@pytest.mark.parametrize(("code", "column"), of_type(Day, Moment))
@pytest.mark.parametrize("value", ["2026/5/15", "2026年5月15日", "20260515", 46157, 46157.5, datetime(2026, 5, 15, 8)])
def test_days_as_texts_and_serials(code: str, column: str, value: object) -> None:
    checked, _cell = with_value(code, column, value)
    assert checked.kinds[0].rows is not None
    if column == "closed" and isinstance(value, datetime):  # earlier on the day than it was opened
        assert checked.findings.totals == {"contradiction": 1}
    else:
        assert checked.kinds[0].lost == 0
        assert checked.kinds[0].rows[column].to_pylist()[0].isoformat()[:10] == "2026-05-15"


@pytest.mark.parametrize(("code", "column"), of_type(OneOf))
@pytest.mark.parametrize("value", ["#N/A", "不存在的名字", 3.5])
def test_names_nobody_knows(code: str, column: str, value: object) -> None:
    """Where the survey lists what there is; a list that is open takes every name, but no error of a spreadsheet."""
    checked, cell = with_value(code, column, value)
    closed = column in ("item", "measures", "role", "scale", "unit", "ministry_class") and code != "inspections"
    if closed or value == "#N/A":
        assert is_said(checked, cell)
    assert is_whole(checked)


@pytest.mark.parametrize("code", CODES)
def test_every_required_cell(code: str) -> None:
    for column in kind_of(code).required:
        checked, cell = with_value(code, column, "")
        assert is_said(checked, cell), column
        assert checked.kinds[0].lost == 1
        assert is_whole(checked)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("keep", [0, 1])
def test_empty_sheets_store_nothing(code: str, keep: int) -> None:
    checked = check_sheets({SHEET_NAMES[code]: good_sheets()[code][:keep]})
    assert not checked.storable
    assert checked.kinds == ()
    assert checked.findings.listed


@pytest.mark.parametrize("code", CODES)
def test_a_sheet_of_something_else_under_the_name_of_a_kind(code: str) -> None:
    checked = check_sheets({SHEET_NAMES[code]: [["菜名", "价格"], ["面", 12], ["饭", 15]]})
    assert not checked.storable
    assert [finding.sheet for finding in checked.findings.listed if finding.code == "kind_not_read"] == [SHEET_NAMES[code]]


@pytest.mark.parametrize("code", CODES)
def test_what_occurs_once_occurs_twice(code: str) -> None:
    """A ticket, a month of a KPI, an item of a visit: a true copy is stored once; a row that differs is left out, with its place."""
    rows = good_sheets()[code]
    copied = check_sheets({SHEET_NAMES[code]: [*rows, rows[1]]})
    assert (copied.findings.totals.get("row_copy"), copied.kinds[0].copies, copied.kinds[0].lost) == (1, 1, 0)
    kind = kind_of(code)
    known = places(kind, rows)
    free = [column for column in kind.columns if column.code not in kind.key and column.code in known]
    again = list(rows[1])
    again[known[free[0].code]] = _another(free[0], again[known[free[0].code]])
    differs = check_sheets({SHEET_NAMES[code]: [*rows, again]})
    assert differs.findings.totals.get("row_twice") == 1
    assert (differs.kinds[0].used, differs.kinds[0].lost) == (len(rows) - 1, 1)
    where = next(known[column] for column in kind.key if column in known)
    assert is_said(differs, f"{chr(65 + where)}{len(rows) + 1}")


def _another(column: KindColumn, value: object) -> object:
    if isinstance(column.value, Number):
        return float(value or 0) / 2 if not column.value.whole else int(value or 0) + 1  # type: ignore[arg-type]
    return datetime(2026, 5, 15, 9, 31) if isinstance(column.value, Moment) else "否" if column.code == "phase_start" else "另一个"


@pytest.mark.parametrize("code", CODES)
def test_formulas_errors_and_merged_headers_of_a_real_file(code: str) -> None:
    """Excel's own file: a title merged over the header, an error cell, and a formula that was never calculated."""
    rows = good_sheets()[code]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET_NAMES[code]
    sheet.append(["二〇二六年上半年报送表"])
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    kind = kind_of(code)
    known = places(kind, rows)
    needed = kind.required[-1]
    sheet.cell(3, known[needed] + 1).value = "=1/0+A1"
    content = _saved(book)
    checked = inspect_here(read_here(content, "x.xlsx", STANDARD_LIMITS), _inspection()).checked
    assert checked.findings.totals.get("formula_without_value") == 1
    assert is_said(checked, f"{chr(65 + known[needed])}3")
    assert checked.kinds[0].lost == 1
    assert is_whole(checked)


@pytest.mark.parametrize("code", CODES)
def test_all_at_once_is_no_crash(code: str) -> None:
    """Every cell of every column replaced by every hostile value, one row each."""
    values: Sequence[object] = (
        "#N/A", "#VALUE!", "=1+1", "-1", -1, 1e308, float("inf"), float("nan"), True, "", "合计", "示例", "很多", "\u200b", "x" * 5000, "𝄞",
        "1900-01-00", "13812345678", datetime(9999, 12, 31), date(1900, 1, 1), 0, "0", "否", "—",
    )  # fmt: skip
    rows = good_sheets()[code]
    made = [list(rows[1]) for _ in values for _ in rows[0]]
    for place, row in enumerate(made):
        row[place % len(rows[0])] = values[place // len(rows[0])]
    checked = check_sheets({SHEET_NAMES[code]: [*rows, *made]})
    assert is_whole(checked)
    assert checked.kinds[0].rows is None or "13812345678" not in str(checked.kinds[0].rows.drop(["source_row"]).to_pydict())


def test_a_column_of_other_things_costs_no_time_and_counts_every_row() -> None:
    """Remarks in the place of names that are listed: each is another one, and looking for the nearest of them all would take minutes."""
    header, first = good_sheets()["standards"][:2]
    rows = [header, *([f"备注第{number}条 {number * 7919}", *first[1:]] for number in range(20_000))]
    started = time.perf_counter()
    checked = check_sheets({SHEET_NAMES["standards"]: rows})
    assert checked.findings.totals["unknown_name"] == 20_000
    assert time.perf_counter() - started < 10


def test_a_population_beside_other_kinds_only_is_said_not_to_be_read() -> None:
    customers: Rows = [["分公司", "客户数"], ["兰州", 400_000], ["天水", 300_000]]
    checked = check_sheets({SHEET_NAMES["complaints"]: good_sheets()["complaints"], "总体": customers})
    assert checked.storable
    assert [finding.sheet for finding in checked.findings.listed if finding.code == "kind_not_read"] == ["总体"]
    assert "unread_sheet" not in checked.findings.totals


def _inspection() -> Inspection:
    return Inspection(load_schema("telecom_csi"), known=KnownContext(id_key=b"key"), check=CheckSettings(today=TODAY))


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
