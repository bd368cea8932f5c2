"""Files that other programs write in their own way: what stands in them is read, or the sentence says what helps."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from survey_schema.loading import load_schema, parse_schema
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.read.read_workbook import read_workbook
from tests.places import ROOT
from tests.stores.hostile_files import ANSWERS, HEADER, good_workbook, part, with_parts
from words.errors import ManyiError

BUILT_IN = ROOT / "survey_schema" / "schemas"

PAGE = "<tr><td>分公司</td><td>8</td></tr>"
XML_SHEET = '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"<html><body><table>{PAGE}</table></body></html>", "a web page"),
        (f"\ufeff\r\n<!-- made by the back office -->\n<TABLE border=1>{PAGE}</TABLE>", "a web page"),
        (f"<meta http-equiv='Content-Type'><style>td</style><div>{PAGE}</div>", "a web page"),
        (f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>{PAGE}</body></html>', "a web page"),
        (f"<?xml version='1.0'?><!DOCTYPE html><html>{PAGE}</html>", "a web page"),
        (f"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n{PAGE}", "a web page"),
        (f"<?xml version='1.0'?>{XML_SHEET}", "an XML file"),
        ('<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"></ss:Workbook>', "an XML file"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pages_and_xml_named_xls_are_refused_with_the_way_out(content: str, found: str, encoding: str) -> None:
    with pytest.raises(ManyiError) as refused:
        read_workbook(content.encode(encoding), "answers.xls")
    said = refused.value.message.text("en")
    assert f"found {found}" in said
    assert "Open it in Excel or WPS, save it as an Excel workbook (.xlsx)" in said
    assert "另存为" in refused.value.message.text("zh_CN")


def test_text_that_begins_with_a_sign_is_text() -> None:
    assert read_workbook(b"<4M,S1\n3,4\n", "answers.csv").sheets[0].height == 2


def formulas(*, full_calculation: bool, value: float) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(ANSWERS, start=1):
            sheet.write_row(number, 0, row)
            sheet.write_formula(number, 4, f"=D{number + 1}", None, value if number == 1 else 7)
        if not full_calculation:
            book.calc_on_load = False
    return target.getvalue()


def test_a_zero_of_a_formula_is_no_result_where_the_file_asks_for_calculation() -> None:
    assert read_workbook(formulas(full_calculation=True, value=0), "f.xlsx").sheets[0].placeholders == ((1, 4),)
    assert read_workbook(formulas(full_calculation=True, value=9), "f.xlsx").sheets[0].placeholders == ()
    assert read_workbook(formulas(full_calculation=False, value=0), "f.xlsx").sheets[0].placeholders == ()


def test_backslashes_as_folder_signs_are_read() -> None:
    source, target = io.BytesIO(good_workbook()), io.BytesIO()
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in archive.infolist():
            entry_name = zipfile.ZipInfo(entry.filename)
            entry_name.filename = entry.filename.replace("/", "\\")
            written.writestr(entry_name, archive.read(entry))
    read, straight = (read_workbook(content, "b.xlsx").sheets[0] for content in (target.getvalue(), good_workbook()))
    assert read.content_hash() == straight.content_hash()


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#BLOCKED!", "#UNKNOWN!", "#N/A"])
def test_an_error_value_nobody_knows_is_named_and_the_rest_is_read(error: str) -> None:
    xml = part(good_workbook(), "xl/worksheets/sheet1.xml")
    changed = xml.replace(b'<c r="D2"><v>8</v></c>', f'<c r="D2" t="e"><v>{error}</v></c>'.encode())
    assert changed != xml
    content = with_parts(good_workbook(), {"xl/worksheets/sheet1.xml": changed})
    sheet = read_workbook(content, "e.xlsx").sheets[0]
    assert [sheet.cell(row, 3) for row in (1, 2, 3)] == [error, 6.0, 9.0]
    checked = check_file(content, load_schema("telecom_csi"), name="e.xlsx")
    said = [(finding.cell, finding.value) for finding in checked.findings.listed if finding.code == "error_value"]
    assert said == [("D2", error)]
    assert checked.responses is not None
    assert checked.responses.num_rows == 3


def csv_of(rows: int, last: str = "") -> str:
    lines = [",".join(HEADER), *[f"2026Q2,兰州,移动,8,7,9,{1 + number % 10}" for number in range(rows)]]
    return "\n".join(lines) + "\n" + last


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_control_character_is_left_out_and_said(encoding: str) -> None:
    text = csv_of(5).replace("兰州", "兰\x01州", 1)
    checked = check_file(text.encode(encoding), load_schema("telecom_csi"), name="c.csv")
    assert [finding.cell for finding in checked.findings.listed if finding.code == "control_character"] == ["B2"]
    assert checked.responses is not None
    assert len(set(checked.responses["branch"].to_pylist())) == 1


@pytest.mark.parametrize("last", ["2026Q2,兰州,移动,8,7", "2026Q2,兰州,移动,1\n", '2026Q2,"兰州,移动,8,7,9,1'])
def test_a_half_last_row_is_a_finding_and_not_used(last: str) -> None:
    checked = check_file(csv_of(5, last).encode(), load_schema("telecom_csi"), name="h.csv")
    assert [finding.cell for finding in checked.findings.listed if finding.code == "half_row"] == ["A7"]
    assert checked.responses is not None
    assert checked.responses.num_rows == 5
    assert verdict_of(checked).rows_lost == 1


def test_rows_of_different_length_are_usual_in_some_programs() -> None:
    text = csv_of(5, "2026Q2,兰州,移动,8,7\n").replace("2026Q2,兰州,移动,8,7,9,2", "2026Q2,兰州,移动,8,7,9")
    checked = check_file(text.encode(), load_schema("telecom_csi"), name="d.csv")
    assert "half_row" not in checked.findings.totals
    assert checked.responses is not None
    assert checked.responses.num_rows == 6


def test_a_version_of_many_digits_is_a_sentence() -> None:
    text = (BUILT_IN / "call_back.yaml").read_text("utf-8")
    assert "\nversion: 1" in text
    with pytest.raises(ManyiError, match="version"):
        parse_schema(text.replace("\nversion: 1", "\nversion: " + "9" * 300, 1), "v.yaml")
