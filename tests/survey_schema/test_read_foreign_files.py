"""Files that other programs write in their own way: what stands in them is read, or the sentence says what helps."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from survey_schema.errors import ManyiError
from survey_schema.read_workbook import read_workbook
from tests.survey_schema.hostile_files import ANSWERS, HEADER

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
