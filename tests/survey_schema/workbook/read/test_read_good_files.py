"""Every kind of file comes in with the same cells; what Excel knows about cells is kept."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
import xlsxwriter
import xlwt
from odf import opendocument, table, text

from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.read.sheets import RawColumn, Sheet, cell_name
from tests.stores.hostile_files import (
    ANSWERS,
    HEADER,
    good_workbook,
    macro_workbook,
    part,
    with_parts,
    with_sheet_xml,
    workbook_bytes,
)

ROWS = [HEADER, *ANSWERS]


def xls_bytes() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("答卷")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods_bytes() -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="答卷")
    for row in ROWS:
        line = table.TableRow()
        for value in row:
            cell = table.TableCell(valuetype="string") if isinstance(value, str) else table.TableCell(valuetype="float", value=value)
            cell.addElement(text.P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def delimited(delimiter: str, encoding: str) -> bytes:
    return "\r\n".join(delimiter.join(str(value) for value in row) for row in ROWS).encode(encoding)


def test_hash_and_name_of_a_path(tmp_path):
    path = tmp_path / "二季度.xls"  # an .xlsx by content
    path.write_bytes(good_workbook())
    workbook = read_workbook(path)
    assert (workbook.name, workbook.kind) == ("二季度.xls", "xlsx")
    assert workbook.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(workbook_bytes(ROWS, "答卷"), "xlsx"), (xls_bytes(), "xls"), (ods_bytes(), "ods")],
    ids=["xlsx", "xls", "ods"],
)
def test_spreadsheets_hold_the_same_cells(content, kind):
    workbook = read_workbook(content, "a.bin")
    sheet = workbook.sheets[0]
    assert workbook.kind == kind
    assert sheet.name == "答卷"
    assert [sheet.row(row) for row in range(sheet.height)] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_every_encoding_and_delimiter(encoding, delimiter):
    workbook = read_workbook(delimited(delimiter, encoding), "六月.csv")
    sheet = workbook.sheets[0]
    assert (workbook.kind, sheet.name) == ("text", "六月")
    assert [sheet.row(row) for row in range(sheet.height)] == [tuple(str(value) for value in row) for row in ROWS]


def test_quotes_short_rows_and_empty_lines_in_text():
    sheet = read_workbook('a,b,c\r\n"x, y","他说 ""好""\n第二行",3\r\n\r\n1\r\n,,,,\r\n\r\n'.encode(), "a.csv").sheets[0]
    assert [sheet.row(row) for row in range(sheet.height)] == [
        ("a", "b", "c"), ("x, y", '他说 "好"\n第二行', "3"), ("", "", ""), ("1", "", ""),
    ]  # fmt: skip


def test_types_errors_and_uncalculated_formulas():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("a")
        day, moment, clock, span = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm"))
        sheet.write_column("C3", [1, True, 0, False, 2.5, "是"])
        sheet.write_datetime("D3", datetime(2026, 5, 15), day)
        sheet.write_datetime("D4", datetime(2026, 5, 15, 9, 30), moment)
        sheet.write_number("D5", 0.5, clock)
        sheet.write_number("D6", 1.5, span)
        sheet.write_formula("E3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E4", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E5", "=NA()", None, "#N/A")
        sheet.write_formula("E6", "=1+1", None, "")
        sheet.write_formula("E7", "=1+1", None, 2)
        sheet.write_formula("E8", '=""', None, "x")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("E:E", None, None, {"hidden": True})
        book.add_worksheet("hidden").hide()
    workbook = read_workbook(target.getvalue(), "a.xlsx")
    sheet = workbook.sheets[0]
    assert [one.hidden for one in workbook.sheets] == [False, True]
    assert (sheet.height, sheet.width) == (8, 5)
    assert sheet.row(0) == ("",) * 5
    kinds = [(type(sheet.cell(row, 2)), sheet.cell(row, 2)) for row in range(2, 8)]
    assert kinds == [(float, 1.0), (bool, True), (float, 0.0), (bool, False), (float, 2.5), (str, "是")]
    assert [sheet.cell(row, 3) for row in range(2, 6)] == [date(2026, 5, 15), datetime(2026, 5, 15, 9, 30), time(12), timedelta(hours=36)]
    assert [sheet.cell(row, 4) for row in range(2, 8)] == ["#DIV/0!", "#DIV/0!", "#N/A", "", 2.0, "x"]
    assert sheet.formulas_without_value == ((5, 4),)
    assert sheet.hidden_rows.tolist() == [4]


def test_parts_with_a_namespace_prefix_are_scanned_too():
    body = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>A1</f></c><c r="D1" t="b"><v>1</v></c></row>'
    plain = with_sheet_xml(body)
    xml = part(plain, "xl/worksheets/sheet1.xml").decode().replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "v", "f"):
        xml = xml.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>").replace(f"</{name}>", f"</x:{name}>")
    for content in (plain, with_parts(plain, {"xl/worksheets/sheet1.xml": xml.encode()})):
        sheet = read_workbook(content, "a.xlsx").sheets[0]
        assert sheet.row(0) == (1.0, "#REF!", "", True)
        assert sheet.formulas_without_value == ((0, 2),)


def test_errors_are_told_from_what_looks_like_them():
    cells = '<c r="A1" t="e"/><c r="B1"><v>5</v></c><c r="C1"><f>IF(t="e",1,2)</f><v>2</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    sheet = read_workbook(with_sheet_xml(f'<row r="1">{cells}</row>'), "a.xlsx").sheets[0]
    assert sheet.row(0) == ("", 5.0, 2.0, "#DIV/0!")
    assert sheet.formulas_without_value == ()


def test_merged_ranges_and_start_offset():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("C4:E4", "满意度")
        sheet.write_row("C5", ["覆盖", "质量", "资费"])
        sheet.write_row("C6", [8, 9, 7])
    sheet = read_workbook(target.getvalue(), "a.xlsx").sheets[0]
    assert sheet.merged == ((3, 2, 3, 4),)
    assert (sheet.height, sheet.width) == (6, 5)
    assert sheet.row(5) == ("", "", 8.0, 9.0, 7.0)
    assert cell_name(5, 4) == "E6"


@pytest.mark.parametrize("end", ["/>", "></c>"])
def test_styled_empty_cells_far_away_do_not_count(end):
    row = f'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"{end}</row><row r="1048576"><c r="XFD1048576" s="0"{end}</row>'
    sheet = read_workbook(with_sheet_xml(row), "a.xlsx").sheets[0]
    assert (sheet.height, sheet.width) == (1, 1)


def test_sheet_names_with_marks_of_xml_are_scanned_under_their_name():
    plain = workbook_bytes([["=1/0"]], "A&B <一>")
    sheet = read_workbook(plain, "a.xlsx").sheets[0]
    assert (sheet.name, sheet.formulas_without_value) == ("A&B <一>", ((0, 0),))


def test_macro_workbook_is_known_as_one(tmp_path):
    assert read_workbook(macro_workbook(tmp_path)).kind == "xlsm"


def test_codes_of_many_chunks_agree_with_the_cells():
    rows = [[number % 7, f"t{number % 1000}"] for number in range(3_000)]
    sheet = read_workbook(workbook_bytes(rows), "a.xlsx").sheets[0]
    assert sheet.columns[0].values == (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    assert sheet.columns[0].codes.dtype == np.int32
    assert [sheet.row(row) for row in range(3_000)] == [(float(first), second) for first, second in rows]


def test_cell_names_and_cells_outside():
    sheet = Sheet.of("a", [["x", 1], ["y"]])
    assert [cell_name(11, 2), cell_name(0, 25), cell_name(0, 26), cell_name(1_048_575, 16_383)] == ["C12", "Z1", "AA1", "XFD1048576"]
    assert (sheet.row(1), sheet.cell(5, 0), sheet.cell(0, 9)) == (("y", ""), "", "")


def test_booleans_are_no_numbers_in_a_column():
    column = RawColumn.of([1, True, 1.0, "1"])
    assert [type(value) for value in column.values] == [int, bool, float, str]


@pytest.mark.parametrize(
    ("name", "height", "width"),
    [("voice", 1201, 38), ("text_export", 401, 8), ("districts", 307, 6), ("two_header_rows", 200, 13), ("paired_questions", 201, 135)],
)
def test_foreign_workbooks_are_as_large_as_what_stands_in_them(name, height, width, foreign_workbook):
    sheet = read_workbook(foreign_workbook(name)).sheets[0]
    assert (sheet.height, sheet.width) == (height, width)
