"""A population in a workbook of its own: read like the sheet of a survey's workbook, but no wrong row is passed over."""

from __future__ import annotations

import io

import openpyxl
import pytest

from survey_schema.loading import load_schema
from survey_schema.workbook.check.population_workbook import population_of_workbook
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")
HEADER = ("分公司", "运营商", "客户数")


def book(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "总体"
    for row in (header, *rows):
        sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_rows_become_customers_by_code() -> None:
    table = population_of_workbook(book(("兰州", "移动", 100), ("天水", None, "2,000"), ("合计", None, 2100)), SCHEMA, "p.xlsx")
    assert table.to_pylist() == [
        {"branch": "lanzhou", "operator": "mobile", "brand": None, "business_line": None, "customers": 100.0},
        {"branch": "tianshui", "operator": None, "brand": None, "business_line": None, "customers": 2000.0},
    ]


@pytest.mark.parametrize(
    ("rows", "cell", "count"),
    [
        ([("兰州", "移动", 100), ("天水", "移痛", 100)], "B3 “移痛”", 1),
        ([("兰州", "移动", -5), ("天水", "移动", "many")], "C2 “-5”", 2),
        ([("兰州", "移动", 100), ("兰州", "移动", 200)], "C3 “200”", 1),
    ],
    ids=["unknown", "negative", "twice"],
)
def test_a_wrong_row_is_named_with_its_cell(rows: list[tuple[object, ...]], cell: str, count: int) -> None:
    with pytest.raises(ManyiError) as refusal:
        population_of_workbook(book(*rows), SCHEMA, "p.xlsx")
    assert f"p.xlsx, 总体!{cell}" in str(refusal.value)
    assert f"cannot be used: {count}." in str(refusal.value)


def test_a_workbook_without_customers_is_refused() -> None:
    with pytest.raises(ManyiError, match=r"p\.xlsx has no sheet with a column of customers"):
        population_of_workbook(book(("兰州", "移动", 1), header=("分公司", "运营商", "得分")), SCHEMA, "p.xlsx")
    with pytest.raises(ManyiError):
        population_of_workbook(b"PK\x03\x04 nothing", SCHEMA, "p.xlsx")
