"""Several sheets read as one: every response of each, every finding at its own sheet and cell, and a sentence where they do not fit."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.inspect_workbook import Inspected, Inspection, inspect_here
from survey_schema.workbook.match.profiles import profile_from
from survey_schema.workbook.read.read_workbook import read_here
from survey_schema.workbook.worker.read_limits import ReadLimits
from survey_schema.workbook.write.annotated_workbook import annotated_here
from tests.survey_schema.workbook.check_cases import SCHEMA
from words.errors import ManyiError

Rows = list[list[object]]
HEADER: list[object] = ["编号", "S1", "S2", "备注"]
#: The second sheet: a title above, its columns in another order, a bad answer, totals and a remark below.
SPRING: Rows = [HEADER, *[[f"a{n}", 1 + n % 5, 4, ""] for n in range(6)], ["合计", 18, 24, ""]]
SUMMER: Rows = [
    ["夏季调查", "", "", ""],
    ["S2", "备注", "编号", "S1"],
    *[[5, "", f"b{n}", 77 if n == 2 else 3] for n in range(6)],
    ["平均", "", "", 3.2],
    [],
    ["注：由外包公司执行", "", "", ""],
]
SETTINGS = CheckSettings(today=date(2026, 6, 30))


def made(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def looked_at(content: bytes, **options: object) -> Inspected:
    chosen: dict[str, object] = {"all_sheets": True, "check": SETTINGS, **options}
    return inspect_here(read_here(content, "book.xlsx", ReadLimits()), Inspection(SCHEMA, **chosen))  # type: ignore[arg-type]


def test_all_rows_of_all_sheets_count_and_their_names_are_a_column() -> None:
    found = looked_at(made(东城=SPRING, 西城=SUMMER), sheet_as="branch")
    assert found.checked.responses is not None
    stored = found.checked.responses.to_pydict()
    assert stored["branch"] == ["east"] * 6 + ["west"] * 6
    assert stored["S1"] == [1, 2, 3, 4, 5, 1, 3, 3, None, 3, 3, 3]
    assert stored["S2"] == [4.0] * 6 + [5.0] * 6
    assert found.matching.sheets == ("东城", "西城")
    assert "other_sheet" not in found.checked.findings.totals


def test_findings_name_their_sheet_and_cell_and_are_marked_there() -> None:
    content = made(东城=SPRING, 西城=SUMMER)
    found = looked_at(content, sheet_as="branch").checked
    places = {(finding.code, finding.sheet, finding.cell) for finding in found.findings.listed if finding.sheet}
    assert {("totals_row", "东城", "A8"), ("totals_row", "西城", "C9"), ("out_of_scale", "西城", "D5")} <= places
    assert ("remark_row", "西城", "C11") in places or ("below_table", "西城", "C11") in places
    marked = openpyxl.load_workbook(io.BytesIO(annotated_here(content, "book.xlsx", found.findings, "en", ReadLimits(), True)))
    assert marked["西城"]["D5"].comment is not None
    assert marked["东城"]["D5"].comment is None


def test_what_was_read_is_the_content() -> None:
    first = looked_at(made(东城=SPRING, 西城=SUMMER), sheet_as="branch").checked.content_hash
    changed = [row[:] for row in SUMMER]
    changed[4][0] = 2
    assert looked_at(made(东城=SPRING, 西城=changed), sheet_as="branch").checked.content_hash != first
    assert looked_at(made(东城=SPRING, 西=SUMMER), sheet_as="branch").checked.content_hash != first
    assert looked_at(made(东城=SPRING, 西城=SUMMER)).checked.content_hash != first
    assert looked_at(made(东城=SPRING, 西城=SUMMER), all_sheets=False, sheet="东城").checked.content_hash != first


def test_waves_by_sheet() -> None:
    rows = [["分公司", *HEADER], *[["东城", *row] for row in SPRING[1:-1]]]
    found = looked_at(made(**{"2026年一季度": rows, "2026Q2": rows}), sheet_as="wave").checked
    assert found.responses is not None
    assert found.responses["wave"].to_pylist() == ["2026Q1"] * 6 + ["2026Q2"] * 6


@pytest.mark.parametrize(
    ("options", "sheets", "words"),
    [
        ({"sheet_as": "branch"}, {"东城": SPRING, "西城": [[*HEADER[:3], "别的"], *SPRING[1:]]}, ("西城", "东城", "“备注”", "“别的”")),
        ({"sheet_as": "S1"}, {"东城": SPRING, "西城": SPRING}, ("S1", "branch")),
        ({"sheet_as": "respondent_id"}, {"东城": SPRING, "西城": SPRING}, ("respondent_id", "branch")),
        ({"sheet_as": "branch", "all_sheets": False}, {"东城": SPRING, "西城": SPRING}, ("--all-sheets",)),
        ({"sheet": "东城"}, {"东城": SPRING, "西城": SPRING}, ("--sheet",)),
    ],
)
def test_what_cannot_be_joined_is_said(options: dict[str, object], sheets: dict[str, Rows], words: tuple[str, ...]) -> None:
    with pytest.raises(ManyiError) as caught:
        looked_at(made(**sheets), **options)
    assert all(word in caught.value.message.text("en") for word in words)


def test_sheets_numbered_from_one_each_lose_nobody() -> None:
    rows = [HEADER[:3], *[[n, 1 + n % 5, 4] for n in range(1, 41)]]
    other = [HEADER[:3], *[[n, 1 + n % 4, 4] for n in range(1, 41)]]
    found = looked_at(made(东城=rows, 西城=other), sheet_as="branch").checked
    assert found.responses is not None
    assert found.responses.num_rows == 80
    branches = [["分公司", *HEADER[:3]], *[["东城", *row] for row in rows[1:]]]
    more = [["分公司", *HEADER[:3]], *[["东城", *row] for row in other[1:]]]
    joined = looked_at(made(一=branches, 二=more)).checked
    assert joined.responses is not None
    assert joined.responses.num_rows == 80, "where ids tell nobody apart, an equal id and equal answers are no copy"


def test_what_is_known_of_columns_is_known_of_joined_ones() -> None:
    rows = [["Office", "S1", "S2"], *[["东城", 1 + n % 5, 4] for n in range(6)]]
    told = looked_at(made(一=rows, 二=rows), mapping={"Office": "branch"})
    profile = profile_from(told.matching)
    again = looked_at(made(一=rows, 二=rows), profiles={profile.header_signature: profile})
    assert again.matching.targets["branch"].how == "profile"
    named = looked_at(made(一=[row[1:] for row in rows], 二=[row[1:] for row in rows]), sheet_as="branch")
    assert "branch" not in profile_from(named.matching).targets.values()
